import { EXPR_LIMIT, EXPR_TYPE } from './errors.ts'
import { DAY, PARTS, type Moment, type Parts } from './moments.ts'
import { requireNumber, type ExprObject, type Value } from './values.ts'

/** Python's `timedelta` and `time`: a length in milliseconds. */
export class Duration implements ExprObject {
  readonly time: number

  constructor(time: number) {
    if (!Number.isFinite(time)) throw new EXPR_LIMIT('The time difference is too long')
    this.time = time
  }

  exprGet(name: string): Value | undefined {
    const days = Math.floor(this.time / DAY)
    if (name === 'days') return days
    return name === 'seconds' ? Math.floor((this.time - days * DAY) / 1000) : undefined
  }

  exprCall(name: string): Value {
    if (name === 'total_seconds') return this.time / 1000
    throw new EXPR_TYPE(`A time difference has no method '${name}'`)
  }

  /** The moment that lies this length later, or earlier with a sign of -1. */
  from(moment: Moment, sign: 1 | -1): Moment {
    // A date moves by whole days only: an hour more is the same day, an hour less is the same day too.
    const days = Math.floor(this.time / DAY) * DAY
    return moment.later(sign * (moment.hasTime ? this.time : days))
  }
}

/** Python's `relativedelta`: parts to set, then months and milliseconds to add, then a weekday to reach. */
export class Relative implements ExprObject {
  readonly months: number
  readonly length: number
  readonly parts: Readonly<Parts>
  /** From 0 = Monday. */
  readonly weekday: number | undefined

  constructor(months: number, length: number, parts: Readonly<Parts>, weekday: number | undefined) {
    this.months = months
    this.length = length
    this.parts = parts
    this.weekday = weekday
  }

  exprGet(): undefined {
    return undefined
  }

  /** A moment moved by this difference; with a sign of -1 what is added is subtracted, what is set is set. */
  from(moment: Moment, sign: 1 | -1): Moment {
    const arrived = moment.moved(this.parts, sign * this.months)
    const hasTime = this.length % DAY !== 0
    const later = (hasTime ? arrived.withTime() : arrived).later(sign * this.length)
    return this.weekday === undefined ? later : later.later(((this.weekday - later.weekday + 7) % 7) * DAY)
  }

  /** The difference times a number; what is set stays. */
  times(factor: number): Relative {
    return new Relative(Math.trunc(this.months * factor), this.length * factor, this.parts, this.weekday)
  }

  /** Both differences at once; what `other` sets wins. */
  plus(other: Relative): Relative {
    const parts = { ...this.parts, ...other.parts }
    return new Relative(this.months + other.months, this.length + other.length, parts, other.weekday ?? this.weekday)
  }
}

const LENGTHS = new Map([
  ['days', DAY],
  ['seconds', 1000],
  ['microseconds', 0.001],
  ['milliseconds', 1],
  ['minutes', 60_000],
  ['hours', 3_600_000],
  ['weeks', 7 * DAY],
])

const MONTHS = new Map([
  ['years', 12],
  ['months', 1],
])

/** The `timedelta` of its arguments, which by position are in the order of LENGTHS. */
export function readDuration(args: readonly Value[], kwargs: Readonly<Record<string, Value>>): Duration {
  const units = [...LENGTHS.values()]
  let time = 0
  for (const [at, value] of args.entries()) time += requireNumber(value) * (units[at] ?? Number.NaN)
  for (const [name, value] of Object.entries(kwargs)) time += lengthOf(name, value, 'timedelta')
  return new Duration(time)
}

/** The `relativedelta` of its arguments: plural names add, singular names set. */
export function readRelative(kwargs: Readonly<Record<string, Value>>): Relative {
  let months = 0
  let length = 0
  let weekday: number | undefined
  const parts: Parts = {}
  for (const [name, value] of Object.entries(kwargs)) {
    const part = PARTS.find((known) => known === name)
    const inMonths = MONTHS.get(name)
    if (part) parts[part] = requireNumber(value)
    else if (name === 'weekday') weekday = requireNumber(value)
    else if (inMonths !== undefined) months += Math.trunc(requireNumber(value) * inMonths)
    else length += lengthOf(name, value, 'relativedelta')
  }
  return new Relative(months, length, parts, weekday)
}

function lengthOf(name: string, value: Value, what: string): number {
  const unit = LENGTHS.get(name)
  if (unit === undefined) throw new EXPR_TYPE(`${what}() has no argument '${name}'`)
  return requireNumber(value) * unit
}
