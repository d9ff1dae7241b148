import { ComptoirError } from '#core/errors.ts'

interface Reply {
  readonly result?: unknown
  readonly error?: { readonly data: { readonly message: string; readonly context?: Record<string, unknown> } }
}

/** A client of the wire; what is refused is thrown with its code. */
export class Client {
  readonly #url: string
  cookie = ''

  constructor(url: string) {
    this.#url = url
  }

  async post(path: string, params: unknown): Promise<unknown> {
    const response = await fetch(`${this.#url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: this.cookie },
      body: JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 1, params }),
    })
    this.cookie = response.headers.get('set-cookie')?.split(';')[0] ?? this.cookie
    const { result, error } = (await response.json()) as Reply
    if (error)
      throw new ComptoirError(String(error.data.context?.['code'] ?? 'UNEXPECTED'), 'UserError', error.data.message)
    return result
  }

  kw(model: string, method: string, args: readonly unknown[] = [], kwargs: object = {}): Promise<unknown> {
    return this.post('/web/dataset/call_kw', { model, method, args, kwargs })
  }

  /** The id of the module of that name. */
  async moduleId(name: string): Promise<number> {
    const [id = 0] = (await this.kw('ir.module.module', 'search', [[['name', '=', name]]])) as number[]
    return id
  }

  /** Presses a button of modules. */
  async press(button: string, ...names: readonly string[]): Promise<unknown> {
    const ids = await Promise.all(names.map((name) => this.moduleId(name)))
    return this.post('/web/dataset/call_button', { model: 'ir.module.module', method: button, args: [ids], kwargs: {} })
  }

  /** Name -> state of the modules that are not of the product. */
  async states(...names: readonly string[]): Promise<Record<string, string>> {
    const rows = (await this.kw('ir.module.module', 'search_read', [[['name', 'in', names]], ['name', 'state']])) as {
      name: string
      state: string
    }[]
    return Object.fromEntries(rows.map(({ name, state }) => [name, state]))
  }
}

export async function loggedIn(url: string): Promise<Client> {
  const client = new Client(url)
  await client.post('/web/session/authenticate', { login: 'admin', password: 'admin' })
  return client
}
