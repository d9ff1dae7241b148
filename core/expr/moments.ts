import { daysInMonth, formatDate, formatDatetime, utcTime } from '../tools/dates.ts'
import { instantOf } from '../tools/zones.ts'
import { EXPR_LIMIT, EXPR_TYPE } from './errors.ts'
import { formatTime } from './strftime.ts'
import { requireNumber, requireText, type ExprObject, type Value } from './values.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Milliseconds of a day. */
export const DAY: number = 24 * HOUR

/** Parts of a moment that may be replaced. */
export const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond'] as const

/** Values for some of the parts; months and days count from 1. */
export type Parts = Partial<Record<(typeof PARTS)[number], number>>

const ATTRIBUTES: Readonly<Record<string, (date: Date) => number>> = {
  year: (date) => date.getUTCFullYear(),
  month: (date) => date.getUTCMonth() + 1,
  day: (date) => date.getUTCDate(),
}

const CLOCK_ATTRIBUTES: Readonly<Record<string, (date: Date) => number>> = {
  hour: (date) => date.getUTCHours(),
  minute: (date) => date.getUTCMinutes(),
  second: (date) => date.getUTCSeconds(),
  microsecond: (date) => date.getUTCMilliseconds() * 1000,
}

/** Python's `date` and `datetime`: local clock time as milliseconds since 1970 (as if it were UTC), and its zone. */
export class Moment implements ExprObject {
  readonly time: number
  readonly hasTime: boolean
  readonly zone: string

  constructor(time: number, hasTime: boolean, zone: string) {
    const year = new Date(time).getUTCFullYear()
    if (!(year >= 1 && year <= 9999)) throw new EXPR_LIMIT('The date is outside the years 1 to 9999')
    this.time = hasTime ? time : Math.floor(time / DAY) * DAY
    this.hasTime = hasTime
    this.zone = zone
  }

  /** Server form: `YYYY-MM-DD`, with ` HH:MM:SS` for a datetime. */
  get text(): string {
    const date = new Date(this.time)
    return this.hasTime ? formatDatetime(date) : formatDate(date)
  }

  /** Day of the week, from 0 = Monday. */
  get weekday(): number {
    return (new Date(this.time).getUTCDay() + 6) % 7
  }

  /**
   * The moment with some parts replaced, then moved by months, on the last day of the month where the day does not
   * exist.
   */
  moved(parts: Parts, months: number): Moment {
    const date = new Date(this.time)
    const count = (parts.year ?? date.getUTCFullYear()) * 12 + (parts.month ?? date.getUTCMonth() + 1) - 1 + months
    const year = Math.floor(count / 12)
    const month = count - year * 12 + 1
    const day = Math.min(parts.day ?? date.getUTCDate(), daysInMonth(year, month))
    const clock =
      (parts.hour ?? date.getUTCHours()) * HOUR +
      (parts.minute ?? date.getUTCMinutes()) * MINUTE +
      (parts.second ?? date.getUTCSeconds()) * SECOND +
      (parts.microsecond === undefined ? date.getUTCMilliseconds() : Math.floor(parts.microsecond / 1000))
    return new Moment(utcTime(year, month, day) + clock, this.hasTime || clock !== 0, this.zone)
  }

  /** The moment that lies milliseconds later. */
  later(milliseconds: number): Moment {
    return new Moment(this.time + milliseconds, this.hasTime, this.zone)
  }

  /** The same as a datetime; a date is its midnight. */
  withTime(): Moment {
    return new Moment(this.time, true, this.zone)
  }

  /** The same instant on the clocks of UTC. */
  toUtc(): Moment {
    return new Moment(instantOf(this.time, this.zone), this.hasTime, 'UTC')
  }

  exprGet(name: string): Value | undefined {
    const attributes = this.hasTime ? { ...ATTRIBUTES, ...CLOCK_ATTRIBUTES } : ATTRIBUTES
    return Object.hasOwn(attributes, name) ? attributes[name]?.(new Date(this.time)) : undefined
  }

  exprCall(name: string, args: Value[], kwargs: Readonly<Record<string, Value>>): Value {
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined
    if (!method) throw new EXPR_TYPE(`A date has no method '${name}'`)
    return method(this, args, kwargs)
  }
}

/** The day that a text `YYYY-MM-DD` names, as expressions count with it. */
export function dayValue(text: string): Moment {
  return new Moment(Date.parse(text), false, 'UTC')
}

type Method = (moment: Moment, args: Value[], kwargs: Readonly<Record<string, Value>>) => Value

const methods: Readonly<Record<string, Method>> = {
  strftime: (moment, [format]) => formatTime(requireText(format), new Date(moment.time)),
  isoformat: (moment) => moment.text.replace(' ', 'T'),
  weekday: (moment) => moment.weekday,
  isoweekday: (moment) => moment.weekday + 1,
  date: (moment) => new Moment(moment.time, false, moment.zone),
  replace: (moment, args, kwargs) => moment.moved(readParts(args, kwargs), 0),
  to_utc: (moment) => moment.toUtc(),
}

/** Parts by position and by name, as the constructors and `replace` take them. */
export function readParts(args: readonly Value[], kwargs: Readonly<Record<string, Value>>): Parts {
  const parts: Parts = {}
  for (const [at, value] of args.entries()) {
    const name = PARTS[at]
    if (name) parts[name] = requireNumber(value)
  }
  for (const [name, value] of Object.entries(kwargs)) {
    const part = PARTS.find((known) => known === name)
    if (!part) throw new EXPR_TYPE(`A date has no part '${name}'`)
    parts[part] = requireNumber(value)
  }
  return parts
}
