import { EXPR_NAME, EXPR_TYPE } from './errors.ts'
import type { Kwargs } from './methods.ts'
import { DAY, Moment, readParts } from './moments.ts'
import type { Run } from './run.ts'
import { Duration, readDuration, readRelative } from './spans.ts'
import { formatTime } from './strftime.ts'
import { suggest } from './suggest.ts'
import { utcTime } from '../tools/dates.ts'
import { offsetAt } from '../tools/zones.ts'
import { requireNumber, requireText, type ExprObject, type Value } from './values.ts'

type Member = ExprObject | ((args: Value[], kwargs: Kwargs) => Value)

/** A named collection of functions, such as Python's `datetime`; `__call__` is the module called itself. */
class Module implements ExprObject {
  readonly #members: Readonly<Record<string, Member>>

  constructor(members: Readonly<Record<string, Member>>) {
    this.#members = members
  }

  exprGet(name: string): Value | undefined {
    const member = this.#member(name)
    return typeof member === 'function' ? new Module({ __call__: member }) : member
  }

  exprCall(name: string, args: Value[], kwargs: Kwargs): Value {
    const member = this.#member(name)
    if (typeof member === 'function') return member(args, kwargs)
    if (member?.exprCall) return member.exprCall('__call__', args, kwargs)
    if (name === '__call__') throw new EXPR_TYPE('This name is not a function')
    throw new EXPR_NAME(name, suggest(name, Object.keys(this.#members)))
  }

  #member(name: string): Member | undefined {
    return Object.hasOwn(this.#members, name) ? this.#members[name] : undefined
  }
}

/**
 * `datetime`, which is the module and the class at once because data files know it as the class; `time`,
 * `context_today`, `timedelta` and `relativedelta`, all on the clock and in the zone of the run.
 */
export const clockModules: Readonly<Record<string, (run: Run) => ExprObject>> = {
  datetime: (run) => datetimeModule(run),
  DateTime: (run) => datetimeModule(run),
  time: (run) => new Module({ strftime: ([format]) => formatTime(requireText(format), new Date(localNow(run).time)) }),
  context_today: (run) => new Module({ __call__: () => today(run) }),
  timedelta: () => timedelta,
  relativedelta: () => relativedelta,
}

/** The clock time in the zone of the run. */
export function localNow(run: Run): Moment {
  const time = run.now.getTime()
  return new Moment(time + offsetAt(time, run.zone), true, run.zone)
}

/** The calendar day in the zone of the run. */
export function today(run: Run): Moment {
  return new Moment(localNow(run).time, false, run.zone)
}

const timedelta = new Module({ __call__: (args, kwargs) => readDuration(args, kwargs) })

const relativedelta = new Module({ __call__: (_args, kwargs) => readRelative(kwargs) })

/** A time of the day, as the length since midnight. */
const timeOfDay = new Module({
  __call__: ([hour, minute, second]) =>
    new Duration(
      requireNumber(hour ?? 0) * 3_600_000 + requireNumber(minute ?? 0) * 60_000 + requireNumber(second ?? 0) * 1000,
    ),
  min: new Duration(0),
  max: new Duration(DAY - 1),
})

function datetimeModule(run: Run): ExprObject {
  const date = new Module({
    __call__: (args, kwargs) => construct(args, kwargs, false, run),
    today: () => today(run),
  })
  const members: Record<string, Member> = {
    __call__: (args, kwargs) => construct(args, kwargs, true, run),
    now: () => localNow(run),
    today: () => localNow(run),
    utcnow: () => new Moment(run.now.getTime(), true, 'UTC'),
    combine: ([day, time]) => combine(day, time),
    timedelta,
    time: timeOfDay,
    date,
  }
  return new Module({ ...members, datetime: new Module(members) })
}

function construct(args: Value[], kwargs: Kwargs, hasTime: boolean, run: Run): Moment {
  const parts = readParts(args, kwargs)
  if (parts.year === undefined || parts.month === undefined || parts.day === undefined) {
    throw new EXPR_TYPE('A date needs a year, a month and a day')
  }
  const moment = new Moment(utcTime(parts.year, parts.month, 1), hasTime, run.zone).moved(parts, 0)
  if (moment.exprGet('day') !== parts.day)
    throw new EXPR_TYPE(`There is no day ${parts.year}-${parts.month}-${parts.day}`)
  return moment
}

function combine(day: Value | undefined, time: Value | undefined): Moment {
  if (!(day instanceof Moment && time instanceof Duration)) throw new EXPR_TYPE('combine() needs a date and a time')
  return new Moment(day.time, false, day.zone).withTime().later(time.time)
}
