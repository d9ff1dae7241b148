import { EXPR_TYPE } from './errors.ts'
import { Moment } from './moments.ts'
import type { Run } from './run.ts'
import { entryOf, isDict, isList, numberOf, type Value } from './values.ts'

/** Python's `str()`. */
export function textOf(value: Value, run: Run): string {
  if (typeof value === 'string') return value
  if (value instanceof Moment) return value.text
  return quotedText(value, run)
}

/** Python's `repr()`: texts in quotes. */
export function quotedText(value: Value, run: Run): string {
  run.take(1)
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return Number.isNaN(value) ? 'nan' : String(value).replace('Infinity', 'inf')
  if (typeof value === 'string') return quote(value, run)
  if (isList(value)) return `[${value.map((item) => quotedText(item, run)).join(', ')}]`
  if (isDict(value)) return quotedDict(value, run)
  const number = numberOf(value)
  if (number !== undefined) return String(number)
  throw new EXPR_TYPE('An object cannot be written as text')
}

function quotedDict(dict: { readonly [key: string]: Value }, run: Run): string {
  const entries = Object.keys(dict).map((key) => `${quote(key, run)}: ${quotedText(entryOf(dict, key) ?? null, run)}`)
  return `{${entries.join(', ')}}`
}

function quote(text: string, run: Run): string {
  run.take(text.length)
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'"
  const body = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')
  return mark + (mark === "'" ? body.replaceAll("'", "\\'") : body) + mark
}
