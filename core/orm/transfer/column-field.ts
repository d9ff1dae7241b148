import type { FieldInfo } from '../../fields/info.ts'
import type { Env } from '../env.ts'
import { DBID, splitColumn, XMLID } from './paths.ts'

/** The field at the end of a column's path; `undefined` where the column names records or there is none. */
export function columnField(env: Env, model: string, column: string): FieldInfo | undefined {
  let info = env.registry.get(model)
  const segments = splitColumn(column)
  for (const [depth, name] of segments.entries()) {
    if (name === DBID || name === XMLID) return undefined
    const field = info.fields.get(name)
    if (!field || depth === segments.length - 1) return field
    if (!field.comodel) return undefined
    info = env.registry.get(field.comodel)
  }
  return undefined
}

/** Whether a column shows external ids, which exporting makes up where there are none. */
export function isExternalIdColumn(column: string): boolean {
  return splitColumn(column).at(-1) === XMLID
}

/** Whether a column shows database ids. */
export function isDatabaseIdColumn(column: string): boolean {
  return splitColumn(column).at(-1) === DBID
}
