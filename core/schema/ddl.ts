import { ident } from '../sql/fragment.ts'
import type { Column, Reference, Table } from './types.ts'

/** A quoted name: `"name"`, `"table"."name"`. */
export function quote(...names: readonly string[]): string {
  return ident(...names).text
}

/** A quoted text value. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** SQL text without line breaks and runs of blanks, so that layout makes no difference. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** The position of the parenthesis that closes the one at `open`, or -1; quoted texts and names are skipped. */
export function closingParenthesis(text: string, open: number): number {
  let depth = 0
  for (const token of text.slice(open).matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[()]/g)) {
    if (token[0] === '(') depth++
    if (token[0] === ')' && --depth === 0) return open + token.index
  }
  return -1
}

/** `REFERENCES "table" ("id") ON DELETE …` */
export function references(to: Reference): string {
  return `REFERENCES ${quote(to.table)} ("id") ON DELETE ${to.onDelete.toUpperCase()}`
}

/** The definition of a column inside CREATE TABLE or ADD COLUMN, without its reference. */
export function columnDefinition(column: Column): string {
  const required = column.notNull ? ' NOT NULL' : ''
  return `${quote(column.name)} ${column.type}${column.default === null ? '' : ` DEFAULT ${column.default}`}${required}`
}

/** Whether the table counts its own ids; relation tables do not. */
export function hasIdentity(table: Table): boolean {
  return table.primaryKey.length === 1 && table.primaryKey[0] === 'id'
}

/** The lines of CREATE TABLE for the primary key (unless it is `id`) and the constraints. */
export function tableConstraints(table: Table): string[] {
  const key = hasIdentity(table) ? [] : [`PRIMARY KEY (${table.primaryKey.map((name) => quote(name)).join(', ')})`]
  const constraints = [...table.constraints.values()].map(
    ({ name, kind, definition }) => `CONSTRAINT ${quote(name)} ${kind.toUpperCase()} ${definition}`,
  )
  return [...key, ...constraints]
}

/** `ALTER TABLE "table" RENAME COLUMN "from" TO "to"`, which all databases know. */
export function renameColumn(table: string, from: string, to: string): string {
  return `ALTER TABLE ${quote(table)} RENAME COLUMN ${quote(from)} TO ${quote(to)}`
}

/** `ALTER TABLE "from" RENAME TO "to"` */
export function renameTable(from: string, to: string): string {
  return `ALTER TABLE ${quote(from)} RENAME TO ${quote(to)}`
}

/** `CREATE TABLE "name" (lines)`, one line each. */
export function createTable(name: string, lines: readonly string[], suffix = ''): string {
  return `CREATE TABLE ${quote(name)} (\n  ${lines.join(',\n  ')}\n)${suffix}`
}
