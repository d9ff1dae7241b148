import { defineError } from '#core/errors.ts'

/** What the server refused: its message is `NAME: MESSAGE` of the error's data. */
export const REFUSED = defineError(
  'TEST_REFUSED',
  'UserError',
  (name: string, message: string) => `${name}: ${message}`,
)

interface Reply {
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly data: { readonly name: string; readonly message: string } }
}

/** Calls the routes that a browser's client calls, with a session's cookie. */
export class WebClient {
  readonly #url: string
  #cookie = ''
  #id = 0

  constructor(url: string) {
    this.#url = url
  }

  /** Posts one JSON-RPC call. @throws TEST_REFUSED */
  async rpc(path: string, params: object = {}): Promise<unknown> {
    this.#id += 1
    const response = await fetch(`${this.#url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: this.#cookie },
      body: JSON.stringify({ id: this.#id, jsonrpc: '2.0', method: 'call', params }),
    })
    this.#cookie = response.headers.get('set-cookie')?.split(';')[0] ?? this.#cookie
    const { result, error } = (await response.json()) as Reply
    if (error) throw new REFUSED(error.data.name, error.data.message)
    return result
  }

  login(db: string, login = 'admin', password = 'admin'): Promise<unknown> {
    return this.rpc('/web/session/authenticate', { db, login, password })
  }

  /** Calls a model's method as the browser does: the path names it a second time. */
  call(model: string, method: string, args: readonly unknown[] = [], kwargs: object = {}): Promise<unknown> {
    const context = { lang: 'en_US', tz: 'Europe/Brussels', uid: 2, allowed_company_ids: [1] }
    const params = { model, method, args, kwargs: { context, ...kwargs } }
    return this.rpc(`/web/dataset/call_kw/${model}/${method}`, params)
  }
}
