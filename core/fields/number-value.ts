import type { FieldInfo } from './info.ts'
import { VALUE_WRONG } from './errors.ts'

/** A finite number, or `null` for empty: given as a number, a boolean or the text of one. */
export function acceptNumber(value: unknown, field: FieldInfo): number | null {
  if (value === null || value === undefined || value === false || value === '') return null
  const number = typeof value === 'string' ? Number(value) : value === true ? 1 : value
  if (typeof number !== 'number' || !Number.isFinite(number))
    throw new VALUE_WRONG(field.model, field.name, value, 'a number')
  return number
}

export const numberFromColumn = (raw: unknown): number => (raw === null || raw === undefined ? 0 : Number(raw))
export const numberToWire = (value: unknown): unknown => value ?? 0
