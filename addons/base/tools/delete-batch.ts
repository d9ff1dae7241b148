import type { Env, JobAnswer } from '#core'

/** Records that one call of a job deletes at most, so that nobody waits long for it. */
export const BATCH = 1000

/** Deletes records that a domain finds, archived ones too, a batch at a time: as the answer of a job. */
export async function deleteBatch(env: Env, model: string, domain: readonly unknown[]): Promise<JobAnswer> {
  const all = env.with({ context: { active_test: false } }).model(model)
  const { ids } = await all.search(domain, { limit: BATCH + 1, order: 'id' })
  await all.browse(ids.slice(0, BATCH)).unlink()
  return { more: ids.length > BATCH }
}
