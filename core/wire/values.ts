import { commandFromTuple, type AnyCommand } from '../fields/command.ts'
import { FIELD_UNKNOWN } from '../fields/errors.ts'
import type { FieldInfo } from '../fields/info.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Loose } from '../orm/operations.ts'
import type { Registry } from '../orm/registry.ts'
import { hint } from '../orm/setup/checks.ts'
import { isMany } from '../orm/values.ts'
import { formatDatetime } from '../tools/dates.ts'
import type { Empty } from './nulls.ts'

/**
 * Values as clients write them, in the form that typed code uses: `false` becomes `null` except for booleans, command
 * tuples become commands, to any depth.
 * @throws FIELD_UNKNOWN, COMMAND_WRONG
 */
export function fromWire(registry: Registry, info: ModelInfo, values: Loose): Loose {
  const converted: Loose = {}
  for (const [name, value] of Object.entries(values)) {
    const field = info.fields.get(name)
    if (!field)
      throw new FIELD_UNKNOWN(info.name, name).with({
        model: info.name,
        field: name,
        hint: hint(name, info.fields.keys()),
      })
    converted[name] = fieldFromWire(registry, field, value)
  }
  return converted
}

function fieldFromWire(registry: Registry, field: FieldInfo, value: unknown): unknown {
  if (isMany(field) && Array.isArray(value)) {
    const comodel = registry.get(field.comodel as string)
    return value.map((tuple) => commandFromWire(registry, comodel, commandFromTuple(tuple, field)))
  }
  // the record that a line belongs to, as its form holds it
  if (field.type === 'many2one' && isPlain(value))
    return fromWire(registry, registry.get(field.comodel as string), value)
  return value === false && field.type !== 'boolean' && field.type !== 'json' ? null : value
}

function isPlain(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function commandFromWire(registry: Registry, comodel: ModelInfo, command: AnyCommand): AnyCommand {
  if ('create' in command) return { ...command, create: fromWire(registry, comodel, command.create as Loose) }
  if ('update' in command)
    return { update: [command.update[0], fromWire(registry, comodel, command.update[1] as Loose)] }
  return command
}

/**
 * What a method of an addon answered, as JSON: sets as ids, dates as text, empty as `empty`. A method that answers
 * nothing gives `null`.
 */
export function toWire(value: unknown, empty: Empty = false): unknown {
  return value === undefined ? null : nested(value, empty)
}

function nested(value: unknown, empty: Empty): unknown {
  if (value === null || value === undefined) return empty
  if (typeof value !== 'object') return value
  if (value instanceof Date) return formatDatetime(value)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map((one) => nested(one, empty))
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, one]) => [String(key), nested(one, empty)]))
  if ('modelName' in value && 'ids' in value) return value.ids
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, nested(one, empty)]))
}
