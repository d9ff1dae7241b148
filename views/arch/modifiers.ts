import { evaluate, holds } from '../../core/expr/evaluate.ts'
import type { Data, Scope } from '../../core/expr/values.ts'
import type { Fields, Values } from '../page.ts'

export const MODIFIERS = ['invisible', 'readonly', 'required', 'column_invisible'] as const
export type Modifier = (typeof MODIFIERS)[number]

/** Modifiers of a node: a constant, or an expression over the record that the browser evaluates again when it changes. */
export type Modifiers = Partial<Record<Modifier, boolean | string>>

/** Whether a modifier holds for a record. An expression that fails counts as not holding. */
export function isModified(modifier: boolean | string | undefined, scope: Scope): boolean {
  if (typeof modifier !== 'string') return modifier === true
  try {
    return holds(modifier, scope)
  } catch {
    return false
  }
}

/** What expressions of a view see of a record: relations as ids, as Odoo's clients have them. */
export function scopeOf(values: Values, fields: Fields, context: Values, parent?: Scope): Scope {
  const scope: Record<string, unknown> = {
    context,
    uid: context['uid'],
    allowed_company_ids: context['allowed_company_ids'] ?? [],
  }
  for (const [name, value] of Object.entries(values)) scope[name] = plain(value, fields[name]?.type)
  for (const name of Object.keys(fields)) scope[name] ??= false
  scope['id'] = values['id'] ?? false
  if (parent) scope['parent'] = parent
  return scope as Scope
}

/** An attribute that holds a Python literal or expression (`options`, `context`), `{}` when there is none. */
export function evaluated(text: string | null, scope: Scope): Data {
  if (text === null || text.trim() === '') return {}
  return evaluate(text, scope)
}

function plain(value: unknown, type: string | undefined): unknown {
  if (type === 'many2one' || type === 'many2one_reference') return idOf(value)
  if (type === undefined && typeof value === 'object') return byShape(value)
  if (type === 'one2many' || type === 'many2many') return Array.isArray(value) ? value.map(idOf) : []
  return value ?? false
}

function idOf(value: unknown): unknown {
  if (Array.isArray(value)) return value[0] ?? false
  return typeof value === 'object' && value !== null && 'id' in value ? (value.id ?? false) : (value ?? false)
}

/** Of a field whose kind is not at hand: what looks like a record is its id. */
function byShape(value: unknown): unknown {
  return Array.isArray(value) ? value.map(idOf) : idOf(value)
}
