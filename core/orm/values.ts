import type { FieldInfo } from '../fields/info.ts'
import type { Env } from './env.ts'

/** Values by language or by company, as the cache holds fields that have several. */
export type ManyValues = Readonly<Record<string, unknown>>

export const isMany = (field: FieldInfo): boolean => field.type === 'one2many' || field.type === 'many2many'
/** Whether the column holds several values, of which the environment picks one. */
export const isMultiValued = (field: FieldInfo): boolean => field.translate || field.companyDependent

/** What a statement gave for a column, as the cache holds it. */
export function cacheValue(field: FieldInfo, raw: unknown): unknown {
  if (!isMultiValued(field)) return field.kind.fromColumn(raw, field)
  return typeof raw === 'string' ? JSON.parse(raw) : (raw ?? null)
}

/** A cached value as a parameter of a statement. */
export function columnValue(field: FieldInfo, cached: unknown): unknown {
  if (!isMultiValued(field)) return field.kind.toColumn(cached, field)
  return cached === null || cached === undefined ? null : JSON.stringify(cached)
}

/** The value that a user reads: of the language, or of the company, of the environment. */
export function readValue(env: Env, field: FieldInfo, cached: unknown): unknown {
  if (field.translate) {
    const terms = cached as ManyValues | null
    return terms?.[env.lang] ?? terms?.['en_US'] ?? null
  }
  if (field.companyDependent) {
    const value = (cached as ManyValues | null)?.[String(env.companyId)]
    return field.kind.fromColumn(value ?? null, field)
  }
  return cached ?? field.kind.empty
}

/** The cached value once the environment's user has written `value`; `before` is what the cache held. */
export function writtenValue(env: Env, field: FieldInfo, value: unknown, before: unknown): unknown {
  if (field.translate) {
    if (value === null) return null
    const terms = before as ManyValues | null | undefined
    // a first text stands for English too, so that no language finds nothing
    return terms ? { ...terms, [env.lang]: value } : { en_US: value, [env.lang]: value }
  }
  if (field.companyDependent) {
    return { ...(before as ManyValues | null | undefined), [env.companyId]: field.kind.toColumn(value, field) }
  }
  return value
}

/** Whether two cached values are the same to the database. */
export function sameValue(field: FieldInfo, a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (a === null || a === undefined || b === null || b === undefined) return (a ?? null) === (b ?? null)
  if (isMany(field))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, i) => one === b[i])
  if (typeof a === 'object' || typeof b === 'object') return columnValue(field, a) === columnValue(field, b)
  return false
}
