import { toLocalInput } from '../../moments.ts'
import type { Fields, PageContext, Values, ViewNode } from '../../page.ts'
import { COLORS } from '../../qweb/record.ts'
import { scopeOf } from '../../arch/modifiers.ts'
import { fieldView } from '../../widgets/place.ts'
import type { CalendarArch, Scale } from './arch.ts'
import { addDays, addMonths, rangeOf, step, weekOf } from './days.ts'

/** What a calendar is drawn from. */
export interface Calendar {
  readonly model: string
  readonly arch: CalendarArch
  readonly fields: Fields
  readonly page: PageContext
  readonly records: readonly Values[]
  readonly scale: Scale
  readonly day: string
  /** From 1 = Monday to 7 = Sunday. */
  readonly weekStart: number
  /** This moment, for "now". */
  readonly now: Date
  /** Values that are left out, `field:id`. */
  readonly hidden: ReadonlySet<string>
  href(change: Readonly<Record<string, string | null>>): string
  recordHref(id: number | 'new'): string
}

/** When something is, as days and times of the user's zone: `2026-03-31`, `2026-03-31T10:30`. */
export interface When {
  readonly start: string
  /** For whole days the day after the last one. */
  readonly end: string
  readonly allDay: boolean
}

const HOUR = 3_600_000

/** When a record is; `null` for one without a start. */
export function whenOf(
  record: Values,
  { arch, fields, page }: Pick<Calendar, 'arch' | 'fields' | 'page'>,
): When | null {
  const start = record[arch.start]
  if (typeof start !== 'string' || start === '') return null
  const stop = arch.stop === null ? null : record[arch.stop]
  const { zone } = page.format
  if (fields[arch.start]?.type === 'date' || (arch.allDay !== null && record[arch.allDay] === true)) {
    const first = start.slice(0, 10)
    const last = typeof stop === 'string' && stop.slice(0, 10) > first ? stop.slice(0, 10) : first
    return { start: first, end: addDays(last, 1), allDay: true }
  }
  const begin = Date.parse(`${start.replace(' ', 'T')}Z`)
  const hours = arch.delay === null ? 1 : Number(record[arch.delay]) || 1
  const end =
    typeof stop === 'string' && stop > start
      ? stop
      : new Date(begin + hours * HOUR).toISOString().slice(0, 19).replace('T', ' ')
  return { start: toLocalInput(start, zone), end: toLocalInput(end, zone), allDay: false }
}

/** The calendar as its template draws it: a list by day that all can read, from which the browser makes the grid. */
export function calendarView(calendar: Calendar): ViewNode {
  const { arch, model, page, scale, day, weekStart, href, records, hidden } = calendar
  const { translate, format } = page
  const range = rangeOf(scale, day, weekStart)
  const events = records
    .filter((record) => !isHidden(record, arch, hidden))
    .flatMap((record) => eventOf(record, calendar) ?? [])
    .toSorted((a, b) => a.start.localeCompare(b.start))
  return {
    template: 'types/calendar/template',
    model,
    title: titleOf(scale, day, range, page),
    previous: href({ date: step(scale, day, -1) }),
    next: href({ date: step(scale, day, 1) }),
    today: href({ date: page.today }),
    scales: arch.scales.map((one) => ({
      label: translate(SCALE_LABELS[one]),
      href: href({ scale: one }),
      isOn: one === scale,
    })),
    months:
      scale === 'year'
        ? Array.from({ length: 12 }, (_, i) =>
            monthView(`${day.slice(0, 4)}-${String(i + 1).padStart(2, '0')}-01`, calendar, events),
          )
        : null,
    month: scale === 'year' ? null : monthView(day, calendar, events),
    filters: filtersView(calendar),
    days: daysOf(events, range, page),
    state: {
      model,
      scale,
      day,
      firstDay: weekStart % 7,
      language: format.language,
      zone: format.zone,
      now: toLocalInput(calendar.now.toISOString().slice(0, 19).replace('T', ' '), format.zone),
      start: arch.start,
      startType: calendar.fields[arch.start]?.type,
      stop: arch.stop,
      delay: arch.delay,
      allDay: arch.allDay,
      canCreate: arch.create,
      canEdit: arch.edit && calendar.fields[arch.start]?.readonly !== true,
      quickCreate: arch.quickCreate,
      popup: arch.popup,
      newHref: calendar.recordHref('new'),
      dayHref: href({ date: '0000-00-00', scale: 'day' }),
      events: events.map(({ id, title, start, end, allDay, color, href: address }) => ({
        id,
        title,
        start,
        end,
        allDay,
        color,
        href: address,
      })),
      words: { allDay: translate('All day'), more: translate('More') },
    },
    canDelete: arch.delete,
    canCreate: arch.create,
  }
}

const SCALE_LABELS: Readonly<Record<Scale, string>> = { day: 'Day', week: 'Week', month: 'Month', year: 'Year' }

interface Event extends When {
  readonly id: number
  readonly title: string
  readonly color: number
  readonly href: string
  readonly time: string
  readonly fields: readonly ViewNode[]
}

