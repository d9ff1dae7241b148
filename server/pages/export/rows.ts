import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FastifyRequest } from 'fastify'
import type { Session } from '../../../core/security/sessions.ts'
import { exportData } from '../../../core/orm/transfer/export-rows.ts'
import { columnField, isExternalIdColumn } from '../../../core/orm/transfer/column-field.ts'
import { withClientContext } from '../../../core/orm/make-env.ts'
import { chunk } from '../../../core/tools/iter.ts'
import type { SheetRow } from '../../../core/tools/sheet/xlsx-write.ts'
import { translator } from '../../../views/translate.ts'
import { pageCall, type PageCalls } from '../page-call.ts'
import type { ExportRequest } from './request.ts'

/** Records that are read at a time: what an export keeps in memory, and how long it keeps others waiting. */
const PAGE = 200
/** Records that are looked for at a time: an embedded database answers nobody else meanwhile. */
const FOUND_AT_ONCE = 20_000

/** Rows of an export in parts, and how many records there are. */
export interface ExportedRows {
  readonly total: number
  readonly parts: AsyncGenerator<readonly SheetRow[]>
}

/**
 * Reads what is exported, page by page: each is a transaction of its own, so that neither a slow client nor a long file
 * keeps anyone from writing, and between two of them other requests have their turn.
 */
export async function exportedRows(
  request: FastifyRequest,
  session: Session,
  asked: ExportRequest,
): Promise<ExportedRows> {
  const reader = new Reader(request, session, asked)
  await reader.check()
  const ids = asked.groupBy.length > 0 ? null : (asked.ids ?? (await reader.search(asked.domain)))
  const total = ids?.length ?? (await reader.count())
  return { total, parts: ids ? reader.records(ids, 0) : reader.groups(reader.scope, asked.groupBy, 0) }
}

interface Group {
  readonly domain: readonly unknown[]
  readonly head: SheetRow
}

class Reader {
  readonly #request: FastifyRequest
  readonly #session: Session
  readonly #asked: ExportRequest

  constructor(request: FastifyRequest, session: Session, asked: ExportRequest) {
    this.#request = request
    this.#session = session
    this.#asked = asked
  }

  /** The records as a domain. */
  get scope(): readonly unknown[] {
    const { ids, domain } = this.#asked
    return ids ? [['id', 'in', ids]] : domain
  }

  /** Refuses what may not be exported before anything is read. */
  async check(): Promise<void> {
    const { model, columns } = this.#asked
    const paths = columns.map(({ path }) => path)
    await this.#call('read', ({ env }) => exportData(env, model, [], paths))
  }

  async search(domain: readonly unknown[]): Promise<readonly number[]> {
    const { model, order } = this.#asked
    return this.#call('read', async ({ env }) => {
      const found: number[] = []
      for (;;) {
        const options = { limit: FOUND_AT_ONCE, offset: found.length, ...(order ? { order } : {}) }
        const { ids } = await env.model(model).search(domain, options)
        for (const id of ids) found.push(id)
        if (ids.length < FOUND_AT_ONCE) return found
        await nextTurn()
      }
    })
  }

  async count(): Promise<number> {
    return this.#call('read', ({ env }) => env.model(this.#asked.model).search_count(this.scope))
  }

  async *records(ids: readonly number[], depth: number): AsyncGenerator<readonly SheetRow[]> {
    const { model, columns } = this.#asked
    const paths = columns.map(({ path }) => path)
    const mode = paths.some(isExternalIdColumn) ? 'write' : 'read'
    for (const part of chunk(ids, PAGE)) {
      const rows = await this.#call(mode, async ({ env }) => {
        // of a long file some may be gone by now
        const { ids: there } = await env.model(model, part).exists()
        return (await exportData(env, model, there, paths)).datas
      })
      yield rows.map((cells): SheetRow => (depth > 0 ? { cells, depth } : { cells }))
      await nextTurn()
    }
  }

  /** Groups with their records under them, as lists show them. */
  async *groups(
    domain: readonly unknown[],
    terms: readonly string[],
    depth: number,
  ): AsyncGenerator<readonly SheetRow[]> {
    const [term, ...further] = terms
    if (term === undefined) {
      yield* this.records(await this.search(domain), depth)
      return
    }
    for (const group of await this.#groupsOf(domain, term, depth)) {
      yield [group.head]
      yield* this.groups(group.domain, further, depth + 1)
    }
  }

  async #groupsOf(domain: readonly unknown[], term: string, depth: number): Promise<Group[]> {
    const { model, columns } = this.#asked
    return this.#call('read', async (calls) => {
      const { call } = calls
      const sums = columns.map(({ path }) => (isSummed(calls, model, path) ? path : null))
      const groups = await call<Record<string, unknown>[]>(model, 'read_group', [], {
        domain,
        fields: sums.filter((name) => name !== null),
        groupby: [term],
        lazy: true,
      })
      const [name = ''] = term.split(':')
      const labels = await valueLabels(calls, model, name)
      return groups
        .filter((group) => Number(group[`${name}_count`]) > 0)
        .map((group): Group => {
          const label = `${'    '.repeat(depth)}${labels(group[term])} (${String(group[`${name}_count`])})`
          const cells = sums.map((sum, i) => (i === 0 ? label : sum === null ? '' : group[sum]))
          return { domain: group['__domain'] as unknown[], head: { cells, depth, isHead: true } }
        })
    })
  }

  /** A transaction in the language and context of the export. */
  async #call<T>(mode: 'read' | 'write', work: (calls: PageCalls) => Promise<T>): Promise<T> {
    const { context } = this.#asked
    return pageCall(this.#request, this.#session, mode, async ({ env, call, cookies }) => {
      const inside = await withClientContext(env, context)
      return work({
        env: inside,
        cookies,
        call: (model, method, args, kwargs) =>
          call(model, method, args, { ...kwargs, context: { ...inside.context, import_compat: undefined } }),
      })
    })
  }
}

function isSummed({ env }: PageCalls, model: string, path: string): boolean {
  return !path.includes('/') && Boolean(columnField(env, model, path)?.aggregator)
}

/** What a group is called by its value. */
async function valueLabels({ env, call }: PageCalls, model: string, name: string): Promise<(value: unknown) => string> {
  const translate = translator(env.lang)
  const described = await call<Record<string, { type: string; selection?: [string, string][] }>>(
    model,
    'fields_get',
    [[name]],
    { attributes: ['type', 'selection'] },
  )
  const { type, selection } = described[name] ?? { type: 'char' }
  const choices = new Map(selection)
  return (value) => {
    if (type === 'boolean') return translate(value ? 'Yes' : 'No')
    if (value === false || value === null || value === undefined) return translate('None')
    if (Array.isArray(value)) return String(value[1])
    return choices.get(String(value)) ?? String(value)
  }
}
