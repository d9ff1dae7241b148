import type { FieldInfo } from '../fields/info.ts'
import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'
import type { Datum } from './statements.ts'

/**
 * Reading needs computing (a stale value) and computing needs reading (what it depends on). Both sides meet in this
 * table, which `orm/setup/wire.ts` fills, so that no file imports in a circle.
 */
export interface Internals {
  recompute(env: Env, info: ModelInfo, field: FieldInfo): Promise<boolean>
  loadData(env: Env, info: ModelInfo, ids: readonly number[], paths: readonly string[]): Promise<readonly Datum[]>
}

export const internals = {} as Internals
