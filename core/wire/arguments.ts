import { Ajv, type ValidateFunction } from 'ajv'
import { ARGUMENT_MISSING, ARGUMENT_TWICE, ARGUMENT_UNKNOWN, ARGUMENT_WRONG, ARGUMENTS_TOO_MANY } from './errors.ts'
import type { Params } from './method.ts'

const ajv = new Ajv({ allowUnionTypes: true, strict: false })
const validators = new WeakMap<object, ValidateFunction>()

function validate(method: string, name: string, schema: object, value: unknown): void {
  let check = validators.get(schema)
  if (!check) validators.set(schema, (check = ajv.compile(schema)))
  if (check(value)) return
  const [first] = check.errors ?? []
  throw new ARGUMENT_WRONG(method, name, `${first?.instancePath ?? ''} ${first?.message ?? 'is wrong'}`.trim()).with({
    argument: name,
  })
}

/**
 * Puts positional and named arguments together and checks each against its schema.
 * @throws ARGUMENT_UNKNOWN, ARGUMENT_TWICE, ARGUMENT_MISSING, ARGUMENT_WRONG, ARGUMENTS_TOO_MANY
 */
export function bindArguments(
  method: string,
  params: Params,
  positional: readonly unknown[],
  named: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const names = Object.keys(params)
  if (positional.length > names.length) throw new ARGUMENTS_TOO_MANY(method, positional.length, names.length)
  const bound: Record<string, unknown> = {}
  for (const name of Object.keys(named)) {
    const place = names.indexOf(name)
    if (place < 0) throw new ARGUMENT_UNKNOWN(method, name, names)
    if (place < positional.length) throw new ARGUMENT_TWICE(method, name)
  }
  for (const [i, name] of names.entries()) {
    const schema = params[name] as { default?: unknown }
    const value = i < positional.length ? positional[i] : named[name]
    if (value === undefined) {
      if (!('default' in schema)) throw new ARGUMENT_MISSING(method, name)
      bound[name] = schema.default
    } else {
      validate(method, name, schema, value)
      bound[name] = value
    }
  }
  return bound
}

/** Ids have 32 bits in every database. */
const ID = { type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }
const MANY_IDS = { type: 'array', items: ID, maxItems: 1_000_000 }

/** The ids of a method on records: a list, one id, or nothing. Ids of records that a form has not saved yet are left out. */
export function bindIds(method: string, value: unknown): number[] {
  if (typeof value === 'number') return bindIds(method, [value])
  if (value === false || value === null || value === undefined) return []
  validate(method, 'ids', MANY_IDS, value)
  return value as number[]
}
