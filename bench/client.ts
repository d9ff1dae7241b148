import { Agent, request, type IncomingHttpHeaders } from 'node:http'
import { BENCH_ANSWER } from './errors.ts'

interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** A client of one server on one connection that stays open. */
export class Client {
  readonly #base: string
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  #cookie = ''

  constructor(base: string) {
    this.#base = base
  }

  /** Posts a JSON text and gives the text of the answer. */
  async post(path: string, body: string): Promise<string> {
    const { status, headers, text } = await this.#send(path, body)
    const cookie = headers['set-cookie']?.[0]?.split(';')[0]
    if (cookie) this.#cookie = cookie
    if (status !== 200) throw new BENCH_ANSWER(path, `${status} ${text.slice(0, 1000)}`)
    return text
  }

  /** Posts the parameters of a JSON-RPC call and gives its result. */
  async call(path: string, params: unknown): Promise<unknown> {
    const text = await this.post(path, envelope(params))
    const { result, error } = JSON.parse(text) as { result?: unknown; error?: unknown }
    if (error) throw new BENCH_ANSWER(path, text.slice(0, 1000))
    return result
  }

  close(): void {
    this.#agent.destroy()
  }

  #send(path: string, body: string): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...(this.#cookie && { cookie: this.#cookie }),
      }
      const sent = request(this.#base + path, { method: 'POST', agent: this.#agent, headers }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(parts).toString(),
          }),
        )
        response.on('error', reject)
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }
}

/** The text of a JSON-RPC request. */
export function envelope(params: unknown): string {
  return JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'call', params })
}
