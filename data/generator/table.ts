import { stringify } from 'csv-stringify/sync'

/** One record of a data file: column to text, in the order of the columns. */
export type Row = Readonly<Record<string, string>>

/** One translated value: the record `id` of `model` shows `value` in `field`. */
export interface Translation extends Row {
  readonly model: string
  readonly id: string
  readonly field: string
  readonly value: string
}

/** The data file of a model and what its records are called in French. */
export interface Table {
  readonly model: string
  readonly rows: readonly Row[]
  readonly french: readonly Translation[]
}

/** Orders texts by code unit, the same on every machine (locale-aware orders change with the ICU version). */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** `text` with a capital first letter; scripts without title case (Georgian among them) stay as they are. */
export function capitalized(text: string, locale: string): string {
  return /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u.test(text)
    ? text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)
    : text
}

/** A truth value as the data files spell it. */
export function flag(value: boolean): string {
  return value ? '1' : '0'
}

/** The CSV text of rows that share their columns: header first, UTF-8, LF, outer spaces quoted. */
export function renderCsv(rows: readonly Row[]): string {
  return stringify([...rows], { header: true, columns: Object.keys(rows[0] ?? {}), quoted_match: /^\s|\s$/ })
}
