import type { FieldInfo } from '../fields/info.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Registry } from '../orm/registry.ts'

/** The first field of a path, and the rest of the path if there is one. */
export function splitPath(path: string): [head: string, rest: string | undefined] {
  const dot = path.indexOf('.')
  return dot < 0 ? [path, undefined] : [path.slice(0, dot), path.slice(dot + 1)]
}

/** Whether a path can go on behind the field. */
export function isRelation(field: FieldInfo): boolean {
  return field.comodel !== null && ['many2one', 'one2many', 'many2many'].includes(field.type)
}

/** Whether the field has parts such as `month_number`. */
export function isDated(field: FieldInfo): field is FieldInfo & { readonly type: 'date' | 'datetime' } {
  return field.type === 'date' || field.type === 'datetime'
}

/** The model that a relation leads to. @throws MODEL_UNKNOWN */
export function comodelOf(field: FieldInfo, registry: Registry): ModelInfo {
  return registry.get(field.comodel as string) // relations have one
}

/** Whether SQL can look at the field: at its column, at the related rows' column or at its relation table. */
export function isSearchable(field: FieldInfo, registry: Registry): boolean {
  if (field.type === 'many2many') return field.stored && field.relation !== null
  if (field.type !== 'one2many') return field.column !== null
  if (!field.stored || field.inverse === null) return false
  return (comodelOf(field, registry).fields.get(field.inverse)?.column ?? null) !== null
}
