import type { FieldInfo } from '../fields/info.ts'
import type { OperatorContext, Operators } from '../fields/kind.ts'
import type { DatePart } from '../sql/dialect.ts'
import { formatDate, formatDatetime, toZone, utcTime } from '../tools/dates.ts'
import { comparing } from './compare.ts'
import { numberScale } from './number-scale.ts'

const DAY = 86_400_000
const numbers = comparing(numberScale(null, () => true))

/** A local time, taken apart. */
interface Clock {
  readonly year: number
  readonly month: number
  readonly day: number
  /** Milliseconds since 1970 of its midnight, as if it were UTC. */
  readonly midnight: number
  /** `HH:MM:SS` */
  readonly time: string
}

const startOfYear = (year: number): number => utcTime(year, 1, 1)

const PARTS: Readonly<Record<DatePart, (clock: Clock) => number>> = {
  year_number: (clock) => clock.year,
  quarter_number: (clock) => Math.ceil(clock.month / 3),
  month_number: (clock) => clock.month,
  iso_week_number: ({ midnight }) => {
    // the week belongs to the year of its Thursday
    const thursday = midnight + (3 - ((new Date(midnight).getUTCDay() + 6) % 7)) * DAY
    return Math.floor((thursday - startOfYear(new Date(thursday).getUTCFullYear())) / DAY / 7) + 1
  },
  day_of_year: ({ midnight, year }) => (midnight - startOfYear(year)) / DAY + 1,
  day_of_month: (clock) => clock.day,
  day_of_week: ({ midnight }) => new Date(midnight).getUTCDay(),
  hour_number: ({ time }) => Number(time.slice(0, 2)),
  minute_number: ({ time }) => Number(time.slice(3, 5)),
  second_number: ({ time }) => Number(time.slice(6, 8)),
}

/** Whether a text names a part of a date: `date_order.month_number`. */
export function isDatePart(text: string): text is DatePart {
  return Object.hasOwn(PARTS, text)
}

/** What comes behind the dot, compared as a number in the time zone of the user. */
export const partOperators = Object.fromEntries(
  (Object.keys(PARTS) as DatePart[]).map((part): [DatePart, Operators] => [part, operatorsOf(part)]),
) as Readonly<Record<DatePart, Operators>> // one entry per part

function operatorsOf(part: DatePart): Operators {
  return {
    sql(column, operator, operand, field, context) {
      const value = context.dialect.datePart(column, part, typeOf(field), context.zone)
      return numbers.sql(value, operator, operand, field, context)
    },
    match(value, operator, operand, field, context) {
      const clock = clockOf(value, field, context)
      return numbers.match(clock && PARTS[part](clock), operator, operand, field, context)
    },
  }
}

function typeOf(field: FieldInfo): 'date' | 'datetime' {
  return field.type === 'date' ? 'date' : 'datetime'
}

function clockOf(value: unknown, field: FieldInfo, { zone }: OperatorContext): Clock | null {
  if (!(value instanceof Date) && typeof value !== 'string') return null
  const text = localTime(value, typeOf(field), zone)
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))]
  return { year, month, day, midnight: utcTime(year, month, day), time: text.slice(11) || '00:00:00' }
}

function localTime(value: Date | string, type: 'date' | 'datetime', zone: string): string {
  if (type === 'date') return value instanceof Date ? formatDate(value) : value
  const instant = value instanceof Date ? formatDatetime(value) : value
  return zone === 'UTC' ? instant : toZone(instant, zone)
}
