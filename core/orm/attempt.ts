import { flush } from './compute/flush.ts'
import type { Env } from './env.ts'

/**
 * Runs the work so that, if it throws, neither the database nor the transaction keeps anything of it, what was planned
 * for after the commit included. What waited to be recomputed is recomputed before; what the work leaves to be
 * recomputed belongs to it.
 */
export async function undoneOnError<T>(env: Env, work: () => Promise<T>): Promise<T> {
  await flush(env)
  const { transaction } = env
  const forgetPlans = transaction.checkpoint()
  try {
    return await env.connection.savepoint(async () => {
      const result = await work()
      await flush(env)
      return result
    })
  } catch (error) {
    forgetPlans()
    transaction.cache.clear()
    transaction.stale.clear()
    transaction.dirty.clear()
    transaction.verified.clear()
    throw error
  }
}
