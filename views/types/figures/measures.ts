import type { PageContext, Values } from '../../page.ts'
import type { Measure } from './arch.ts'

/** A number of a group, as it is drawn. */
export interface Figure {
  /** `null` where there is nothing to sum up. */
  readonly value: number | null
  readonly text: string
}

const WHOLE: ReadonlySet<string> = new Set(['count', 'count_distinct'])

/**
 * What a query of groups is asked for, to show measures: `m0:sum(amount)`. Amounts come with the least and the greatest
 * currency of the group, as a sign stands beside a sum only when all of it is in one.
 */
export function aggregatesOf(measures: readonly Measure[]): string[] {
  return measures.flatMap(({ field, operator }, i) => {
    if (!field) return []
    const own = `m${i}:${operator ?? 'sum'}(${field.name})`
    if (!isMoney(field.type, operator) || !field.currency_field) return [own]
    return [own, `least${i}:min(${field.currency_field})`, `most${i}:max(${field.currency_field})`]
  })
}

/** The number of a group that the query answered. */
export function valueOf(group: Values, { field }: Measure, i: number): number | null {
  const value = group[field ? `m${i}` : '__count']
  return typeof value === 'number' ? value : typeof value === 'boolean' && value ? 1 : null
}

/** The number and its text in the language; without a value, the text is empty. */
export function figureOf(group: Values | undefined, measure: Measure, i: number, page: PageContext): Figure {
  const value = group ? valueOf(group, measure, i) : null
  const [least, most] = [group?.[`least${i}`], group?.[`most${i}`]]
  return { value, text: value === null ? '' : figureText(value, measure, page, least === most ? least : null) }
}

/** A number of a measure as the language writes it; `currency` is the id of the one that all of it is in. */
export function figureText(value: number, measure: Measure, { format }: PageContext, currency: unknown = null): string {
  const { field, operator } = measure
  if (!field || WHOLE.has(operator ?? '')) return format.number(value, 0)
  if (field.type === 'integer' && operator !== 'avg') return format.number(value, 0)
  if (field.type === 'monetary') return format.amount(value, typeof currency === 'number' ? currency : null)
  return format.number(value, field.digits ? field.digits[1] : 2)
}

const isMoney = (type: string, operator: string | null): boolean => type === 'monetary' && !WHOLE.has(operator ?? '')
