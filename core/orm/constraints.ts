import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'
import { CONSTRAINT_FAILED } from './errors.ts'
import { internals } from './internals.ts'

/**
 * Runs the declared checks that look at one of the fields (all of them for new records), each once for the set.
 * @throws CONSTRAINT_FAILED with the check's own words
 */
export async function checkConstraints(
  env: Env,
  info: ModelInfo,
  ids: readonly number[],
  fields: ReadonlySet<string> | null,
): Promise<void> {
  if (ids.length === 0) return
  const system = env.sudo('constraints hold for everyone')
  for (const { paths, check, checkBatch } of info.constraints) {
    if (fields && !paths.some((path) => fields.has(path.split('.')[0] as string))) continue
    const data = await internals.loadData(system, info, ids, paths)
    const problem = checkBatch ? await checkBatch(data, system) : undefined
    if (problem) throw new CONSTRAINT_FAILED(problem).with({ model: info.name, ids, fields: paths })
    if (!check) continue
    for (const record of data) {
      const wrong = check(record)
      if (wrong) throw new CONSTRAINT_FAILED(wrong).with({ model: info.name, ids: [record.id], fields: paths })
    }
  }
}
