import type { Scale } from './arch.ts'

/** Days as text, `2026-03-31`: the first one shown and the one after the last. */
export interface Range {
  readonly from: string
  readonly until: string
}

const DAY = 86_400_000
const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`)
const textOf = (date: Date): string => date.toISOString().slice(0, 10)

export const addDays = (day: string, count: number): string => textOf(new Date(dateOf(day).getTime() + count * DAY))

/** The same day so many months later, or the last one of a month that is shorter. */
export function addMonths(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate()
  return textOf(new Date(Date.UTC(year, month - 1 + count, Math.min(date, last))))
}

/** The first day of the week; weeks begin on `weekStart`, from 1 = Monday to 7 = Sunday. */
export function weekOf(day: string, weekStart: number): string {
  return addDays(day, -((dateOf(day).getUTCDay() - weekStart + 7) % 7))
}

/** What a scale shows around a day: a month as whole weeks. */
export function rangeOf(scale: Scale, day: string, weekStart: number): Range {
  const [year, month] = day.split('-')
  switch (scale) {
    case 'day':
      return { from: day, until: addDays(day, 1) }
    case 'week': {
      const from = weekOf(day, weekStart)
      return { from, until: addDays(from, 7) }
    }
    case 'month': {
      const from = weekOf(`${year}-${month}-01`, weekStart)
      return { from, until: addDays(weekOf(addDays(addMonths(`${year}-${month}-01`, 1), -1), weekStart), 7) }
    }
    default:
      return { from: `${year}-01-01`, until: `${Number(year) + 1}-01-01` }
  }
}

/** The day that many steps of a scale away. */
export function step(scale: Scale, day: string, count: 1 | -1): string {
  if (scale === 'day') return addDays(day, count)
  if (scale === 'week') return addDays(day, 7 * count)
  return addMonths(day, scale === 'month' ? count : 12 * count)
}

/** Whether a text is a day that there is. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = dateOf(text)
  return !Number.isNaN(date.getTime()) && textOf(date) === text
}