function eventOf(record: Values, calendar: Calendar): Event | null {
  const { arch, fields, page } = calendar
  const when = whenOf(record, calendar)
  if (!when) return null
  const id = Number(record['id'])
  const scope = scopeOf(record, fields, page.context)
  return {
    ...when,
    id,
    title: String(record['display_name'] || id),
    color: arch.color === null ? 0 : colorOf(record[arch.color]),
    href: calendar.recordHref(id),
    time: when.allDay ? '' : `${timeOf(when.start, page)} – ${timeOf(when.end, page)}`,
    fields: arch.shown
      .filter(({ name }) => record[name] !== false && record[name] !== '' && name !== arch.start && name !== arch.stop)
      .map((place) => fieldView(place, record, page, { place: 'kanban', mode: 'read', scope, prefix: `c${id}_` })),
  }
}

/** A colour for a value: numbers are colours, records take theirs from their id. */
function colorOf(value: unknown): number {
  const number = typeof value === 'object' && value !== null && 'id' in value ? Number(value.id) : Number(value)
  if (Number.isFinite(number)) return Math.abs(Math.trunc(number)) % COLORS
  return (
    Array.from(typeof value === 'string' ? value : '').reduce((sum, one) => sum + (one.codePointAt(0) ?? 0), 0) % COLORS
  )
}

const timeOf = (local: string, { format }: PageContext): string =>
  new Intl.DateTimeFormat(format.language, { timeStyle: 'short', timeZone: 'UTC' }).format(new Date(`${local}Z`))

const dayText = (day: string, { format }: PageContext, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(format.language, { ...options, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))

function titleOf(
  scale: Scale,
  day: string,
  { from, until }: { from: string; until: string },
  page: PageContext,
): string {
  if (scale === 'year') return day.slice(0, 4)
  if (scale === 'month') return dayText(day, page, { month: 'long', year: 'numeric' })
  if (scale === 'day') return dayText(day, page, { dateStyle: 'full' })
  const format = new Intl.DateTimeFormat(page.format.language, { dateStyle: 'medium', timeZone: 'UTC' })
  return format.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${addDays(until, -1)}T00:00:00Z`))
}

/** Events under each day of the range on which they are. */
function daysOf(
  events: readonly Event[],
  { from, until }: { from: string; until: string },
  page: PageContext,
): object[] {
  const days = new Map<string, Event[]>()
  for (const event of events) {
    const first = event.start.slice(0, 10)
    const day = first < from ? from : first
    if (day < until) days.set(day, [...(days.get(day) ?? []), event])
  }
  return [...days]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([day, own]) => ({ day, label: dayText(day, page, { dateStyle: 'full' }), events: own }))
}

/** A small month of which each day is a link. */
function monthView(
  day: string,
  { page, weekStart, href, scale, day: chosen }: Calendar,
  events: readonly Event[],
): object {
  const first = `${day.slice(0, 7)}-01`
  const start = weekOf(first, weekStart)
  const busy = new Set(events.map((event) => event.start.slice(0, 10)))
  const end = addMonths(first, 1)
  const weeks: object[][] = []
  for (let week = start; week < end; week = addDays(week, 7))
    weeks.push(
      Array.from({ length: 7 }, (_, i) => addDays(week, i)).map((one) => ({
        number: Number(one.slice(8)),
        label: dayText(one, page, { dateStyle: 'long' }),
        href: href({ date: one, ...(scale === 'year' ? { scale: 'day' } : {}) }),
        isOther: one.slice(0, 7) !== first.slice(0, 7),
        isToday: one === page.today,
        isChosen: one === chosen && scale !== 'year',
        isBusy: busy.has(one),
      })),
    )
  return {
    title: dayText(first, page, { month: 'long', year: 'numeric' }),
    names: Array.from({ length: 7 }, (_, i) => dayText(addDays(start, i), page, { weekday: 'narrow' })),
    weeks,
  }
}

/** The records that a value of a field refers to. */
function valuesOf(value: unknown): readonly { readonly id: number; readonly display_name?: string }[] {
  const list = Array.isArray(value) ? value : [value]
  return list.filter((one): one is { id: number } => typeof one === 'object' && one !== null && 'id' in one)
}

/** A record is left out when all its values of a filter are switched off. */
function isHidden(record: Values, { filters }: CalendarArch, hidden: ReadonlySet<string>): boolean {
  return filters.some(({ name }) => {
    const keys = valuesOf(record[name]).map(({ id }) => `${name}:${id}`)
    return keys.length > 0 && keys.every((key) => hidden.has(key))
  })
}

function filtersView({ arch, records, hidden, href }: Calendar): object[] {
  return arch.filters.map(({ name, description }) => {
    const values = new Map(
      records
        .flatMap((record) => valuesOf(record[name]))
        .map(({ id, display_name: label }) => [id, label ?? String(id)]),
    )
    return {
      label: description.string,
      values: [...values]
        .toSorted(([, a], [, b]) => a.localeCompare(b))
        .map(([id, label]) => {
          const key = `${name}:${id}`
          const rest = hidden.has(key) ? [...hidden].filter((one) => one !== key) : [...hidden, key]
          return {
            label,
            color: colorOf(id),
            isOn: !hidden.has(key),
            href: href({ hide: rest.length > 0 ? rest.join(',') : null }),
          }
        }),
    }
  })
}
