import type { Env } from '../orm/env.ts'
import type { ModelInfo } from '../orm/model-info.ts'

/** What a wire method gets: the environment, the model, the ids (of a method on records) and the arguments by name. */
export interface Call {
  readonly env: Env
  readonly info: ModelInfo
  readonly ids: readonly number[]
  readonly args: Readonly<Record<string, unknown>>
}

/** One parameter: its JSON schema; without `default` in the schema it must be given. */
export type Params = Readonly<Record<string, object>>

/**
 * What an answer is made of, so that it can be described and its empty values can be told from `false`:
 * `records` of the model, a `page` of them (`{length, records}`), `values` by field, `groups`, `grouped` (`{length,
 * groups}`), the answer of `onchange`, `metadata` of records, `pairs` of id and name, one `pair`, `ids`, an `id`, a
 * list of `fields`, a `count`, a `flag`, or anything (`any`).
 */
export type AnswerShape =
  | 'records'
  | 'page'
  | 'values'
  | 'groups'
  | 'grouped'
  | 'onchange'
  | 'metadata'
  | 'pairs'
  | 'pair'
  | 'ids'
  | 'idOrIds'
  | 'fields'
  | 'count'
  | 'flag'
  | 'any'

/** A method that clients may call on every model. */
export interface WireMethod {
  /** `records`: the first argument is ids; `model`: there are none. */
  readonly on: 'records' | 'model'
  readonly readonly: boolean
  /** In order; an argument that is not given takes the schema's `default`. */
  readonly params: Params
  readonly answers: AnswerShape
  run(call: Call): Promise<unknown>
}

const orFalse = (schema: object): object => ({ anyOf: [schema, { enum: [false, null] }] })
/** Clients without a value for nothing send an empty text. */
const orNothing = (schema: object): object => ({ anyOf: [schema, { enum: [false, null, ''] }] })

/** Schemas that many methods share. */
export const schemas = {
  domain: { ...orFalse({ type: 'array' }), default: [] },
  domainNeeded: { type: 'array' },
  names: { ...orFalse({ type: 'array', items: { type: 'string' } }), default: null },
  limit: { ...orNothing({ type: 'integer', minimum: 0 }), default: null },
  offset: { ...orNothing({ type: 'integer', minimum: 0 }), default: 0 },
  order: { ...orFalse({ type: 'string' }), default: null },
  values: { type: 'object' },
  specification: { type: 'object' },
  /** Versions of the records that are written, as reading gave them. */
  version: {
    anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }, { enum: [false, null] }],
    default: null,
  },
  operation: { enum: ['read', 'write', 'create', 'unlink'] },
  text: { type: 'string' },
  flag: (fallback: boolean): object => ({ type: ['boolean', 'integer'], default: fallback }),
} as const

/** `false`, `null` and an empty text as "not given". */
export function given<T>(value: unknown): T | undefined {
  return value === false || value === null || value === '' || value === undefined ? undefined : (value as T)
}
