/* Pages as a browser gets them, before any script runs, and what forms ask while a person works in them. */
import type { FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { testServer } from './fixture/server.ts'

// one server for all: what takes time is to install it
const server = await testServer(t)

/** A browser without scripts. */
class Browser {
  readonly #app: FastifyInstance
  #cookies = new Map<string, string>()
  csrf = ''

  constructor(app: FastifyInstance) {
    this.#app = app
  }

  async get(
    url: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: string; headers: Record<string, unknown> }> {
    return this.#send({ method: 'GET', url, headers })
  }

  async submit(
    url: string,
    fields: Record<string, string>,
  ): Promise<{ status: number; body: string; headers: Record<string, unknown> }> {
    return this.#send({
      method: 'POST',
      url,
      payload: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  }

  async ask<T>(
    url: string,
    params: object,
  ): Promise<{ result: T; error?: { data: { message: string; context: Record<string, unknown> } } }> {
    const { body } = await this.#send({
      method: 'POST',
      url,
      payload: JSON.stringify({ params }),
      headers: { 'content-type': 'application/json', 'x-csrf-token': this.csrf },
    })
    return JSON.parse(body) as never
  }

  async #send(request: {
    method: 'GET' | 'POST'
    url: string
    payload?: string
    headers: Record<string, string>
  }): Promise<{ status: number; body: string; headers: Record<string, unknown> }> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await this.#app.inject({ ...request, headers: { accept: 'text/html', ...request.headers, cookie } })
    for (const { name, value } of answer.cookies) this.#cookies.set(name, value)
    this.csrf = /<meta name="csrf-token" content="([^"]*)"/.exec(answer.body)?.[1] ?? this.csrf
    return { status: answer.statusCode, body: answer.body.replaceAll('&#x3D;', '='), headers: answer.headers }
  }
}

async function loggedIn(t: Test): Promise<Browser> {
  const browser = new Browser(server.app)
  const { body } = await browser.get('/web/login?redirect=/odoo/m-res.partner')
  const token = /name="csrf_token" value="([^"]*)"/.exec(body)?.[1] ?? ''
  const { status, headers } = await browser.submit('/web/login', {
    login: 'admin',
    password: 'admin',
    redirect: '/odoo/m-res.partner',
    csrf_token: token,
  })
  t.equal(status, 303)
  t.equal(headers['location'], '/odoo/m-res.partner')
  return browser
}

t.test('whoever is not logged in is sent to the login, and back to where they wanted', async (t) => {
  const browser = new Browser(server.app)
  t.match(await browser.get('/odoo/contacts/7?view=list'), {
    status: 302,
    headers: { location: '/web/login?redirect=%2Fodoo%2Fcontacts%2F7%3Fview%3Dlist' },
  })
  const { body, headers } = await browser.get('/web/login', { 'accept-language': 'fr' })
  t.match(body, '<h1>Connexion</h1>')
  t.notMatch(body, '<script')
  t.notMatch(String(headers['content-security-policy']), /unsafe-(inline|eval)/)
  const token = /name="csrf_token" value="([^"]*)"/.exec(body)?.[1] ?? ''
  t.match(await browser.submit('/web/login', { login: 'admin', password: 'wrong', csrf_token: token }), {
    status: 401,
    body: 'Wrong login or password',
  })
  t.equal(
    (await browser.submit('/web/login', { login: 'admin', password: 'admin', csrf_token: 'made up' })).status,
    403,
  )
  t.equal(
    (
      await browser.submit('/web/login', {
        login: 'admin',
        password: 'admin',
        redirect: '//evil.example',
        csrf_token: token,
      })
    ).headers['location'],
    '/odoo',
  )
})

t.test('a list and a form hold their content without scripts', async (t) => {
  const browser = await loggedIn(t)
  const id = await server.runtime.call(
    { uid: 1, su: true },
    'write',
    async (env) =>
      (
        await env['res.partner'].create([
          {
            name: `<b>"O'Neil" & 𝒮</b>`,
            city: '<script>alert(1)</script>',
            is_company: true,
            child_ids: [{ create: { name: 'Ann' } }],
          },
        ])
      ).ids[0],
  )
  const list = await browser.get('/odoo/m-res.partner?o=city+desc')
  t.match(list.body, '&lt;b&gt;&quot;O&#x27;Neil&quot; &amp; 𝒮&lt;/b&gt;')
  t.match(list.body, `href="/odoo/m-res.partner/${id}?in=o%3Dcity%2Bdesc"`)
  t.match(list.body, 'aria-sort="descending"')
  t.match(list.headers['content-security-policy'], "script-src 'self'")
  const form = await browser.get(`/odoo/m-res.partner/${id}`)
  t.match(form.body, 'value="&lt;script&gt;alert(1)&lt;/script&gt;"')
  t.notMatch(form.body, '<script>alert')
  t.match(form.body, '>Ann</td>')
  t.match(form.body, /<nav class="o_breadcrumb".*<a href="\/odoo\/m-res\.partner"/s)
})

