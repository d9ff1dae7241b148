import type { Env } from './env.ts'

/*
 * What a model's layers state beside fields and methods. Typed at the point of writing (`model.ts`); here as the
 * registry keeps them.
 */

/** Plain data of one record: its id and the values of the declared paths. */
export type Datum = { readonly id: number } & Readonly<Record<string, unknown>>

export interface ComputeStatement {
  readonly field: string
  readonly depends: readonly string[]
  /** A pure function of one record, or … */
  readonly run?: (record: Datum, base: () => unknown) => unknown
  /** … an asynchronous function of all records at once: id -> value. */
  readonly runBatch?: (
    records: readonly Datum[],
    env: Env,
    base: ReadonlyMap<number, unknown>,
    model: string,
  ) => Promise<ReadonlyMap<number, unknown>>
  /** Whether the value depends on the user, the language or the context, so that it cannot be stored. */
  readonly addon: string
}

export interface RelatedStatement {
  readonly field: string
  readonly path: string
}

/** Brings a value that was written to a computed field to where it comes from. */
export interface InverseStatement {
  readonly field: string
  readonly run: (values: ReadonlyMap<number, unknown>, env: Env, model: string) => Promise<void>
}

/** Rewrites a condition on a field that has no column to a domain on fields that have one. */
export interface SearchStatement {
  readonly field: string
  readonly run: (operator: string, operand: unknown, env: Env) => readonly unknown[] | Promise<readonly unknown[]>
}

/** Told of values that were recomputed, before the new ones take their place: for whoever keeps a history. It cannot wait. */
export interface RecomputedStatement {
  readonly run: (env: Env, model: string, field: string, before: ReadonlyMap<number, unknown>) => void
}

/** A rule that every saved record obeys: what is wrong, or nothing. */
export interface ConstraintStatement {
  readonly paths: readonly string[]
  readonly check?: (record: Datum) => string | undefined | null | false
  readonly checkBatch?: (records: readonly Datum[], env: Env) => Promise<string | undefined | null | false>
}

/** What a form does when a person changes one of the fields. */
export interface OnchangeStatement {
  readonly fields: readonly string[]
  readonly depends: readonly string[]
  readonly run: (
    draft: Datum,
    env: Env,
  ) => OnchangeAnswer | undefined | void | Promise<OnchangeAnswer | undefined | void>
}

export interface OnchangeAnswer {
  readonly values?: Readonly<Record<string, unknown>>
  readonly warning?: { readonly title: string; readonly message: string; readonly type?: 'dialog' | 'notification' }
}

/** A constraint of the table: `unique (a, b)` or `check (…)`, with what a person is told. */
export interface SqlConstraint {
  readonly name: string
  readonly definition: string
  readonly message: string
}

/** Refuses or prepares the deletion of records. */
export interface OndeleteStatement {
  readonly run: (env: Env, ids: readonly number[]) => Promise<void>
}

/** A method that clients may call. */
export interface CallableStatement {
  readonly method: string
  /** `records`: the first argument is the ids; `model`: there are none. */
  readonly on: 'records' | 'model'
  readonly readonly: boolean
  /** Names and JSON schemas of the parameters, in order. */
  readonly params: Readonly<Record<string, object>>
  /** Whether the method takes its arguments as one object, for methods with many that may be left out. */
  readonly named: boolean
}
