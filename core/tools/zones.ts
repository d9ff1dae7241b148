import { TIME_ZONE_UNKNOWN } from './errors.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Clocks change on quarters of an hour: what holds at the begin of one holds for all of it. */
const QUARTER = 15 * MINUTE
const MAX_OFFSETS = 50_000

interface Zone {
  readonly format: Intl.DateTimeFormat
  /** Offsets by instant. */
  readonly offsets: Map<number, number>
}

const zones = new Map<string, Zone>()

/** Whether this runtime knows a time zone of that name. */
export function isZone(zone: string): boolean {
  try {
    openZone(zone)
    return true
  } catch {
    return false
  }
}

/** Milliseconds by which the clocks of a zone are ahead of UTC at an instant (milliseconds since 1970). */
export function offsetAt(time: number, zone: string): number {
  if (zone === 'UTC') return 0
  const known = zones.get(zone) ?? openZone(zone)
  const day = Math.floor(time / DAY) * DAY
  const before = offsetFrom(known, day)
  // a day on which clocks change is looked at more closely
  return before === offsetFrom(known, day + DAY) ? before : offsetFrom(known, Math.floor(time / QUARTER) * QUARTER)
}

function offsetFrom({ format, offsets }: Zone, time: number): number {
  const known = offsets.get(time)
  if (known !== undefined) return known
  if (offsets.size >= MAX_OFFSETS) offsets.clear()
  const offset = readClock(format, time) - time
  offsets.set(time, offset)
  return offset
}

/** Instant of a local time, both in milliseconds since 1970; see `fromZone` of dates.ts for times that are not unique. */
export function instantOf(local: number, zone: string): number {
  if (zone === 'UTC') return local
  const before = offsetAt(local - DAY, zone)
  const after = offsetAt(local + DAY, zone)
  if (offsetAt(local - before, zone) === before) return local - before
  if (offsetAt(local - after, zone) === after) return local - after
  return local - before
}

function openZone(name: string): Zone {
  const known = zones.get(name)
  if (known) return known
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    const zone = { format, offsets: new Map<number, number>() }
    zones.set(name, zone)
    return zone
  } catch {
    throw new TIME_ZONE_UNKNOWN(name)
  }
}

/** What the clocks of a zone show at an instant, as milliseconds since 1970. */
function readClock(format: Intl.DateTimeFormat, time: number): number {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
  for (const { type, value } of format.formatToParts(time)) part[type] = Number(value)
  return Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second)
}
