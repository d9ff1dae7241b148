import type { FieldInfo } from '../fields/info.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Registry } from '../orm/registry.ts'
import { isMany } from '../orm/values.ts'
import type { AnswerShape } from './method.ts'

/** What an empty value is written as: `false` where clients expect Odoo's form, else `null`. */
export type Empty = false | null

type Values = Readonly<Record<string, unknown>>

/**
 * The answer of a wire method with `null` where a value is empty. Methods answer in Odoo's form, in which `false` is
 * both; which of the two it is, the field says.
 */
export function emptyAsNull(registry: Registry, info: ModelInfo, shape: AnswerShape, answer: unknown): unknown {
  switch (shape) {
    case 'records':
      return (answer as readonly Values[]).map((record) => valuesOf(registry, info, record))
    case 'page': {
      const { records, ...rest } = answer as { readonly records: readonly Values[] }
      return { ...rest, records: records.map((record) => valuesOf(registry, info, record)) }
    }
    case 'values':
      return valuesOf(registry, info, answer as Values)
    case 'groups':
      return (answer as readonly Values[]).map((group) => groupOf(registry, info, group))
    case 'grouped': {
      const { groups, ...rest } = answer as { readonly groups: readonly Values[] }
      return { ...rest, groups: groups.map((group) => groupOf(registry, info, group)) }
    }
    case 'onchange': {
      const { value, ...rest } = answer as { readonly value: Values }
      return { ...rest, value: valuesOf(registry, info, value) }
    }
    case 'metadata':
      return (answer as readonly Values[]).map((one) =>
        mapValues(one, (key, value) => (value === false && key !== 'noupdate' ? null : value)),
      )
    default:
      return answer
  }
}

function mapValues(values: Values, change: (key: string, value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(key, value)]))
}

function valuesOf(registry: Registry, info: ModelInfo, values: Values): Record<string, unknown> {
  return mapValues(values, (name, value) => {
    const field = info.fields.get(name)
    return field ? valueOf(registry, field, value) : value
  })
}

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function valueOf(registry: Registry, field: FieldInfo, value: unknown): unknown {
  if (value === false) return field.type === 'boolean' ? false : null
  if (field.type === 'properties' && Array.isArray(value)) return value.map((one: Values) => propertyOf(one))
  if (!field.comodel || typeof value !== 'object' || value === null) return value
  const comodel = registry.get(field.comodel)
  if (isObject(value)) return valuesOf(registry, comodel, value)
  return isMany(field) ? (value as readonly unknown[]).map((line) => lineOf(registry, comodel, line)) : value
}

/** A line is an id, a record, or a command `[operation, id, values]`. */
function lineOf(registry: Registry, comodel: ModelInfo, line: unknown): unknown {
  if (isObject(line)) return valuesOf(registry, comodel, line)
  if (!Array.isArray(line) || !isObject(line[2])) return line
  return [line[0], line[1], valuesOf(registry, comodel, line[2])]
}

function propertyOf(property: Values): Values {
  const isEmpty = property['value'] === false && property['type'] !== 'boolean'
  return isEmpty ? { ...property, value: null } : property
}

/** The keys of a group are fields, dates with a period after a colon, and facts such as `__range`, by the same keys. */
function groupOf(registry: Registry, info: ModelInfo, group: Values): Record<string, unknown> {
  return mapValues(group, (key, value) => {
    if (key === '__range' && isObject(value)) return mapValues(value, (_key, range) => (range === false ? null : range))
    const field = info.fields.get(key.split(':')[0] as string)
    return field ? valueOf(registry, field, value) : value
  })
}
