import type { FieldInfo } from './info.ts'
import { VALUE_WRONG } from './errors.ts'

/** Ids have 32 bits in every database; those of records that are not saved are negative. */
export const isId = (value: unknown): value is number => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31

/** An id, or `null`: given as a number, a record, or the `[id, name]` and `{id}` that clients read. */
export function acceptId(value: unknown, field: FieldInfo): number | null {
  if (value === null || value === undefined || value === false || value === 0) return null
  if (isId(value)) return value
  if (Array.isArray(value)) return acceptId(value[0], field)
  if (typeof value === 'object') {
    const { id, ids } = value as { id?: unknown; ids?: readonly number[] }
    if (isId(id)) return id
    if (Array.isArray(ids) && ids.length <= 1) return (ids[0] as number | undefined) ?? null
  }
  throw new VALUE_WRONG(field.model, field.name, value, 'the id of one record')
}
