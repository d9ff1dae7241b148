import type { FieldInfo } from './info.ts'
import { VALUE_WRONG } from './errors.ts'

/** An id, or `null`: given as a number, a record, or the `[id, name]` and `{id}` that clients read. */
export function acceptId(value: unknown, field: FieldInfo): number | null {
  if (value === null || value === undefined || value === false || value === 0) return null
  if (Number.isSafeInteger(value)) return value as number
  if (Array.isArray(value)) return acceptId(value[0], field)
  if (typeof value === 'object') {
    const { id, ids } = value as { id?: unknown; ids?: readonly number[] }
    if (Number.isSafeInteger(id)) return id as number
    if (Array.isArray(ids) && ids.length <= 1) return (ids[0] as number | undefined) ?? null
  }
  throw new VALUE_WRONG(field.model, field.name, value, 'the id of one record')
}
