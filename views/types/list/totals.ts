import type { PageContext, Values, ViewNode } from '../../page.ts'
import type { FieldPlace } from '../../widgets/widget.ts'
import { fieldView, widgetOf } from '../../widgets/place.ts'
import { scopeOf } from '../../arch/modifiers.ts'

const FUNCTIONS = ['sum', 'avg', 'max', 'min'] as const
export type TotalFunction = (typeof FUNCTIONS)[number]

/** How a column is summed up, and what that is called. */
export interface ColumnTotal {
  readonly take: TotalFunction
  readonly label: string | null
}

/** A value that sums up records; `mixed` when their currencies differ, so that there is no sum. */
export interface Total {
  readonly value: number | null
  readonly currency: number | null
  readonly isMixed: boolean
}

const NUMBERS: ReadonlySet<string> = new Set(['integer', 'float', 'monetary'])

/** What the foot of a list says of a column: only what its arch asks for. */
export function footTotal({ attributes, description }: FieldPlace): ColumnTotal | null {
  if (!NUMBERS.has(description.type)) return null
  const take = FUNCTIONS.find((name) => attributes[name] !== undefined)
  return take ? { take, label: attributes[take] || null } : null
}

/** What a group says of a column: what the arch asks for, else what the field itself says. */
export function groupTotal(place: FieldPlace): ColumnTotal | null {
  const { description, attributes } = place
  if (!NUMBERS.has(description.type) || attributes['widget'] === 'handle') return null
  const own = FUNCTIONS.find((name) => name === description.aggregator)
  return footTotal(place) ?? (own ? { take: own, label: null } : null)
}

/** The field that holds the currency of a column's amounts; `null` for a column of plain numbers. */
export function currencyFieldOf(place: FieldPlace): string | null {
  if (widgetOf(place).name !== 'monetary') return null
  return String(place.options['currency_field'] ?? place.description.currency_field ?? 'currency_id')
}

/** Sums a column up over records that are there. */
export function totalOf(place: FieldPlace, take: TotalFunction, records: readonly Values[]): Total {
  const field = currencyFieldOf(place)
  const currencies = new Set(field === null ? [] : records.map((record) => idOf(record[field])))
  const values = records.map((record) => Number(record[place.name] || 0))
  const [currency = null] = currencies
  return { value: values.length > 0 ? folded(values, take) : null, currency, isMixed: currencies.size > 1 }
}

/** Sums up what groups are summed up to; averages count as much as the records behind them. */
export function totalOfTotals(
  parts: readonly { readonly total: Total; readonly count: number }[],
  take: TotalFunction,
): Total {
  const filled = parts.filter(({ total }) => total.value !== null)
  const currencies = new Set(filled.map(({ total }) => total.currency))
  const count = filled.reduce((sum, part) => sum + part.count, 0)
  const values = filled.map(({ total, count: n }) => (total.value ?? 0) * (take === 'avg' ? n : 1))
  const value = values.length === 0 ? null : take === 'avg' ? sum(values) / count : folded(values, take)
  const [currency = null] = currencies
  return { value, currency, isMixed: currencies.size > 1 || filled.some(({ total }) => total.isMixed) }
}

/** A total as its column draws values. */
export function totalView(place: FieldPlace, total: Total | null, label: string | null, page: PageContext): ViewNode {
  const isAmount = currencyFieldOf(place) !== null
  const base = { name: place.name, title: label, alignRight: widgetOf(place).alignRight === true }
  if (!total || total.value === null) return { template: 'types/list/no-total', ...base }
  if (total.isMixed && isAmount) return { template: 'types/list/mixed-total', ...base }
  const currency = currencyFieldOf(place)
  const record: Values = {
    [place.name]: total.value,
    ...(currency === null ? {} : { [currency]: total.currency === null ? false : { id: total.currency } }),
  }
  const scope = scopeOf(record, {}, page.context)
  // A widget that draws numbers as something else has no total to draw.
  const plain = widgetOf(place).alignRight ? place : { ...place, attributes: {} }
  return {
    ...fieldView(plain, record, page, { place: 'list', mode: 'read', scope, prefix: 'total_' }),
    ...base,
    invisible: false,
  }
}

export const idOf = (value: unknown): number | null => {
  if (Array.isArray(value)) return typeof value[0] === 'number' ? value[0] : null
  if (typeof value === 'object' && value !== null && 'id' in value)
    return typeof value.id === 'number' ? value.id : null
  return typeof value === 'number' ? value : null
}

function folded(values: readonly number[], take: TotalFunction): number {
  if (take === 'max') return Math.max(...values)
  if (take === 'min') return Math.min(...values)
  return take === 'avg' ? sum(values) / values.length : sum(values)
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
