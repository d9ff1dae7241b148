import t from 'tap'
import { type TestServer, testServer } from './fixture/server.ts'

const expired = {
  code: 100,
  message: 'Odoo Session Expired',
  data: { name: 'odoo.http.SessionExpiredException', message: 'Session expired' },
}
const denied = { code: 200, data: { name: 'odoo.exceptions.AccessDenied', message: 'Access Denied' } }

let server: TestServer
t.before(async () => {
  server = await testServer(t)
})

t.test('logging in', async (t) => {
  t.test('answers what a client has to know of its user', async (t) => {
    const { result } = await server.client().login()
    const uid = (result as { uid: number }).uid
    t.match(result, {
      uid: Number,
      is_system: true,
      is_admin: true,
      is_internal_user: true,
      user_context: { lang: 'en_US', uid },
      db: server.db,
      server_version: '18.0',
      server_version_info: [18, 0, 0, 'final', 0, ''],
      name: String,
      username: 'admin',
      partner_display_name: String,
      partner_id: Number,
      company_id: Number,
      user_companies: { current_company: Number },
      'web.base.url': /^http/,
    })
    const { user_companies: companies } = result as {
      user_companies: { current_company: number; allowed_companies: Record<string, unknown> }
    }
    t.match(companies.allowed_companies[companies.current_company], { id: companies.current_company, name: String })
  })

  t.test('sets a cookie that scripts in pages cannot read', async (t) => {
    const { cookie } = await server.client().login()
    t.match(cookie?.flags, /HttpOnly/)
    t.match(cookie?.flags, /SameSite=Lax/)
    t.match(cookie?.flags, /Path=\//)
    t.notMatch(cookie?.flags, /Secure/)
  })

  t.test('names the database or leaves it out', async (t) => {
    const named = await server
      .client()
      .call('/web/session/authenticate', { db: server.db, login: 'admin', password: 'admin' })
    t.match(named.result, { username: 'admin' })
    const other = await server
      .client()
      .call('/web/session/authenticate', { db: 'other', login: 'admin', password: 'admin' })
    t.match(other.error, { data: { name: 'odoo.exceptions.AccessError', message: 'Database not found.' } })
    t.equal(other.cookie, undefined)
  })

  t.test('with a wrong password opens no session', async (t) => {
    const client = server.client()
    const answer = await client.login('admin', 'wrong')
    t.match(answer.error, denied)
    t.equal(answer.cookie, undefined)
    t.match((await client.kw('res.partner', 'search', [[]])).error, expired)
  })

  t.test('with parameters of the wrong type is refused', async (t) => {
    for (const params of [
      {},
      { login: 'admin' },
      { login: ['admin'], password: 'admin' },
      { login: 'admin', password: { $ne: 1 } },
    ]) {
      const { error } = await server.client().call('/web/session/authenticate', params)
      t.match(error, { code: -32602, data: { name: 'builtins.TypeError' } }, JSON.stringify(params))
    }
  })

  t.test('gives a new token each time, and ends the one that was there', async (t) => {
    const client = server.client()
    await client.login()
    const first = client.token
    await client.login()
    t.not(client.token, first)
    t.match((await client.kw('res.partner', 'search_count', [[]])).result, Number)
    client.token = first
    t.match((await client.kw('res.partner', 'search_count', [[]])).error, expired)
  })

  t.test('does not take over a token that a stranger planted', async (t) => {
    const client = server.client()
    client.token = 'planted'
    await client.login()
    t.not(client.token, 'planted')
  })
})

t.test('a session can be looked at and ended', async (t) => {
  const client = server.client()
  const { result } = await client.login()
  t.same((await client.call('/web/session/get_session_info')).result, result)
  t.equal((await client.call('/web/session/check')).result, null)
  t.ok(((await client.call('/web/session/modules')).result as string[]).includes('base'))

  const { token } = client
  t.equal((await client.call('/web/session/destroy')).result, null)
  t.equal(client.token, '', 'the cookie is taken back')
  client.token = token
  for (const path of ['get_session_info', 'check', 'modules']) {
    t.match((await client.call(`/web/session/${path}`)).error, expired, path)
  }
})

t.test('a session ends at once when its user is set inactive', async (t) => {
  const admin = server.client()
  await admin.login()
  const { result: id } = await admin.kw('res.users', 'create', [{ name: 'Ada', login: 'ada', password: 'long enough' }])
  const ada = server.client()
  t.match((await ada.login('ada', 'long enough')).result, { username: 'ada' })
  t.match((await ada.kw('res.users', 'read', [[id], ['login']])).result, [{ login: 'ada' }])
  await admin.kw('res.users', 'write', [[id], { active: false }])
  t.match((await ada.kw('res.users', 'read', [[id], ['login']])).error, expired)
  t.match((await ada.login('ada', 'long enough')).error, denied)
})

t.test('behind a proxy that ends TLS the cookie is for TLS alone', async (t) => {
  const client = server.again({ trustProxy: true }).client()
  client.headers['x-forwarded-proto'] = 'https'
  t.match((await client.login()).cookie?.flags, /Secure/)
})

t.test('after ten wrong passwords the answer names the time to wait', async (t) => {
  const client = server.again().client()
  for (let i = 0; i < 10; i += 1) t.match((await client.login('admin', `wrong ${i}`)).error, denied)
  t.match((await client.login()).error, {
    data: {
      name: 'odoo.exceptions.AccessDenied',
      message: /try again in \d+ seconds/,
      context: { code: 'LOGIN_DELAYED' },
    },
  })
})

t.test('what needs no session is answered without one', async (t) => {
  const client = server.client()
  t.same((await client.call('/web/database/list')).result, [server.db])
  t.match((await client.call('/web/webclient/version_info')).result, { server_version: '18.0' })
  const health = await server.app.inject('/web/health')
  t.equal(health.statusCode, 200)
  t.same(health.json(), { status: 'pass' })
})
