import t, { type Test } from 'tap'
import { defineError } from '#core/errors.ts'
import { ACCESS_DENIED, SESSION_EXPIRED } from '#core/security/errors.ts'
import { DATABASE_BUSY } from '#core/sql/errors.ts'
import type { ConfigInput } from '#server/config.ts'
import { jsonRpcRoute } from '#server/json-rpc.ts'
import { bareTestApp } from './fixture/app.ts'

const TEST_REDIRECT = defineError('TEST_REDIRECT', 'RedirectWarning', () => 'Archive it instead')
const TEST_INVALID = defineError('TEST_INVALID', 'ValidationError', (field: string) => `${field} is not valid`)
const TEST_INTERNAL = defineError('TEST_INTERNAL', 'InternalError', () => 'SELECT secret FROM vault')

interface ErrorBody {
  readonly code: number
  readonly message: string
  readonly data: Readonly<Record<string, unknown>>
}

/** What a client gets when a method throws, and the lines logged meanwhile. */
async function thrown(t: Test, error: unknown, input: ConfigInput = {}) {
  const { app, lines } = await bareTestApp(t, input)
  jsonRpcRoute(app, '/fail', 'lenient', () => Promise.reject(error))
  const response = await app.inject({ method: 'POST', url: '/fail', payload: { id: 5 } })
  const { id, error: body } = response.json<{ id: number; error: ErrorBody }>()
  t.equal(response.statusCode, 200)
  t.equal(id, 5)
  return { body, lines }
}

t.test('an error has the shape that clients written for Odoo read', async (t) => {
  const { body } = await thrown(t, new TEST_INVALID('vat').with({ model: 'res.partner', field: 'vat', ids: [3] }))
  t.same(body, {
    code: 200,
    message: 'Odoo Server Error',
    data: {
      name: 'odoo.exceptions.ValidationError',
      message: 'vat is not valid',
      arguments: ['vat is not valid'],
      context: { code: 'TEST_INVALID', model: 'res.partner', field: 'vat', ids: [3] },
      debug: '',
    },
  })
})

t.test('each kind of error has its name, code and message', async (t) => {
  const cases = [
    [new ACCESS_DENIED(), 200, 'Odoo Server Error', 'odoo.exceptions.AccessDenied', 'Access Denied'],
    [new SESSION_EXPIRED(), 100, 'Odoo Session Expired', 'odoo.http.SessionExpiredException', 'Session expired'],
    [new DATABASE_BUSY(5), 200, 'Odoo Server Error', 'odoo.exceptions.UserError', /Try again/],
  ] as const
  for (const [error, code, message, name, text] of cases) {
    t.match((await thrown(t, error)).body, { code, message, data: { name, message: text } })
  }
})

t.test('every exception has a name on the wire', async (t) => {
  const names = {
    ValidationError: 'odoo.exceptions.ValidationError',
    UserError: 'odoo.exceptions.UserError',
    RedirectWarning: 'odoo.exceptions.RedirectWarning',
    AccessError: 'odoo.exceptions.AccessError',
    AccessDenied: 'odoo.exceptions.AccessDenied',
    MissingError: 'odoo.exceptions.MissingError',
    SessionExpired: 'odoo.http.SessionExpiredException',
    ValueError: 'builtins.ValueError',
    KeyError: 'builtins.KeyError',
    AttributeError: 'builtins.AttributeError',
    TypeError: 'builtins.TypeError',
    NotFound: 'werkzeug.exceptions.NotFound',
  } as const
  for (const [exception, name] of Object.entries(names)) {
    const Kind = defineError('TEST_KIND', exception as keyof typeof names, () => exception)
    t.equal((await thrown(t, new Kind())).body.data['name'], name)
  }
})

t.test('a RedirectWarning carries its action and the text of the button', async (t) => {
  const { body } = await thrown(t, new TEST_REDIRECT().with({ action: 12, button: 'Archive' }))
  t.same(body.data['arguments'], ['Archive it instead', 12, 'Archive', null])
})

t.test('an error that nobody threw on purpose tells a client its id and the log the rest', async (t) => {
  for (const error of [new RangeError('/etc/secret is broken'), new TEST_INTERNAL(), 'just a text', null]) {
    const { body, lines } = await thrown(t, error)
    const { context, message } = body.data as { context: { request_id: string }; message: string }
    t.match(body, { code: 200, message: 'Odoo Server Error', data: { name: 'builtins.Exception', debug: '' } })
    t.same(Object.keys(body.data).sort(), ['arguments', 'context', 'debug', 'message', 'name'])
    t.notMatch(JSON.stringify(body), /secret|just a text/)
    t.ok(message.includes(context.request_id))
    t.match(
      lines.find((line) => line['level'] === 50),
      { reqId: context.request_id, msg: 'unexpected error' },
    )
  }
})

t.test('stack traces are answered with --dev only', async (t) => {
  const { body } = await thrown(t, new TEST_INVALID('vat'), { dev: true })
  t.match(body.data['debug'], /TEST_INVALID: vat is not valid\n\s+at .*error-reply\.test/)
})

t.test('a request is one line of the log', async (t) => {
  const { app, lines } = await bareTestApp(t)
  jsonRpcRoute(app, '/call', 'lenient', async (_params, { request }) => {
    Object.assign(request.facts, { call: 'res.partner.read', uid: 7, queries: 2 })
    return []
  })
  await app.inject({ method: 'POST', url: '/call?key=hidden', payload: { params: { password: 'hidden' } } })
  t.equal(lines.length, 1)
  t.match(lines, [
    { method: 'POST', path: '/call', call: 'res.partner.read', uid: 7, queries: 2, status: 200, ms: Number },
  ])
  t.notMatch(JSON.stringify(lines), /hidden/)
})
