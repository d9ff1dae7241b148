import { ComptoirError } from '../../errors.ts'
import type { FieldInfo } from '../../fields/info.ts'
import { groupBy } from '../../tools/iter.ts'
import { fetchColumns } from '../columns.ts'
import type { Env } from '../env.ts'
import type { Loose } from '../operations.ts'
import { undoneOnError } from '../attempt.ts'
import { IMPORT_UNDONE } from './errors.ts'
import type { ExternalId } from './external-ids.ts'
import type { ImportNode } from './import-columns.ts'
import type { Draft } from './import-drafts.ts'
import { lastLines, xmlIdsOfLines } from './import-lines.ts'
import type { Lookups } from './import-lookups.ts'

/** A record that is ready to be written (`id`) or created. */
export interface Ready {
  readonly record: number
  readonly draft: Draft
  readonly values: Loose
  readonly id?: number
  /** The complete external id that the file gives it. */
  readonly xmlid?: string
}

/** What an import's batches have in common. */
export interface ImportRun {
  readonly env: Env
  readonly node: ImportNode
  readonly lookups: Lookups
  /** Whether external ids that are given protect their records from updates. */
  readonly noupdate: boolean
  /** Told of each record that cannot be written; answers whether to go on. */
  readonly failed: (ready: Ready, error: ComptoirError) => boolean
}

/**
 * Writes and creates the records of a batch: one create for all. If the database or a check refuses something, halves
 * are tried on their own, down to the records that are to blame. Answers record -> id of those that were written.
 */
export async function saveBatch(run: ImportRun, batch: readonly Ready[]): Promise<Map<number, number>> {
  if (batch.length === 0) return new Map()
  try {
    const { ids, given } = await undoneOnError(run.env, () => save(run, batch))
    run.lookups.learn(given)
    return ids
  } catch (error) {
    const refused = refusalOf(run.env, error)
    const [first, ...others] = batch as [Ready, ...Ready[]]
    if (others.length === 0) {
      if (!run.failed(first, refused)) throw new IMPORT_UNDONE()
      return new Map()
    }
    const middle = batch.length >> 1
    const left = await saveBatch(run, batch.slice(0, middle))
    return new Map([...left, ...(await saveBatch(run, batch.slice(middle)))])
  }
}

/** The error if it is about the records; faults of the program, and conflicts after which all is tried again, go on their way. */
function refusalOf(env: Env, error: unknown): ComptoirError {
  if (error instanceof ComptoirError && error.exception !== 'InternalError') return error
  throw error
}

async function save(
  run: ImportRun,
  batch: readonly Ready[],
): Promise<{ ids: Map<number, number>; given: readonly ExternalId[] }> {
  const { env, node, lookups, noupdate } = run
  const last = await lastLines(env, node)
  const ids = new Map<number, number>()
  const present = batch.filter((ready): ready is Ready & { id: number } => ready.id !== undefined)
  await write(env, node, present)
  for (const { record, id } of present) ids.set(record, id)
  const fresh = batch.filter(({ id }) => id === undefined)
  const created =
    fresh.length > 0 ? await env.model(node.info.name).create(fresh.map(({ values }) => values)) : undefined
  for (const [i, { record }] of fresh.entries()) ids.set(record, created?.ids[i] as number)
  const owners = new Map(batch.map(({ record, draft }) => [ids.get(record) as number, draft]))
  const given = [
    ...batch.flatMap(({ record, xmlid, draft }) =>
      xmlid !== undefined && isFree(lookups, draft, xmlid)
        ? [{ xmlid, model: node.info.name, id: ids.get(record) as number, noupdate }]
        : [],
    ),
    ...(await xmlIdsOfLines(env, owners, last, lookups, noupdate)),
  ]
  await lookups.give(given)
  return { ids, given }
}

function isFree(lookups: Lookups, draft: Draft, xmlid: string): boolean {
  return !lookups.find({ kind: 'xmlid', model: draft.node.info.name, text: xmlid })?.ids.length
}

/** Records that get the same values are written together; what they hold is read once for all. */
async function write(env: Env, { info }: ImportNode, batch: readonly (Ready & { id: number })[]): Promise<void> {
  if (batch.length === 0) return
  const names = new Set(batch.flatMap(({ values }) => Object.keys(values)))
  const columns = [...names].flatMap((name): FieldInfo[] => {
    const field = info.fields.get(name)
    return field && field.column !== null ? [field] : []
  })
  if (columns.length > 0)
    await fetchColumns(
      env,
      info,
      batch.map(({ id }) => id),
      columns,
    )
  for (const alike of groupBy(batch, groupKey).values()) {
    const [{ values }] = alike as [Ready]
    await env
      .model(
        info.name,
        alike.map(({ id }) => id),
      )
      .write(values)
  }
}

/** Lines that are created belong to one owner, so that records with lines are never alike. */
function groupKey({ id, draft, values }: Ready): string | number {
  return draft.lines.size > 0 ? (id as number) : JSON.stringify(values)
}
