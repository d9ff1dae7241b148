import type {} from '#addons/base/index.ts'
import { onBoth, served, type Served } from '../security/fixture/server.ts'
import { json2, keyOf, type Json2Answer } from './fixture/json2.ts'
import type { Test } from 'tap'
import type { DialectName } from '../env.ts'

const ADMIN = 2

interface Caller extends Served {
  /** Calls as `admin` with an API key. */
  call(path: string, payload?: object): Promise<Json2Answer>
  readonly headers: Record<string, string>
}

async function caller(t: Test, dialect: DialectName): Promise<Caller> {
  const server = await served(t, dialect)
  const headers = { authorization: `bearer ${await keyOf(server.runtime, ADMIN)}` }
  return { ...server, headers, call: (path, payload) => json2(server.app, headers, path, payload) }
}

onBoth('/json/2 answers values as they are', async (t, dialect) => {
  const { call } = await caller(t, dialect)

  t.test('records are created, read, written and deleted by named arguments', async (t) => {
    const created = await call('res.partner/create', { vals_list: [{ name: 'Deco', is_company: true, color: 3 }] })
    t.match(created, { status: 200, headers: { 'content-type': /^application\/json/ } })
    const [id] = created.body as [number]
    t.same((await call('res.partner/write', { ids: [id], vals: { city: 'Lyon', email: null } })).body, true)
    const fields = ['name', 'city', 'email', 'is_company', 'active', 'parent_id', 'child_ids', 'color', 'comment']
    t.same((await call('res.partner/search_read', { domain: [['id', '=', id]], fields })).body, [
      {
        id,
        name: 'Deco',
        city: 'Lyon',
        email: null,
        is_company: true,
        active: true,
        parent_id: null,
        child_ids: [],
        color: 3,
        comment: null,
      },
    ])
    t.same((await call('res.partner/search_count', { domain: [['name', '=', 'Deco']] })).body, 1)
    t.same((await call('res.partner/unlink', { ids: [id] })).body, true)
    t.same((await call('res.partner/exists', { ids: [id] })).body, [])
  })

  t.test('false stays where a field is a boolean, in nested records as well', async (t) => {
    const values = { name: 'Outer', active: false, child_ids: [[0, 0, { name: 'Inner', is_company: false }]] }
    const { body } = await call('res.partner/create', { vals_list: values })
    const specification = {
      active: {},
      parent_id: { fields: {} },
      child_ids: { fields: { is_company: {}, street: {}, parent_id: { fields: { street: {} } } } },
    }
    t.match((await call('res.partner/web_read', { ids: [body], specification })).body, [
      {
        active: false,
        parent_id: null,
        child_ids: [{ is_company: false, street: null, parent_id: { id: body, street: null } }],
      },
    ])
  })

  t.test('groups and defaults tell empty from false', async (t) => {
    await call('res.partner/create', { vals_list: [{ name: 'In no town', function: 'Only one' }] })
    const { body } = await call('res.partner/read_group', {
      domain: [['function', '=', 'Only one']],
      fields: [],
      groupby: ['city', 'is_company'],
      lazy: false,
    })
    t.match(body, [{ city: null, is_company: false, __count: 1 }])
    t.match((await call('res.partner/default_get', { fields_list: ['active', 'is_company', 'name'] })).body, {
      active: true,
    })
  })

  t.test('the context is one of the named arguments', async (t) => {
    const { body } = await call('res.partner/create', { vals_list: { name: 'Sleeping', active: false } })
    t.same((await call('res.partner/search', { domain: [['id', '=', body]] })).body, [])
    t.same((await call('res.partner/search', { domain: [['id', '=', body]], context: { active_test: false } })).body, [
      body,
    ])
  })

  t.test('methods of models take no ids, or none of them', async (t) => {
    t.equal((await call('res.partner/search_count', { ids: [], domain: [] })).status, 200)
    t.match(await call('res.partner/search_count', { ids: [1], domain: [] }), {
      status: 400,
      body: { code: 'ARGUMENT_UNKNOWN' },
    })
  })
})

