import { createHash } from 'node:crypto'

/** Longest name that PostgreSQL keeps whole, in bytes; names are ASCII. */
const LONGEST = 63
const DIGEST = 8

/** The name itself if it fits, else its start with a digest of all of it: the same name always gives the same result. */
export function fitName(name: string): string {
  if (name.length <= LONGEST) return name
  const digest = createHash('sha256').update(name).digest('hex').slice(0, DIGEST)
  return `${name.slice(0, LONGEST - DIGEST - 1)}_${digest}`
}

/** The foreign key of a column. */
export function foreignKeyName(table: string, column: string): string {
  return fitName(`${table}_${column}_fkey`)
}

/** The index of one or more columns. Two underscores, so that no table can be called the same. */
export function indexName(table: string, ...columns: readonly string[]): string {
  return fitName(`${table}__${columns.join('_')}_index`)
}

/** The index that serves the default order of a model. */
export function orderIndexName(table: string): string {
  return fitName(`${table}__order`)
}

/** A constraint or index that a model names itself. */
export function declaredName(table: string, name: string): string {
  return fitName(`${table}_${name}`)
}

/** Whether a name is one that the functions above give for things of the table. */
export function isNameOf(table: string, name: string): boolean {
  const start = `${table}_`
  return name.startsWith(start.length < LONGEST - DIGEST ? start : start.slice(0, LONGEST - DIGEST - 1))
}
