import type { FieldInfo } from './info.ts'
import type { Kind } from './kind.ts'
import { VALUE_WRONG } from './errors.ts'
import { parseColumn, writeJson } from './json.ts'
import { jsonOperators } from './operators/json.ts'

const PROPERTY_TYPES = [
  'boolean',
  'integer',
  'float',
  'char',
  'text',
  'date',
  'datetime',
  'many2one',
  'many2many',
  'selection',
  'tags',
  'separator',
]
const toColumn = (value: unknown): unknown => (value === null || value === undefined ? null : JSON.stringify(value))
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function checked<T>(value: T, field: FieldInfo): T {
  writeJson(value, field)
  return value
}

/** Values of properties by name. Clients write a list of `{name, value}` or the values by name; what they read is joined with the definitions. */
export const properties: Kind = {
  type: 'properties',
  column: 'json',
  empty: {},
  groupable: false,
  accept: (value, field) => {
    if (value === null || value === undefined || value === false) return {}
    if (isObject(value)) return checked(value, field)
    if (Array.isArray(value) && value.every((one) => isObject(one) && typeof one['name'] === 'string')) {
      const list = value as { name: string; value?: unknown }[]
      return checked(Object.fromEntries(list.map((one) => [one.name, one.value ?? null])), field)
    }
    throw new VALUE_WRONG(field.model, field.name, value, 'values of properties by name')
  },
  toColumn,
  fromColumn: (raw) => parseColumn(raw) ?? {},
  toWire: (value) => value ?? {},
  operators: jsonOperators,
}

/** The properties that children of a record have: a list of `{name, type, string, …}`. */
export const propertiesDefinition: Kind = {
  type: 'properties_definition',
  column: 'json',
  empty: [],
  groupable: false,
  accept: (value, field) => {
    if (value === null || value === undefined || value === false) return []
    if (!Array.isArray(value)) throw new VALUE_WRONG(field.model, field.name, value, 'a list of definitions')
    const names = new Set<unknown>()
    for (const one of value as unknown[]) {
      const { name, type } = isObject(one) ? one : {}
      if (typeof name !== 'string' || !/^[a-z0-9_]+$/i.test(name) || names.has(name)) {
        throw new VALUE_WRONG(field.model, field.name, one, 'a definition with a name of its own')
      }
      if (!PROPERTY_TYPES.includes(type as string)) {
        throw new VALUE_WRONG(
          field.model,
          field.name,
          one,
          `a definition with one of the types ${PROPERTY_TYPES.join(', ')}`,
        )
      }
      names.add(name)
    }
    return checked(value, field)
  },
  toColumn,
  fromColumn: (raw) => parseColumn(raw) ?? [],
  toWire: (value) => value ?? [],
}
