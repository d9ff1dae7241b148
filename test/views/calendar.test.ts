/* Calendars as plain data: days, when records are, what dragging writes. */
import t from 'tap'
import '../../views/widgets/index.ts'
import { Formatter } from '../../views/format.ts'
import type { Fields, PageContext } from '../../views/page.ts'
import { readCalendarArch, type CalendarArch } from '../../views/types/calendar/arch.ts'
import { addMonths, isDay, rangeOf, step } from '../../views/types/calendar/days.ts'
import { valuesFor } from '../../views/types/calendar/values.ts'
import { calendarView, whenOf, type Calendar } from '../../views/types/calendar/view-model.ts'

const fields: Fields = {
  id: { name: 'id', type: 'integer', string: 'ID' },
  name: { name: 'name', type: 'char', string: 'Name' },
  day: { name: 'day', type: 'date', string: 'Day' },
  start: { name: 'start', type: 'datetime', string: 'Start' },
  stop: { name: 'stop', type: 'datetime', string: 'Stop' },
  hours: { name: 'hours', type: 'float', string: 'Hours' },
  whole: { name: 'whole', type: 'boolean', string: 'Whole day' },
  user_id: { name: 'user_id', type: 'many2one', string: 'Person', relation: 'res.users' },
}
const page: PageContext = {
  format: new Formatter('fr_FR', 'Europe/Brussels'),
  translate: (source) => source,
  models: { 'x.event': fields },
  context: { uid: 2 },
  today: '2026-03-31',
}

const archOf = (attributes: string): CalendarArch =>
  readCalendarArch(
    `<calendar ${attributes}><field name="name"/><field name="user_id" filters="1"/></calendar>`,
    'x.event',
    page.models,
  ) as CalendarArch

const TIMED = 'date_start="start" date_stop="stop" all_day="whole" color="user_id" mode="month" quick_create="0"'

function calendar(attributes: string, records: Calendar['records'], more: Partial<Calendar> = {}): Calendar {
  return {
    model: 'x.event',
    arch: archOf(attributes),
    fields,
    page,
    records,
    scale: 'week',
    day: '2026-03-31',
    weekStart: 1,
    now: new Date('2026-03-31T10:00:00Z'),
    hidden: new Set(),
    href: (change) => `?${new URLSearchParams(change as Record<string, string>).toString()}`,
    recordHref: (id) => `/odoo/events/${id}`,
    ...more,
  }
}

t.test('a scale shows whole weeks, from the day on which they begin', async (t) => {
  t.same(rangeOf('week', '2026-03-31', 1), { from: '2026-03-30', until: '2026-04-06' })
  t.same(rangeOf('week', '2026-03-29', 7), { from: '2026-03-29', until: '2026-04-05' })
  t.same(rangeOf('month', '2026-02-10', 7), { from: '2026-02-01', until: '2026-03-01' })
  t.same(rangeOf('month', '2026-03-10', 1), { from: '2026-02-23', until: '2026-04-06' })
  t.equal(step('month', '2026-01-31', 1), '2026-02-28')
  t.equal(step('year', '2028-02-29', 1), '2029-02-28')
  t.equal(addMonths('2026-01-15', -1), '2025-12-15')
  t.same(['2026-02-29', '2026-13-01', 'x', '2026-02-28'].map(isDay), [false, false, false, true])
})

t.test('records are when their fields say, in the zone of whoever looks', async (t) => {
  const when = (attributes: string, record: object): unknown =>
    whenOf(record as never, { arch: archOf(attributes), fields, page })
  t.same(when(TIMED, { start: '2026-03-31 08:30:00', stop: '2026-03-31 22:30:00', whole: false }), {
    start: '2026-03-31T10:30',
    end: '2026-04-01T00:30',
    allDay: false,
  })
  t.same(when(TIMED, { start: '2026-03-31 08:00:00', stop: '2026-04-01 18:00:00', whole: true }), {
    start: '2026-03-31',
    end: '2026-04-02',
    allDay: true,
  })
  t.match(when('date_start="start" date_delay="hours"', { start: '2026-03-28 23:00:00', hours: 2.5 }), {
    start: '2026-03-29T00:00',
    end: '2026-03-29T03:30',
  })
  t.same(when('date_start="day"', { day: '2026-03-31' }), { start: '2026-03-31', end: '2026-04-01', allDay: true })
  t.equal(when('date_start="day"', { day: false }), null)
})

