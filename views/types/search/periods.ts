import { addTo, fromZone, startOf } from '../../../core/tools/dates.ts'
import type { PageContext } from '../../page.ts'
import type { Domain } from './combine.ts'

/** A stretch of time that a date filter offers: `2026`, `2026-Q2` or `2026-11`. */
export interface Period {
  readonly id: string
  readonly label: string
}

const MONTHS_SHOWN = 3
const YEARS_SHOWN = 3
const QUARTERS = [1, 2, 3, 4] as const

/** Periods that a date filter offers today, in sets: months, quarters, years. */
export function periodsOf({ today, format, translate }: PageContext): readonly (readonly Period[])[] {
  const year = today.slice(0, 4)
  const month = startOf(today, 'month')
  const months = Array.from({ length: MONTHS_SHOWN }, (_, i) => addTo(month, -i, 'month').slice(0, 7))
  const years = Array.from({ length: YEARS_SHOWN }, (_, i) => String(Number(year) - i))
  const label = (id: string): Period => ({ id, label: periodLabel(id, format.language, translate) })
  return [months.map(label), QUARTERS.map((quarter) => label(`${year}-Q${quarter}`)), years.map(label)]
}

/** How a period is called in a language. */
export function periodLabel(id: string, language: string, translate: PageContext['translate']): string {
  const [year = '', part] = id.split('-')
  if (part === undefined) return year
  if (part.startsWith('Q')) return translate('Q%s %s', part.slice(1), year)
  const month = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return month.format(new Date(`${id}-01T00:00:00Z`))
}

/** The period that an arch's `default_period` names: `month`, `month-1`, `third_quarter`, `year`. */
export function defaultPeriod(name: string | null, today: string): string {
  const year = today.slice(0, 4)
  const quarter = ['first_quarter', 'second_quarter', 'third_quarter', 'fourth_quarter'].indexOf(name ?? '')
  if (quarter >= 0) return `${year}-Q${quarter + 1}`
  const [unit, back] = (name ?? 'month').split('-')
  const moved = (by: DateStep): string => addTo(startOf(today, by), -Number(back ?? 0), by)
  return unit?.includes('year') ? moved('year').slice(0, 4) : moved('month').slice(0, 7)
}

type DateStep = 'month' | 'year'

/** The days or instants of a period, first included, last excluded for instants and included for days. */
export function periodDomain(id: string, field: string, isDatetime: boolean, zone: string): Domain {
  const [year = '', part = ''] = id.split('-')
  const start = part.startsWith('Q')
    ? addTo(`${year}-01-01`, (Number(part.slice(1)) - 1) * 3, 'month')
    : `${year}-${part || '01'}-01`
  const end = addTo(start, part === '' ? 12 : part.startsWith('Q') ? 3 : 1, 'month')
  if (!isDatetime) return ['&', [field, '>=', start], [field, '<', end]]
  const instant = (day: string): string => fromZone(`${day} 00:00:00`, zone)
  return ['&', [field, '>=', instant(start)], [field, '<', instant(end)]]
}

/** Whether a text names a period. */
export function isPeriod(id: string): boolean {
  return /^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$/.test(id)
}
