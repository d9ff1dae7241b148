import { weekStartOf } from '../../../core/orm/group/week.ts'
import { fromLocalInput } from '../../../views/moments.ts'
import type { Values } from '../../../views/page.ts'
import { readCalendarArch, SCALES, type CalendarArch, type Scale } from '../../../views/types/calendar/arch.ts'
import { isDay, rangeOf } from '../../../views/types/calendar/days.ts'
import { calendarView } from '../../../views/types/calendar/view-model.ts'
import { allOf } from '../../../views/types/search/combine.ts'
import { CALENDAR_UNDATED } from '../../errors.ts'
import type { ShownView, ViewKind, ViewRequest } from './kind.ts'

/** Records on their days; which day and how much around it the address says. */
export const calendar: ViewKind = {
  type: 'calendar',
  icon: 'calendar3',
  label: 'Calendar',
  async show(request: ViewRequest): Promise<ShownView> {
    const { calls, model, fields, page, search, state, href } = request
    const arch = readCalendarArch(request.arch, model, page.models)
    if (!arch) throw new CALENDAR_UNDATED(model)
    const { own } = state
    const scale = SCALES.find((one) => one === own['scale'] && arch.scales.includes(one)) ?? arch.mode
    const day = isDay(own['date'] ?? '') ? (own['date'] as string) : page.today
    const weekStart = await weekStartOf(calls.env)
    const { records } = await calls.call<{ records: Values[] }>(model, 'web_search_read', [], {
      domain: allOf([search.domain, within(arch, scale, day, weekStart, request)]),
      specification: arch.specification,
      limit: arch.limit,
      order: arch.start,
    })
    const content = calendarView({
      model,
      arch,
      fields,
      page,
      records,
      scale,
      day,
      weekStart,
      now: new Date(),
      hidden: new Set((own['hide'] ?? '').split(',').filter(Boolean)),
      href: (change) => href({ own: changed({ ...own, scale, date: day }, change) }),
      recordHref: (id) => request.recordHref(id),
    })
    return { content, canCreate: arch.create }
  },
}

function changed(
  own: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const all = Object.entries({ ...own, ...change })
  return Object.fromEntries(all.filter((one): one is [string, string] => one[1] !== null))
}

/** Events that are in the range at least in part. One whose end is only computed may begin up to a month before. */
function within(
  { start, stop, delay }: CalendarArch,
  scale: Scale,
  day: string,
  weekStart: number,
  { fields, page }: ViewRequest,
): readonly unknown[] {
  const { from, until } = rangeOf(scale, day, weekStart)
  const edge = (name: string, one: string): string =>
    fields[name]?.type === 'date' ? one : fromLocalInput(`${one}T00:00`, page.format.zone)
  const begins = [start, '<', edge(start, until)]
  const late = [start, '>=', edge(start, from)]
  if (stop !== null && fields[stop]?.searchable !== false)
    return ['&', begins, '|', late, [stop, '>=', edge(stop, from)]]
  return delay === null ? ['&', begins, late] : ['&', begins, [start, '>=', edge(start, monthBefore(from))]]
}

const monthBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 31 * 86_400_000).toISOString().slice(0, 10)