t.test('what dragging writes puts the record where it lies', async (t) => {
  const timed = {
    zone: 'Europe/Brussels',
    start: 'start',
    startType: 'datetime',
    stop: 'stop',
    delay: null,
    allDay: 'whole',
  }
  const at = (text: string): Date => new Date(`${text}Z`)
  t.same(valuesFor(timed, { start: at('2026-03-29T10:30'), end: at('2026-03-29T12:00'), allDay: false }), {
    whole: false,
    start: '2026-03-29 08:30:00',
    stop: '2026-03-29 10:00:00',
  })
  t.same(valuesFor(timed, { start: at('2026-03-29T00:00'), end: at('2026-03-31T00:00'), allDay: true }), {
    whole: true,
    start: '2026-03-29 08:00:00',
    stop: '2026-03-30 18:00:00',
  })
  const delayed = { ...timed, stop: null, delay: 'hours', allDay: null }
  t.same(valuesFor(delayed, { start: at('2026-01-05T09:00'), end: at('2026-01-05T10:30'), allDay: false }), {
    start: '2026-01-05 08:00:00',
    hours: 1.5,
  })
  const dated = { ...timed, start: 'day', startType: 'date', stop: null, allDay: null }
  t.same(valuesFor(dated, { start: at('2026-03-29T00:00'), end: null, allDay: true }), { day: '2026-03-29' })
})

t.test('events stand under their days, in the words of the language', async (t) => {
  const view = calendarView(
    calendar(TIMED, [
      {
        id: 2,
        display_name: 'Late',
        name: 'Late',
        start: '2026-04-01 12:00:00',
        stop: '2026-04-01 13:00:00',
        whole: false,
        user_id: { id: 7, display_name: 'Ann' },
      },
      {
        id: 1,
        display_name: 'Early',
        name: 'Early',
        start: '2026-03-20 08:00:00',
        stop: '2026-04-03 13:00:00',
        whole: true,
        user_id: { id: 9, display_name: 'Bob' },
      },
    ]),
  )
  t.match(view, {
    title: /30 mars.{1,3}5 avr\. 2026/,
    days: [
      { label: 'lundi 30 mars 2026', events: [{ id: 1, time: '', href: '/odoo/events/1' }] },
      { label: 'mercredi 1 avril 2026', events: [{ id: 2, time: '14:00 – 15:00', color: 7 }] },
    ],
    filters: [{ label: 'Person', values: [{ label: 'Ann', isOn: true, href: '?hide=user_id%3A7' }, { label: 'Bob' }] }],
    previous: '?date=2026-03-24',
    state: { firstDay: 1, now: '2026-03-31T12:00', quickCreate: false, events: [{ id: 1, allDay: true }, { id: 2 }] },
  })
})

t.test('what is switched off is left out, but can be switched on again', async (t) => {
  const record = { id: 2, display_name: 'x', start: '2026-04-01 12:00:00', user_id: { id: 7, display_name: 'Ann' } }
  const view = calendarView(calendar(TIMED, [record], { hidden: new Set(['user_id:7']) }))
  t.match(view, { days: [], filters: [{ values: [{ label: 'Ann', isOn: false }] }] })
})

t.test('without a field that says when there is no calendar', async (t) => {
  t.equal(readCalendarArch('<calendar date_start="nowhere"/>', 'x.event', page.models), null)
})
