import t from 'tap'
import { type TestServer, testServer } from './fixture/server.ts'

let server: TestServer
t.before(async () => {
  server = await testServer(t)
})

const denied = {
  code: 200,
  message: 'Odoo Server Error',
  data: { name: 'odoo.exceptions.AccessDenied', message: 'Access Denied' },
}

t.test('the service common', async (t) => {
  const client = server.client()

  t.test('names the protocol and the release', async (t) => {
    t.same((await client.service('common', 'version')).result, {
      server_version: '18.0',
      server_version_info: [18, 0, 0, 'final', 0, ''],
      server_serie: '18.0',
      protocol_version: 1,
    })
    t.match((await client.service('common', 'about', true)).result, [String, '18.0'])
  })

  t.test('answers a login with the id, or with false', async (t) => {
    const { result: uid } = await client.service('common', 'login', server.db, 'admin', 'admin')
    t.type(uid, 'number')
    t.equal((await client.service('common', 'authenticate', server.db, 'admin', 'admin', {})).result, uid)
    t.equal((await client.service('common', 'login', server.db, 'admin', 'wrong')).result, false)
    t.equal((await client.service('common', 'login', server.db, "admin' --", 'admin')).result, false)
  })

  t.test('knows one database', async (t) => {
    const { error } = await client.service('common', 'login', 'other', 'admin', 'admin')
    t.match(error, {
      data: { name: 'psycopg2.OperationalError', message: 'FATAL:  database "other" does not exist\n' },
    })
  })
})

t.test('the service object', async (t) => {
  const client = server.client()
  const { result: uid } = await client.service('common', 'login', server.db, 'admin', 'admin')
  const kw = (...args: unknown[]) => client.service('object', 'execute_kw', server.db, uid, 'admin', ...args)

  t.test('takes the digits of the user id as well', async (t) => {
    const { result } = await client.service(
      'object',
      'execute',
      server.db,
      `${String(uid)}`,
      'admin',
      'res.partner',
      'search_count',
      [],
    )
    t.type(result, 'number')
  })

  t.test('knows no other database, and names a model that does not exist', async (t) => {
    const { error: elsewhere } = await client.service(
      'object',
      'execute',
      'other',
      uid,
      'admin',
      'res.partner',
      'search',
      [],
    )
    t.match(elsewhere, { data: { name: 'psycopg2.OperationalError', context: { code: 'DATABASE_UNKNOWN' } } })
    const { error } = await kw('no.model', 'search', [[]])
    t.match(error, { data: { name: 'odoo.exceptions.UserError', message: "Object no.model doesn't exist" } })
  })

  t.test('calls methods with positional and named arguments', async (t) => {
    const { result: id } = await kw('res.partner', 'create', [{ name: 'Azur', city: 'Lyon' }])
    t.match((await kw('res.partner', 'read', [[id]], { fields: ['name', 'city'] })).result, [
      { id, name: 'Azur', city: 'Lyon' },
    ])
    t.match((await kw('res.partner', 'read', [[id]], null)).result, [{ id, name: 'Azur' }])
    const execute = await client.service('object', 'execute', server.db, uid, 'admin', 'res.partner', 'search_count', [
      ['id', '=', id],
    ])
    t.equal(execute.result, 1)
  })

  t.test('refuses wrong credentials, whatever they look like', async (t) => {
    const wrong: [unknown, unknown][] = [
      [uid, 'wrong'],
      [uid, ''],
      [uid, null],
      [uid, { $ne: '' }],
      [false, 'admin'],
      ['admin', 'admin'],
      [1, 'admin'],
      [-1, 'admin'],
      [1.5, 'admin'],
      [1e300, 'admin'],
      [999_999, 'admin'],
      [[uid], 'admin'],
    ]
    for (const [who, secret] of wrong) {
      const { error } = await server
        .client()
        .service('object', 'execute_kw', server.db, who, secret, 'res.partner', 'search', [[]])
      t.match(error, denied, JSON.stringify([who, secret]))
    }
  })

  t.test('reaches public methods only', async (t) => {
    t.match((await kw('res.partner', '_compute_display_name', [[1]])).error, {
      data: { name: 'odoo.exceptions.AccessError' },
    })
    t.match((await kw('res.partner', 'no_such_method', [[1]])).error, { data: { name: 'builtins.AttributeError' } })
    for (const method of ['constructor', 'sudo', 'toString', '__proto__', 'env', 'with_user', 'load']) {
      t.ok((await kw('res.partner', method, [[1]])).error, method)
    }
    t.match((await kw('no.such.model', 'read', [[1]])).error, { code: 200 })
    t.match((await kw('constructor', 'read', [[1]])).error, { code: 200 })
  })

  t.test('refuses arguments of the wrong shape before anything runs', async (t) => {
    const invalid = { code: -32602, data: { name: 'builtins.TypeError', context: { code: 'PARAMS_INVALID' } } }
    t.match((await kw('res.partner')).error, invalid)
    t.match((await kw('res.partner', 'read', 'text')).error, invalid)
    t.match((await kw('res.partner', 'read', [], [])).error, invalid)
    t.match((await kw(7, 'read', [])).error, invalid)
    t.match((await kw('res.partner', 'read', [], {}, 'more')).error, invalid)
    t.match((await client.call('/jsonrpc', { service: 'object' })).error, invalid)
    t.match((await client.call('/jsonrpc', { service: 'object', method: 'execute_kw', args: {} })).error, invalid)
    t.match((await client.call('/jsonrpc', [])).error, invalid)
  })
})

t.test('the service db tells names and manages nothing without a master password', async (t) => {
  const client = server.client()
  t.same((await client.service('db', 'list')).result, [server.db])
  t.equal((await client.service('db', 'db_exist', server.db)).result, true)
  t.equal((await client.service('db', 'db_exist', 'other')).result, false)
  t.equal((await client.service('db', 'server_version')).result, '18.0')
  const off = { data: { name: 'odoo.exceptions.AccessDenied', context: { code: 'MASTER_OFF' } } }
  for (const method of ['create_database', 'drop', 'dump', 'restore', 'change_admin_password']) {
    t.match((await client.service('db', method, 'admin', server.db)).error, off, method)
  }
  t.match((await client.service('db', 'constructor', 'admin', server.db)).error, denied)
})

t.test('services and methods that do not exist are named', async (t) => {
  const client = server.client()
  t.match((await client.service('report', 'render')).error, {
    data: { name: 'builtins.KeyError', message: /'report'/ },
  })
  t.match((await client.service('constructor', 'name')).error, { data: { name: 'builtins.KeyError' } })
  t.match((await client.service('common', 'fly')).error, {
    data: { name: 'builtins.AttributeError', message: /'fly'/ },
  })
})

t.test('calls of a batch are separate: one fails, the others stay', async (t) => {
  const { result: uid } = await server.client().service('common', 'login', server.db, 'admin', 'admin')
  const request = (id: number, method: string, args: unknown[]) => ({
    jsonrpc: '2.0',
    method: 'call',
    id,
    params: { service: 'object', method: 'execute_kw', args: [server.db, uid, 'admin', 'res.partner', method, args] },
  })
  const payload = [
    request(1, 'create', [{ name: 'Batch one' }]),
    request(2, 'create', [{ no_such_field: 1 }]),
    request(3, 'search_count', [[['name', '=', 'Batch one']]]),
  ]
  const answers = (await server.app.inject({ method: 'POST', url: '/jsonrpc', payload })).json<
    Record<string, unknown>[]
  >()
  t.match(answers, [
    { id: 1, result: Number },
    { id: 2, error: { code: 200 } },
    { id: 3, result: 1 },
  ])
})
