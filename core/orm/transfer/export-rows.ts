import { chunk } from '../../tools/iter.ts'
import { checkAccess } from '../check-access.ts'
import { flush } from '../compute/flush.ts'
import type { Env } from '../env.ts'
import { RECORD_MISSING } from '../errors.ts'
import { internals } from '../internals.ts'
import { EXPORT_FORBIDDEN } from './errors.ts'
import { resolveReferences } from './export-cells.ts'
import { type ExportPlan, planExport, rowsOf } from './export-columns.ts'

/** Records that are read at a time, so that memory does not grow with their number. */
const PAGE = 1000

const GROUPS = ['base.group_allow_export', 'base.group_erp_manager']

/** The records of an export: these, or those that fulfil a domain. */
export type ExportRecords =
  | { readonly ids: readonly number[] }
  | { readonly domain: readonly unknown[]; readonly order?: string; readonly limit?: number }

/**
 * Cells of the records, a row for each and one more for each further line of their relations. Paths go along relations
 * with `/`; `id` is the external id, which is made up where there is none (so the connection must be able to write),
 * `.id` the database id. The number of queries depends on the paths, not on the records.
 * @throws EXPORT_FORBIDDEN, FIELD_UNKNOWN, RECORD_MISSING, ACCESS_MODEL, ACCESS_RULE, ACCESS_FIELD
 */
export async function exportData(
  env: Env,
  model: string,
  ids: readonly number[],
  paths: readonly string[],
): Promise<{ datas: unknown[][] }> {
  const plan = await planned(env, model, paths)
  return { datas: await page(env, plan, ids) }
}

/**
 * The same, row by row, for files of any size: records are read in pages and forgotten again.
 * @throws as `exportData`
 */
export async function* exportRows(
  env: Env,
  model: string,
  records: ExportRecords,
  paths: readonly string[],
): AsyncGenerator<unknown[]> {
  const plan = await planned(env, model, paths)
  const ids = 'ids' in records ? records.ids : await found(env, model, records)
  for (const part of chunk(ids, PAGE)) {
    yield* await page(env, plan, part)
    await flush(env)
    env.transaction.cache.clear()
  }
}

async function found(
  env: Env,
  model: string,
  { domain, ...options }: Extract<ExportRecords, { domain: unknown }>,
): Promise<readonly number[]> {
  const { ids } = await env.model(model).search(domain, options)
  return ids
}

async function planned(env: Env, model: string, paths: readonly string[]): Promise<ExportPlan> {
  if (!env.su && !GROUPS.some((group) => env.user.groups.has(group))) throw new EXPORT_FORBIDDEN()
  return planExport(env, model, paths, env.context.import_compat !== false)
}

async function page(env: Env, plan: ExportPlan, ids: readonly number[]): Promise<unknown[][]> {
  const { info } = plan.root
  await checkAccess(env, info.name, ids, 'read')
  const data = await internals.loadData(env, info, ids, plan.paths)
  if (data.length < ids.length) {
    const there = new Set(data.map(({ id }) => id))
    const missing = ids.filter((id) => !there.has(id))
    throw new RECORD_MISSING(info.description, info.name, missing).with({ model: info.name, ids: missing })
  }
  const rows = data.flatMap((record) => rowsOf(plan, record))
  await resolveReferences(env, rows)
  return rows
}
