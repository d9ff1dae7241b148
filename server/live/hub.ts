import type { FastifyBaseLogger } from 'fastify'
import type { Sessions } from '../../core/security/sessions.ts'
import type { Runtime } from '../../core/runtime.ts'
import type { Notice } from '../workers/messages.ts'
import type { Stream } from './stream.ts'

/** What changes within so many milliseconds is told at once. */
const PAUSE_MS = 100
const BEAT_MS = 25_000
/** Pages that one session may listen with; the oldest ones end. */
const MOST_PER_SESSION = 30

/** Tells pages which of the records on their screens others changed, and nobody of records that they may not read. */
export class Hub {
  readonly #runtime: Runtime
  readonly #sessions: Sessions
  readonly #log: FastifyBaseLogger
  readonly #streams = new Set<Stream>()
  /** Model -> who -> ids, of the last moment. */
  readonly #news = new Map<string, Map<number, Set<number>>>()
  readonly #beat: NodeJS.Timeout
  #timer: NodeJS.Timeout | undefined

  constructor(runtime: Runtime, sessions: Sessions, log: FastifyBaseLogger) {
    this.#runtime = runtime
    this.#sessions = sessions
    this.#log = log
    this.#beat = setInterval(() => void this.#beatAll(), BEAT_MS).unref()
  }

  add(stream: Stream): void {
    const others = [...this.#streams].filter(({ token }) => token === stream.token)
    if (others.length >= MOST_PER_SESSION) this.#remove(others[0] as Stream)
    this.#streams.add(stream)
    stream.onClose(() => this.#streams.delete(stream))
    stream.begin()
  }

  /** Takes note of what a call changed. */
  hear({ uid, records }: Notice): void {
    for (const [model, ids] of Object.entries(records)) {
      if (!this.#isWatched(model)) continue
      const byWho = this.#news.get(model) ?? new Map<number, Set<number>>()
      this.#news.set(model, byWho)
      byWho.set(uid, new Set([...(byWho.get(uid) ?? []), ...ids]))
    }
    if (this.#news.size > 0) this.#timer ??= setTimeout(() => void this.#tell(), PAUSE_MS)
  }

  /** Ends streams whose session is over. */
  async checkSessions(): Promise<void> {
    for (const stream of this.#streams) {
      const session = await this.#sessions.find(stream.token).catch(() => undefined)
      // a database that does not answer now is asked again with the next beat
      if (session === null) this.#remove(stream)
    }
  }

  close(): void {
    clearInterval(this.#beat)
    clearTimeout(this.#timer)
    for (const stream of this.#streams) this.#remove(stream)
  }

  #isWatched(model: string): boolean {
    return [...this.#streams].some(({ watched }) => watched.has(model))
  }

  async #tell(): Promise<void> {
    this.#timer = undefined
    const news = [...this.#news]
    this.#news.clear()
    for (const [model, byWho] of news) {
      for (const [uid, ids] of byWho) {
        await this.#tellOf(model, uid, [...ids]).catch((error: unknown) =>
          this.#log.error({ err: error, model }, 'pages were not told of changes'),
        )
      }
    }
  }

  /** Those with the same rights are asked for once. */
  async #tellOf(model: string, uid: number, ids: readonly number[]): Promise<void> {
    const by = await this.#nameOf(uid)
    const readable = new Map<string, Promise<ReadonlySet<number>>>()
    for (const stream of this.#streams) {
      const watched = stream.watched.get(model)
      if (!watched) continue
      const rights = `${stream.uid} ${stream.companies.join('-')}`
      let may = readable.get(rights)
      if (!may) readable.set(rights, (may = this.#readable(stream, model, ids)))
      const found = await may
      const told = ids.filter((id) => watched.has(id) || found.has(id))
      if (told.length > 0) stream.send({ model, ids: told, uid, by })
    }
  }

  async #readable({ uid, companies }: Stream, model: string, ids: readonly number[]): Promise<ReadonlySet<number>> {
    const context = { allowed_company_ids: companies, active_test: false } as never
    return this.#runtime.call({ uid, context }, 'read', async (env) => {
      if (!env.registry.has(model)) return new Set<number>()
      const found = await env
        .model(model)
        .search([['id', 'in', ids]] as never)
        .catch(() => null) // who may read none of the model hears of none
      return new Set(found?.ids ?? [])
    })
  }

  async #nameOf(uid: number): Promise<string> {
    return this.#runtime.call({ uid: 1, su: true }, 'read', async (env) => {
      const [user] = (await env.browse('res.users', [uid]).load(['name'])) as readonly { name: string | null }[]
      return user?.name ?? ''
    })
  }

  async #beatAll(): Promise<void> {
    for (const stream of this.#streams) stream.beat()
    await this.checkSessions()
  }

  #remove(stream: Stream): void {
    this.#streams.delete(stream)
    stream.end()
  }
}
