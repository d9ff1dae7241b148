import type { FieldInfo } from './info.ts'
import { VALUE_TOO_LONG, VALUE_WRONG } from './errors.ts'

/** Longest values where a field states no size of its own, in characters. */
const LONGEST = { char: 65_536, text: 4_194_304, html: 4_194_304 }

/** Half of a pair, which no database keeps. */
const LONE_SURROGATE = /\p{Surrogate}/gu

/** Text as all text kinds accept it: `null` for empty, numbers as their digits, nothing with a NUL in it. */
export function acceptText(value: unknown, field: FieldInfo, kind: keyof typeof LONGEST): string | null {
  if (value === null || value === undefined || value === false) return null
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string') throw new VALUE_WRONG(field.model, field.name, value, 'a text')
  if (text.includes('\u0000')) throw new VALUE_WRONG(field.model, field.name, value, 'a text without NUL characters')
  const most = field.options.size ?? LONGEST[kind]
  if (text.length > most) throw new VALUE_TOO_LONG(field.model, field.name, text.length, most)
  return text.replace(LONE_SURROGATE, '\ufffd')
}

export const textOrFalse = (value: unknown): unknown => (value === null || value === undefined ? false : value)
export const asIs = (value: unknown): unknown => value ?? null
