import t, { type Test } from 'tap'
import { jsonRpcRoute } from '#server/json-rpc.ts'
import type { ConfigInput } from '#server/config.ts'
import { bareTestApp } from './fixture/app.ts'

interface Answer {
  readonly status: number
  readonly body: unknown
}

/** An app that gives back the parameters of calls to `/strict` and `/lenient`. */
async function echo(t: Test, input: ConfigInput = {}) {
  const { app, lines } = await bareTestApp(t, input)
  const calls: unknown[] = []
  for (const envelope of ['strict', 'lenient'] as const) {
    jsonRpcRoute(app, `/${envelope}`, envelope, async (params) => {
      calls.push(params)
      return params
    })
  }
  async function send(url: string, payload: unknown, type = 'application/json'): Promise<Answer> {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
    const response = await app.inject({ method: 'POST', url, payload: text, headers: { 'content-type': type } })
    return { status: response.statusCode, body: response.body === '' ? undefined : response.json() }
  }
  return { app, send, calls, lines }
}

const call = { jsonrpc: '2.0', method: 'call' }
const error = (code: number) => ({ jsonrpc: '2.0', id: null, error: { code } })

t.test('a call is answered with its id and result', async (t) => {
  const { send } = await echo(t)
  const one = await send('/strict', { ...call, params: { a: [1, 'é', null] }, id: 'x1' })
  t.same(one, { status: 200, body: { jsonrpc: '2.0', id: 'x1', result: { a: [1, 'é', null] } } })
  t.same((await send('/strict', { ...call, id: 7 })).body, { jsonrpc: '2.0', id: 7, result: {} })
  t.same((await send('/strict', { ...call, id: null, params: [] })).body, { jsonrpc: '2.0', id: null, result: [] })
})

t.test('a method other than call is not found', async (t) => {
  const { send } = await echo(t)
  t.match((await send('/strict', { ...call, method: 'other', id: 1 })).body, { id: 1, error: { code: -32601 } })
})

t.test('a notification runs and gets no answer', async (t) => {
  const { send, calls } = await echo(t)
  t.same(await send('/strict', { ...call, params: { n: 1 } }), { status: 204, body: undefined })
  t.same(calls, [{ n: 1 }])
})

t.test('a lenient route answers what lacks version, method and id', async (t) => {
  const { send } = await echo(t)
  t.same((await send('/lenient', { params: { a: 1 } })).body, { jsonrpc: '2.0', id: null, result: { a: 1 } })
  t.same((await send('/lenient', {})).body, { jsonrpc: '2.0', id: null, result: {} })
  t.same((await send('/lenient', { ...call, method: 'x', id: 3 })).body, { jsonrpc: '2.0', id: 3, result: {} })
})

t.test('a batch', async (t) => {
  t.test('is answered in order, without its notifications', async (t) => {
    const { send, calls } = await echo(t)
    const batch = [
      { ...call, id: 1, params: { n: 1 } },
      { ...call, params: { n: 2 } },
      { ...call, id: 3, params: { n: 3 } },
    ]
    const { status, body } = await send('/strict', batch)
    t.equal(status, 200)
    t.same(body, [
      { jsonrpc: '2.0', id: 1, result: { n: 1 } },
      { jsonrpc: '2.0', id: 3, result: { n: 3 } },
    ])
    t.same(calls, [{ n: 1 }, { n: 2 }, { n: 3 }])
  })

  t.test('of one call is answered with a list of one', async (t) => {
    const { send } = await echo(t)
    t.same((await send('/strict', [{ ...call, id: 1 }])).body, [{ jsonrpc: '2.0', id: 1, result: {} }])
  })

  t.test('goes on after an item that is no request', async (t) => {
    const { send } = await echo(t)
    const { status, body } = await send('/strict', [1, null, { ...call, id: 2 }, { id: 3 }])
    t.equal(status, 200)
    t.match(body, [error(-32600), error(-32600), { id: 2, result: {} }, error(-32600)])
  })

  t.test('of notifications alone gets no answer', async (t) => {
    const { send } = await echo(t)
    t.same(await send('/strict', [call, call]), { status: 204, body: undefined })
  })

  t.test('that is empty or too long is refused whole', async (t) => {
    const { send, calls } = await echo(t, { limits: { maxBatch: 3 } })
    t.match(await send('/strict', []), { status: 400, body: error(-32600) })
    t.match(
      await send(
        '/strict',
        Array.from({ length: 4 }, () => call),
      ),
      { status: 400, body: error(-32600) },
    )
    t.same(calls, [])
  })
})

t.test('what is no request gets HTTP 400 and the code of JSON-RPC', async (t) => {
  const { send, calls } = await echo(t)
  const requests: unknown[] = [
    { ...call, jsonrpc: '1.0', id: 1 },
    { ...call, jsonrpc: 2, id: 1 },
    { jsonrpc: '2.0', id: 1 },
    { ...call, method: 7, id: 1 },
    { ...call, id: {} },
    { ...call, id: [1] },
    { ...call, id: true },
    { ...call, params: 'text', id: 1 },
    { ...call, params: null, id: 1 },
    'null',
    '1',
    '"text"',
    'true',
  ]
  for (const request of requests) {
    t.match(await send('/strict', request), { status: 400, body: error(-32600) }, JSON.stringify(request))
  }
  t.match(await send('/lenient', 'null'), { status: 400, body: error(-32600) })
  t.same(calls, [])
})