t.test('a record or address that is not there is told on a page', async (t) => {
  const browser = await loggedIn(t)
  t.match(await browser.get('/odoo/m-res.partner/999999'), {
    status: 404,
    body: 'There is no record 999999 of res.partner',
  })
  t.match(await browser.get('/odoo/no-such-action'), { status: 404, body: 'There is no action' })
})

t.test('a change is answered with values and the HTML that shows them', async (t) => {
  const browser = await loggedIn(t)
  const [id, child] = await server.runtime.call({ uid: 1, su: true }, 'write', async (env) => {
    const partner = await env['res.partner'].create([
      { name: 'Firm', is_company: true, child_ids: [{ create: { name: 'Ann' } }] },
    ])
    const [loaded] = await partner.load(['child_ids.name'])
    return [loaded?.id, loaded?.child_ids[0]?.id]
  })
  await browser.get(`/odoo/m-res.partner/${id}`)
  const form = { model: 'res.partner', view: false, context: {}, id, editing: {} }
  const state = await server.runtime.call(
    { uid: 1, su: true },
    'read',
    async (env) =>
      (
        await env['res.country.state'].search([
          ['code', '=', 'CA'],
          ['country_id.code', '=', 'US'],
        ])
      ).ids[0],
  )
  const { result } = await browser.ask<{
    values: Record<string, unknown>
    patches: Record<string, string>
    rows: object
  }>('/odoo/form/change', {
    ...form,
    field: 'state_id',
    changes: { state_id: { id: state, display_name: 'California (US)' } },
  })
  t.match(result.values['country_id'], { display_name: 'United States' })
  t.match(result.patches['country_id'], 'value="United States"')

  const line = await browser.ask<{ html: string }>('/odoo/form/line', {
    ...form,
    field: 'child_ids',
    line: child,
    editing: true,
    changes: {},
  })
  t.equal(line.error, undefined)
  t.match(line.result.html, /<tr class="o_line " data-line="\d+" data-editing>.*value="Ann"/s)
  const added = await browser.ask<{ html: string; values: object }>('/odoo/form/line', {
    ...form,
    field: 'child_ids',
    line: null,
    editing: true,
    changes: {},
  })
  t.match(added.result.html, 'data-line="virtual_new"')

  const saved = await browser.ask<{ id: number; url: string }>('/odoo/form/save', {
    ...form,
    path: `/odoo/m-res.partner/${id}?in=o%3Dname`,
    changes: {
      city: 'Gent',
      child_ids: [
        [1, child, { name: 'Anna' }],
        [0, 'virtual_1', { name: 'Bob' }],
      ],
    },
  })
  t.same(saved.result, { id, url: `/odoo/m-res.partner/${id}?in=o%3Dname` })
  t.match(await browser.get(`/odoo/m-res.partner/${id}`), { body: /value="Gent".*>Anna<.*>Bob</s })
})

t.test('a button of a form calls its method, and the page is told what to do next', async (t) => {
  const browser = await loggedIn(t)
  const id = await server.runtime.call(
    { uid: 1, su: true },
    'write',
    async (env) => (await env['res.partner'].create([{ name: 'Old' }])).ids[0],
  )
  await browser.get(`/odoo/m-res.partner/${id}`)
  const press = { model: 'res.partner', id, context: {}, path: `/odoo/m-res.partner/${id}` }
  t.same(
    (await browser.ask('/odoo/form/button', { ...press, call: { name: 'action_archive', type: 'object' } })).result,
    { kind: 'reload' },
  )
  t.same(
    await server.runtime.call(
      { uid: 1 },
      'read',
      async (env) => (await env['res.partner'].browse([id as number]).load(['active']))[0]?.active,
    ),
    false,
  )
  t.match(
    (await browser.ask('/odoo/form/button', { ...press, call: { name: 'base.action_country', type: 'action' } }))
      .result,
    { kind: 'visit', url: /^\/odoo\/m-res\.partner\/\d+\/action-\d+$/ },
  )
  t.match((await browser.ask('/odoo/form/button', { ...press, call: { name: '_private', type: 'object' } })).error, {
    data: { context: { code: 'METHOD_PRIVATE' } },
  })
})

t.test('a question without the token of its page is refused', async (t) => {
  const browser = await loggedIn(t)
  browser.csrf = 'made up'
  t.match(
    (
      await browser.ask('/odoo/form/save', {
        model: 'res.partner',
        view: false,
        context: {},
        id: null,
        changes: { name: 'x' },
        path: '/odoo',
      })
    ).error,
    { data: { context: { code: 'CSRF_WRONG' } } },
  )
})
