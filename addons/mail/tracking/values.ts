import { formatDate, htmlToText, type Env, type FieldInfo, type Values } from '#core'

/** Values of one record before they changed, by field: ids for relations. */
export type Before = Map<string, unknown>

/** A value as it is compared and kept: ids in the place of records. */
export function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if ('id' in value) return value.id
  return 'ids' in value ? value.ids : value
}

/** One change of one field. */
export interface Change {
  readonly field: FieldInfo
  readonly before: unknown
  readonly after: unknown
}

/** Names of records that changes tell of, by `model,id`. */
export type Names = ReadonlyMap<string, string>

/** Whether a change is none to a person: nothing stays nothing, whatever its kind. */
export function isSame(before: unknown, after: unknown): boolean {
  if (isNothing(before) && isNothing(after)) return true
  if (before instanceof Date && after instanceof Date) return before.getTime() === after.getTime()
  if (Array.isArray(before) && Array.isArray(after)) {
    const held = new Set<unknown>(before)
    return held.size === after.length && after.every((one) => held.has(one))
  }
  return before === after
}

function isNothing(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === false ||
    value === '' ||
    value === 0 ||
    (Array.isArray(value) && value.length === 0)
  )
}

/** Names of all records that the changes tell of: one query per model. */
export async function namesOfChanges(env: Env, changes: readonly Change[]): Promise<Names> {
  const wanted = new Map<string, Set<number>>()
  for (const { field, before, after } of changes) {
    if (!field.comodel) continue
    const ids = [before, after].flat().filter((one): one is number => typeof one === 'number')
    const known = wanted.get(field.comodel) ?? new Set()
    for (const id of ids) known.add(id)
    wanted.set(field.comodel, known)
  }
  const names = new Map<string, string>()
  for (const [name, ids] of wanted) {
    const records = await env
      .sudo('the history shows names')
      .model(name, [...ids])
      .exists()
    for (const one of await records.load(['display_name']))
      names.set(`${name},${one.id}`, String(one['display_name'] ?? ''))
  }
  return names
}

/** The columns of `mail.tracking.value` that a change fills, as its kind of field has them. */
export async function trackingValues(
  env: Env,
  { field, before, after }: Change,
  names: Names,
): Promise<Values<'mail.tracking.value'>> {
  const nameOf = (id: unknown): string => names.get(`${field.comodel},${String(id)}`) ?? ''
  switch (field.type) {
    case 'integer':
      return { old_value_integer: numberOf(before), new_value_integer: numberOf(after) }
    case 'boolean':
      return { old_value_integer: before ? 1 : 0, new_value_integer: after ? 1 : 0 }
    case 'float':
    case 'monetary':
      return { old_value_float: numberOf(before), new_value_float: numberOf(after) }
    case 'date':
      return { old_value_datetime: midnight(before), new_value_datetime: midnight(after) }
    case 'datetime':
      return { old_value_datetime: instant(before), new_value_datetime: instant(after) }
    case 'text':
      return { old_value_text: textOf(before), new_value_text: textOf(after) }
    case 'html':
      return { old_value_text: htmlToText(textOf(before) ?? ''), new_value_text: htmlToText(textOf(after) ?? '') }
    case 'selection': {
      const labels = typeof field.selection === 'function' ? await field.selection(env) : (field.selection ?? {})
      const labelOf = (value: unknown): string | null =>
        value === null || value === undefined ? null : (labels[String(value)] ?? String(value))
      return { old_value_char: labelOf(before), new_value_char: labelOf(after) }
    }
    case 'many2one':
      return {
        old_value_integer: numberOf(before),
        new_value_integer: numberOf(after),
        old_value_char: before ? nameOf(before) : null,
        new_value_char: after ? nameOf(after) : null,
      }
    case 'one2many':
    case 'many2many':
      return { old_value_char: listOf(before, nameOf), new_value_char: listOf(after, nameOf) }
    default:
      return { old_value_char: textOf(before), new_value_char: textOf(after) }
  }
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined || value === ''
    ? null
    : typeof value === 'string'
      ? value
      : JSON.stringify(value)
}

function instant(value: unknown): Date | null {
  return value instanceof Date ? value : null
}

function midnight(value: unknown): Date | null {
  return typeof value === 'string'
    ? new Date(`${value}T00:00:00Z`)
    : value instanceof Date
      ? new Date(`${formatDate(value)}T00:00:00Z`)
      : null
}

function listOf(value: unknown, nameOf: (id: unknown) => string): string | null {
  return Array.isArray(value) && value.length > 0 ? value.map(nameOf).join(', ') : null
}