t.test('what is no JSON is a parse error', async (t) => {
  const { send, calls } = await echo(t)
  for (const text of [
    '{',
    '',
    ' ',
    '{"a":}',
    "{'a': 1}",
    '[1,]',
    '{"a": NaN}',
    '\0',
    'a=1',
    '{"a":1}{"b":2}',
    '"\\ud800',
  ]) {
    const answer = await send('/strict', text)
    t.match(answer, { status: 400, body: error(-32700) }, JSON.stringify(text))
    t.match(answer.body, {
      error: { data: { name: 'builtins.ValueError', context: { code: 'BODY_MALFORMED' }, debug: '' } },
    })
  }
  t.same(calls, [])
})

t.test('keys that reach for prototypes are refused, however they are written', async (t) => {
  const { send, calls } = await echo(t)
  const texts = [
    '{"jsonrpc":"2.0","method":"call","id":1,"params":{"__proto__":{"su":true}}}',
    '{"jsonrpc":"2.0","method":"call","id":1,"params":{"args":[{"\\u005f_proto__":{"su":true}}]}}',
    '{"jsonrpc":"2.0","method":"call","id":1,"params":{"constructor":{"prototype":{"su":true}}}}',
  ]
  for (const text of texts) {
    const answer = await send('/strict', text)
    t.match(answer, { status: 400, body: error(-32600) })
    t.match(answer.body, { error: { data: { context: { code: 'BODY_FORBIDDEN_KEY' } } } })
  }
  t.same(calls, [])
  t.equal(Reflect.get({}, 'su'), undefined)
  const value = await send('/strict', { ...call, id: 1, params: { name: '__proto__' } })
  t.match(value.body, { result: { name: '__proto__' } }, 'as a value the word means nothing')
})

t.test('depth', async (t) => {
  t.test('of 128 levels passes, of one more does not', async (t) => {
    const { send } = await echo(t)
    const nested = (levels: number): string =>
      `{"jsonrpc":"2.0","method":"call","id":1,"params":${'['.repeat(levels)}${']'.repeat(levels)}}`
    t.equal((await send('/strict', nested(127))).status, 200)
    t.match(await send('/strict', nested(128)), { status: 400, body: error(-32600) })
    t.match(await send('/strict', nested(10_000)), { status: 400, body: error(-32600) })
  })

  t.test('is found in millions of brackets without reading them all', async (t) => {
    const { send } = await echo(t)
    const start = performance.now()
    t.match(await send('/strict', '['.repeat(30_000_000)), { status: 400, body: error(-32600) })
    t.ok(performance.now() - start < 3000)
  })

  t.test('does not count brackets inside of strings', async (t) => {
    const { send } = await echo(t)
    const text = `${'[{'.repeat(500)}"\\"${'['.repeat(500)}\\`
    t.match((await send('/strict', { ...call, id: 1, params: { text } })).body, { result: { text } })
  })
})

t.test('strings of 10 MB pass, bodies over the limit do not', async (t) => {
  const { send } = await echo(t)
  const text = 'x'.repeat(10_000_000)
  t.match((await send('/strict', { ...call, id: 1, params: { text } })).body, { result: { text } })

  const small = await echo(t, { limits: { bodyLimit: 1000 } })
  const refused = await small.send('/strict', { ...call, id: 1, params: { text } })
  t.match(refused, {
    status: 413,
    body: { error: { code: -32600, data: { name: 'werkzeug.exceptions.RequestEntityTooLarge' } } },
  })
})

t.test('a body of another type is refused', async (t) => {
  const { send, app } = await echo(t)
  const body = { ...call, id: 1 }
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/json',
  ]) {
    t.match(await send('/strict', body, type), { status: 415, body: error(-32600) }, type)
  }
  t.equal((await send('/strict', body, 'application/json; charset=utf-8')).status, 200)
  t.equal((await app.inject({ method: 'GET', url: '/strict' })).statusCode, 404)
})

t.test('an unknown address is answered in the form of JSON-RPC', async (t) => {
  const { send } = await echo(t)
  t.match(await send('/nowhere?token=secret', {}), {
    status: 404,
    body: {
      error: {
        code: 404,
        message: '404: Not Found',
        data: { name: 'werkzeug.exceptions.NotFound', message: 'There is nothing at POST /nowhere.' },
      },
    },
  })
})

t.test('no header allows other sites to read answers', async (t) => {
  const { app } = await echo(t)
  const response = await app.inject({
    method: 'POST',
    url: '/lenient',
    payload: {},
    headers: { origin: 'https://evil.example', host: 'evil.example' },
  })
  t.equal(response.headers['access-control-allow-origin'], undefined)
  t.equal(response.headers['x-content-type-options'], 'nosniff')
})
