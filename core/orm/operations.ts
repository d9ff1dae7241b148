import type { Env } from './env.ts'

/** Values by field name where the model is known only at run time. */
export type Loose = Record<string, unknown>

export interface SearchOptions {
  /** `'name desc, id'`; by default the model's. */
  readonly order?: string
  readonly limit?: number
  readonly offset?: number
}

export type Operation = 'read' | 'write' | 'create' | 'unlink'

/**
 * What a record set can do, one file per operation. The record set calls through this table, because the operations
 * in turn create record sets: the registry's set-up fills it, which keeps imports pointing down.
 */
export interface Operations {
  load(env: Env, model: string, ids: readonly number[], paths: readonly string[]): Promise<readonly object[]>
  search(env: Env, model: string, domain: readonly unknown[], options: SearchOptions): Promise<readonly number[]>
  count(env: Env, model: string, domain: readonly unknown[], limit?: number): Promise<number>
  create(env: Env, model: string, values: readonly Loose[]): Promise<readonly number[]>
  write(env: Env, model: string, ids: readonly number[], values: Loose): Promise<void>
  unlink(env: Env, model: string, ids: readonly number[]): Promise<void>
  copyData(env: Env, model: string, ids: readonly number[], values: Loose): Promise<Loose[]>
  copyTranslations(env: Env, model: string, from: readonly number[], to: readonly number[], given: Loose): Promise<void>
  defaults(env: Env, model: string, fields: readonly string[]): Promise<Loose>
  nameSearch(
    env: Env,
    model: string,
    name: string,
    domain: readonly unknown[],
    operator: string,
    limit: number,
  ): Promise<[number, string][]>
  nameDomain(env: Env, model: string, operator: string, text: unknown): Promise<readonly unknown[]>
  nameCreate(env: Env, model: string, name: string): Promise<[number, string]>
  exists(env: Env, model: string, ids: readonly number[]): Promise<readonly number[]>
  checkAccess(env: Env, model: string, ids: readonly number[], operation: Operation): Promise<void>
  setActive(env: Env, model: string, ids: readonly number[], active: boolean): Promise<void>
}

export const operations = {} as Operations
