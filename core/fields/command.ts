import type { FieldInfo } from './info.ts'
import { COMMAND_WRONG } from './errors.ts'
import { isId } from './id-value.ts'

type Values = Readonly<Record<string, unknown>>

/** A change of a one2many or many2many field, as typed code writes it. */
export type AnyCommand =
  | { readonly create: Values; readonly virtual?: unknown }
  | { readonly update: readonly [number, Values] }
  | { readonly delete: number }
  | { readonly unlink: number }
  | { readonly link: number }
  | { readonly clear: true }
  | { readonly set: readonly number[] }

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isCommand(value: unknown): value is AnyCommand {
  if (!isValues(value)) return false
  if ('create' in value) return isValues(value['create'])
  if ('update' in value)
    return Array.isArray(value['update']) && isId(value['update'][0]) && isValues(value['update'][1])
  if ('set' in value) return Array.isArray(value['set']) && value['set'].every(isId)
  if ('clear' in value) return value['clear'] === true
  return isId(value['delete']) || isId(value['unlink']) || isId(value['link'])
}

/**
 * The commands of an x2many value: a list of commands, a list of ids (which sets them), a record set, or nothing
 * (which leaves the field as it is).
 * @throws COMMAND_WRONG
 */
export function acceptCommands(value: unknown, field: FieldInfo): readonly AnyCommand[] {
  if (value === null || value === undefined || value === false) return []
  if (typeof value === 'object' && 'ids' in value && Array.isArray(value.ids)) return [{ set: value.ids as number[] }]
  if (!Array.isArray(value)) throw new COMMAND_WRONG(field.model, field.name, value)
  if (value.length > 0 && value.every(isId)) return [{ set: value }]
  for (const command of value) if (!isCommand(command)) throw new COMMAND_WRONG(field.model, field.name, command)
  return value as AnyCommand[]
}

/** The commands of a client: `[0, virtual id, values]` to `[6, 0, ids]`. Nested values stay as they are. */
export function commandFromTuple(tuple: unknown, field: FieldInfo): AnyCommand {
  if (isCommand(tuple)) return tuple
  if (isId(tuple)) return { link: tuple }
  const [code, id, operand] = Array.isArray(tuple) ? (tuple as unknown[]) : []
  if (code === 0 && isValues(operand)) return { create: operand, virtual: id }
  if (code === 1 && isId(id) && isValues(operand)) return { update: [id, operand] }
  if (code === 2 && isId(id)) return { delete: id }
  if (code === 3 && isId(id)) return { unlink: id }
  if (code === 4 && isId(id)) return { link: id }
  if (code === 5) return { clear: true }
  if (code === 6 && Array.isArray(operand) && operand.every(isId)) return { set: operand }
  throw new COMMAND_WRONG(field.model, field.name, tuple)
}
