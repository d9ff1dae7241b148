import t from 'tap'
import { type Client, type TestServer, testServer } from './fixture/server.ts'

let server: TestServer
let client: Client
t.before(async () => {
  server = await testServer(t)
  client = server.client()
  await client.login()
})

const invalid = {
  code: -32602,
  message: 'Invalid params',
  data: { name: 'builtins.TypeError', context: { code: 'PARAMS_INVALID' } },
}

t.test('call_kw', async (t) => {
  t.test('runs the method that the body names, whatever the path ends with', async (t) => {
    const params = { model: 'res.partner', method: 'search_count', args: [[]], kwargs: {} }
    const { result } = await client.call('/web/dataset/call_kw', params)
    t.type(result, 'number')
    for (const path of [
      '/web/dataset/call_kw/res.partner/search_count',
      '/web/dataset/call_kw/x/y/z',
      '/web/dataset/call_kw/',
    ]) {
      t.equal((await client.call(path, params)).result, result, path)
    }
  })

  t.test('needs a session', async (t) => {
    t.match((await server.client().kw('res.partner', 'search', [[]])).error, { code: 100 })
    const stranger = server.client()
    for (const token of ['x', '../../etc/passwd', "' OR 1=1 --", 'x'.repeat(5000)]) {
      stranger.token = token
      t.match((await stranger.kw('res.partner', 'search', [[]])).error, { code: 100 })
    }
  })

  t.test('refuses parameters of the wrong type', async (t) => {
    const wrong = [
      {},
      { model: 'res.partner' },
      { model: '', method: 'read' },
      { model: ['res.partner'], method: 'read' },
      { model: 'res.partner', method: 'read', args: {} },
      { model: 'res.partner', method: 'read', args: [], kwargs: [] },
      { model: 'x'.repeat(1000), method: 'read' },
    ]
    for (const params of wrong) {
      t.match((await client.call('/web/dataset/call_kw', params)).error, invalid, JSON.stringify(params).slice(0, 80))
    }
  })

  t.test('takes text for text, also where it looks like SQL', async (t) => {
    const name = `'); DROP TABLE res_partner; -- " \\ \u2028 %_`
    const { result: id } = await client.kw('res.partner', 'create', [{ name }])
    t.match((await client.kw('res.partner', 'read', [[id], ['name']])).result, [{ name }])
    t.same((await client.kw('res.partner', 'search', [[['name', '=', name]]])).result, [id])
    t.same((await client.kw('res.partner', 'search', [[['name', '=', "' OR '1'='1"]]])).result, [])
    for (const kwargs of [
      { order: 'id; DROP TABLE res_partner' },
      { order: '(SELECT 1)' },
      { limit: '1; DROP TABLE x' },
    ]) {
      t.ok((await client.kw('res.partner', 'search', [[]], kwargs)).error, JSON.stringify(kwargs))
    }
    t.ok((await client.kw('res.partner', 'search', [[['name" OR 1=1 --', '=', 1]]])).error)
    t.type((await client.kw('res.partner', 'search_count', [[]])).result, 'number')
  })

  t.test('survives values of every wrong kind', async (t) => {
    const values: unknown[] = [
      null,
      1e308,
      -1,
      '',
      'x',
      [],
      {},
      [[]],
      [null],
      true,
      { create: {} },
      [[6, 0, ['x']]],
      '\0',
      '\ud800',
    ]
    for (const value of values) {
      for (const answer of [
        await client.kw('res.partner', 'read', [value]),
        await client.kw('res.partner', 'search', [value]),
        await client.kw('res.partner', 'create', [value]),
        await client.kw('res.partner', 'create', [{ name: 'x', category_id: value }]),
        await client.kw('res.partner', 'write', [[1], value]),
        await client.kw('res.partner', 'search', [[['category_id', 'in', value]]]),
        await client.kw('res.partner', 'search_read', [], { domain: [], fields: value, limit: value }),
        await client.kw('res.partner', 'search', [[]], { context: value }),
      ]) {
        t.not(
          answer.error?.data['name'],
          'builtins.Exception',
          `${JSON.stringify(value)}: ${JSON.stringify(answer.error)}`,
        )
      }
    }
  })
})

t.test('call_button answers an action or false', async (t) => {
  const call = (method: string, args: unknown[]) =>
    client.call('/web/dataset/call_button', { model: 'res.partner', method, args, kwargs: {} })
  t.equal((await call('search_count', [[]])).result, false)
  t.equal((await call('read', [[1], ['name']])).result, false)
})

t.test('a server action is run on the records of the context, and its answer is carried out', async (t) => {
  const found = await client.kw('ir.model', 'search', [[['model', '=', 'res.partner']]])
  const [model_id] = found.result as number[]
  const code =
    "action = {'type': 'ir.actions.act_window', 'res_model': model._name, 'view_mode': 'kanban,form', 'domain': [('id', 'in', records.ids)]}"
  const { result: action_id } = await client.kw('ir.actions.server', 'create', [
    { name: 'Show', model_id, state: 'code', code },
  ])
  const run = (params: object) => client.call('/web/action/run', params)
  t.match((await run({ action_id, context: { active_model: 'res.partner', active_ids: [1, 3] } })).result, {
    type: 'ir.actions.act_window',
    domain: [['id', 'in', [1, 3]]],
    views: [
      [false, 'kanban'],
      [false, 'form'],
    ],
  })
  t.match((await run({ action_id: 'x' })).error, invalid)
  const { result: silent } = await client.kw('ir.actions.server', 'create', [
    { name: 'Nothing', model_id, state: 'code', code: 'pass' },
  ])
  t.equal((await run({ action_id: silent })).result, false)
})

t.test('search_read answers a page of rows and the number of all', async (t) => {
  await client.kw('res.partner', 'create', [['Page A', 'Page B', 'Page C'].map((name) => ({ name }))])
  const params = {
    model: 'res.partner',
    fields: ['name'],
    domain: [['name', 'like', 'Page ']],
    limit: 2,
    sort: 'name desc',
  }
  const { result } = await client.call('/web/dataset/search_read', params)
  t.match(result, { length: 3, records: [{ name: 'Page C' }, { name: 'Page B' }] })
  t.match((await client.call('/web/dataset/search_read', { model: 'res.partner', limit: 'all' })).error, invalid)
})
