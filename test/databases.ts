import type { Env } from '#core'
import type { Context } from '#core/orm/models.ts'
import type { AddonLayers } from '#core/orm/setup/layers.ts'
import type { Runtime } from '#core/runtime.ts'
import { layersRuntime, openEnv, type DialectName } from './env.ts'

type Test = Parameters<typeof layersRuntime>[0]

/**
 * Environments for the tests of one file: those with the same layers share a database, and each is undone when its
 * test ends. Ids go on from test to test.
 */
export function databases(
  outer: Test,
  dialect: DialectName,
): (t: Test, layers: readonly AddonLayers[], context?: Context) => Promise<Env> {
  const runtimes = new Map<string, Promise<Runtime>>()
  return async (t, layers, context = {}) => {
    const key = layers.map(({ addon }) => addon).join(' ')
    const runtime = runtimes.get(key) ?? layersRuntime(outer, layers, dialect)
    runtimes.set(key, runtime)
    return openEnv(t, await runtime, { uid: 1, su: true, context })
  }
}
