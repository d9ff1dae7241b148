import type { ServerResponse } from 'node:http'

/** Records on somebody's screen, by model: a list shows some of a model and waits for others. */
export type Watched = ReadonlyMap<string, ReadonlySet<number>>

/** What a page hears. Ids are of records that the person may read, or has on the screen. */
export interface Changed {
  readonly model: string
  readonly ids: readonly number[]
  /** Who changed them. */
  readonly uid: number
  readonly by: string
}

/** One page that listens: server-sent events. */
export class Stream {
  readonly uid: number
  readonly companies: readonly number[]
  readonly watched: Watched
  /** Of the session that opened it. */
  readonly token: string
  readonly #response: ServerResponse

  constructor(
    who: { readonly uid: number; readonly companies: readonly number[]; readonly token: string },
    watched: Watched,
    response: ServerResponse,
  ) {
    this.uid = who.uid
    this.companies = who.companies
    this.token = who.token
    this.watched = watched
    this.#response = response
  }

  /** Begins the answer; what pages of others cannot read, as they have no cookie here. */
  begin(): void {
    this.#response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // not kept for other requests, so that a server which closes waits for no idle connection
      connection: 'close',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    })
    this.#response.write('retry: 3000\n\n')
  }

  send(changed: Changed): void {
    this.#response.write(`event: changed\ndata: ${JSON.stringify(changed)}\n\n`)
  }

  /** Says nothing, so that nobody on the way takes the connection for dead. */
  beat(): void {
    this.#response.write(':\n\n')
  }

  /** Ends it for good: the page does not ask again. */
  end(): void {
    this.#response.end('event: ended\ndata: \n\n')
  }

  onClose(done: () => void): void {
    this.#response.on('close', done)
    this.#response.on('error', () => undefined) // 'close' follows
  }
}
