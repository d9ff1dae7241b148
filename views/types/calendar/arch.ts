import { attr, fieldNodes, flag, parseArch } from '../../arch/node.ts'
import type { PageContext } from '../../page.ts'
import { placeOf, specificationOf } from '../../widgets/place.ts'
import type { FieldPlace, FieldSpecification } from '../../widgets/widget.ts'

export const SCALES = ['day', 'week', 'month', 'year'] as const
export type Scale = (typeof SCALES)[number]

/** A calendar's arch, read once: which fields say when, and what is shown of an event. */
export interface CalendarArch {
  readonly start: string
  readonly stop: string | null
  /** Hours from the start on. */
  readonly delay: string | null
  readonly allDay: string | null
  readonly color: string | null
  readonly mode: Scale
  readonly scales: readonly Scale[]
  readonly quickCreate: boolean
  readonly popup: boolean
  readonly create: boolean
  readonly edit: boolean
  readonly delete: boolean
  readonly limit: number
  /** Fields that an event shows beside its title. */
  readonly shown: readonly FieldPlace[]
  /** Fields by whose values events can be left out. */
  readonly filters: readonly FieldPlace[]
  readonly specification: Readonly<Record<string, FieldSpecification>>
}

const MOST_EVENTS = 500

/** What a calendar of a model's arch shows, and what must be read for it; `null` without a field that says when. */
export function readCalendarArch(text: string, model: string, models: PageContext['models']): CalendarArch | null {
  const fields = models[model] ?? {}
  const root = parseArch(text)
  const named = (attribute: string): string | null => {
    const name = attr(root, attribute)
    return name !== null && fields[name] ? name : null
  }
  const start = named('date_start')
  if (start === null) return null
  const places = fieldNodes(root).flatMap((node) => placeOf(node, fields, model) ?? [])
  const scales = (attr(root, 'scales') ?? SCALES.join(','))
    .split(',')
    .map((one) => one.trim())
    .filter((one): one is Scale => (SCALES as readonly string[]).includes(one))
  const mode = attr(root, 'mode')
  const own = [start, named('date_stop'), named('date_delay'), named('all_day'), named('color')]
  const color = named('color')
  return {
    start,
    stop: named('date_stop'),
    delay: named('date_delay'),
    allDay: named('all_day'),
    color,
    mode: scales.find((one) => one === mode) ?? (scales.includes('week') ? 'week' : (scales[0] ?? 'week')),
    scales,
    quickCreate: flag(root, 'quick_create', true),
    popup: flag(root, 'event_open_popover', false) || flag(root, 'event_open_popup', true),
    create: flag(root, 'create', true),
    edit: flag(root, 'edit', true),
    delete: flag(root, 'delete', true),
    limit: Number(attr(root, 'event_limit')) || MOST_EVENTS,
    shown: places.filter(({ modifiers, name }) => modifiers.invisible !== true && name !== 'display_name'),
    filters: places.filter(({ attributes }) => ['1', 'True', 'true'].includes(attributes['filters'] ?? '')),
    specification: {
      ...Object.fromEntries(
        own.flatMap((name) =>
          name === null ? [] : [[name, fields[name]?.type === 'many2one' ? { fields: { display_name: {} } } : {}]],
        ),
      ),
      ...specificationOf(places, models),
      display_name: {},
    },
  }
}