onBoth('/json/2 uses the status codes of HTTP', async (t, dialect) => {
  const { app, call, headers, db, runtime, people, unexpected } = await caller(t, dialect)
  const as = async (uid: number) => ({ authorization: `Bearer ${await keyOf(runtime, uid)}` })

  t.test('400 for what is not well-formed', async (t) => {
    t.match(await call('res.partner/read', { ids: [1], nothing: 1 }), {
      status: 400,
      body: {
        name: 'builtins.TypeError',
        code: 'ARGUMENT_UNKNOWN',
        arguments: [String],
        context: { code: 'ARGUMENT_UNKNOWN' },
        debug: '',
      },
    })
    t.match(await call('res.partner/read', { ids: [1], fields: ['nam'] }), {
      status: 400,
      body: { code: 'FIELD_UNKNOWN', model: 'res.partner', field: 'nam', hint: /name/ },
    })
    const broken = await app.inject({
      method: 'POST',
      url: '/json/2/res.partner/read',
      headers: { ...headers, 'content-type': 'application/json' },
      payload: '{"ids": [',
    })
    t.match([broken.statusCode, broken.json()], [400, { code: 'BODY_MALFORMED', message: String }])
    t.match(await call('res.partner/read', []), { status: 400, body: { code: 'PARAMS_INVALID' } })
  })

  t.test('401 without a valid key', async (t) => {
    const wrong = [
      'bearer 0123456789012345678901234567890123456789',
      'bearer',
      'Basic YWRtaW46YWRtaW4=',
      'bearer x',
      `bearer ${'x'.repeat(9000)}`,
    ]
    for (const authorization of wrong) {
      const answer = await json2(app, { authorization }, 'res.partner/search', { domain: [] })
      t.match(
        answer,
        {
          status: 401,
          headers: { 'www-authenticate': 'Bearer' },
          body: { name: 'werkzeug.exceptions.Unauthorized', code: 'BEARER_UNKNOWN' },
        },
        authorization.slice(0, 60),
      )
    }
    t.match(await json2(app, {}, 'res.partner/search', { domain: [] }), { status: 401, body: { code: 'LOGIN_NEEDED' } })
    const ended = await keyOf(runtime, people.users.internal, 'rpc', new Date(Date.now() - 60_000))
    const other = await keyOf(runtime, people.users.internal, 'calendar')
    for (const key of [ended, other])
      t.equal((await json2(app, { authorization: `bearer ${key}` }, 'res.partner/search', { domain: [] })).status, 401)
  })

  t.test('403 for what the user may not do, 404 for what is not there', async (t) => {
    const internal = await as(people.users.internal)
    t.match(await json2(app, internal, 'res.partner/unlink', { ids: [people.open] }), {
      status: 403,
      body: { name: 'odoo.exceptions.AccessError', code: 'ACCESS_MODEL', model: 'res.partner' },
    })
    t.match(await json2(app, internal, 'res.partner/read', { ids: [people.hidden] }), {
      status: 403,
      body: { code: 'ACCESS_RULE', ids: [people.hidden] },
    })
    t.match(await call('res.partner/_compute_display_name', { ids: [1] }), {
      status: 403,
      body: { code: 'METHOD_PRIVATE' },
    })
    t.match(await call('res.partner/fly', {}), { status: 404, body: { code: 'METHOD_UNKNOWN' } })
    t.match(await call('res.nothing/read', {}), { status: 404, body: { code: 'MODEL_UNKNOWN' } })
    t.match(await call('constructor/read', {}), { status: 404 })
    t.match(await call('res.partner/write', { ids: [999_999], vals: { name: 'x' } }), {
      status: 404,
      body: { code: 'RECORD_MISSING', ids: [999_999] },
    })
    t.match(await json2(app, { ...headers, 'x-odoo-database': 'other' }, 'res.partner/search', { domain: [] }), {
      status: 404,
      body: { code: 'DATABASE_NOT_FOUND' },
    })
    t.equal((await json2(app, { ...headers, 'x-odoo-database': db }, 'res.partner/search', { domain: [] })).status, 200)
    const lost = await app.inject({ method: 'GET', url: '/json/2/res.partner', headers })
    t.match([lost.statusCode, lost.json()], [404, { code: 'ROUTE_NOT_FOUND', name: 'werkzeug.exceptions.NotFound' }])
  })

  t.test('422 for what a rule of the business forbids, and nothing of the call is left', async (t) => {
    const many = [{ name: 'First of two' }, { name: null }]
    t.match(await call('res.partner/create', { vals_list: many }), {
      status: 422,
      body: { name: 'odoo.exceptions.ValidationError' },
    })
    t.same((await call('res.partner/search_count', { domain: [['name', '=', 'First of two']] })).body, 0)
  })

  t.test('409 for a version that somebody overtook, with who it was and the values', async (t) => {
    const { body: id } = await call('res.partner/create', { vals_list: { name: 'Contested', phone: '1' } })
    const read = { ids: [id], fields: ['phone'], context: { with_version: true } }
    const [row] = (await call('res.partner/read', read)).body as [{ __version: string }]
    const contacts = await as(people.users.contacts)
    t.equal((await json2(app, contacts, 'res.partner/write', { ids: [id], vals: { phone: '2' } })).status, 200)
    t.match(await call('res.partner/write', { ids: [id], vals: { phone: null }, version: row.__version }), {
      status: 409,
      body: {
        name: 'odoo.exceptions.UserError',
        code: 'VERSION_CONFLICT',
        message: /Phone: was "1", is now "2" by contacts at .* UTC; you wrote empty/,
        context: {
          conflicts: [
            {
              field: 'phone',
              known: '1',
              present: '2',
              written: null,
              changed_by: [people.users.contacts, 'contacts'],
              changed_at: /^\d{4}-/,
            },
          ],
        },
      },
    })
  })

  t.test('429 after too many wrong keys from one address, with the time to wait', async (t) => {
    let last: Json2Answer | undefined
    for (let i = 0; i < 40 && last?.status !== 429; i++)
      last = await json2(app, { authorization: `bearer 0123456789${i}` }, 'res.partner/search', { domain: [] })
    t.match(last, { status: 429, headers: { 'retry-after': /^\d+$/ }, body: { code: 'LOGIN_DELAYED' } })
  })

  t.same(unexpected, [], 'no error was unexpected')
})

onBoth('/json/2 takes the session of a browser for pages of this server alone', async (t, dialect) => {
  const { app, client, db } = await served(t, dialect)
  const browser = client()
  await browser.login('system', 'system')
  const cookie = `session_id=${browser.token}`
  const from = async (headers: Record<string, string>): Promise<Json2Answer> =>
    json2(app, { cookie, host: 'comptoir.example', ...headers }, 'res.users/search_count', { domain: [] })
  t.equal((await from({})).status, 200)
  t.equal(
    (await from({ origin: 'http://comptoir.example', 'sec-fetch-site': 'same-origin', 'x-odoo-database': db })).status,
    200,
  )
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ] as Record<string, string>[]) {
    t.match(await from(headers), { status: 403, body: { code: 'SITE_FOREIGN' } }, JSON.stringify(headers))
  }
  const form = await app.inject({
    method: 'POST',
    url: '/json/2/res.users/search_count',
    headers: { cookie, 'content-type': 'text/plain' },
    payload: '{"domain": []}',
  })
  t.equal(form.statusCode, 415, 'a form of another site cannot send JSON')
})
