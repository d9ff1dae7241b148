import * as fc from 'fast-check'
import { DateTime } from 'luxon'
import t from 'tap'
import {
  addTo,
  formatDatetime,
  fromZone,
  isDate,
  parseDate,
  parseDatetime,
  startOf,
  today,
  toZone,
} from '../../../core/tools/dates.ts'
import { isZone } from '../../../core/tools/zones.ts'

const instants = fc.date({ min: new Date('1980-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
const days = instants.map((instant) => instant.toISOString().slice(0, 10))
const zones = fc.constantFrom('Europe/Brussels', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC')

t.test('parseDatetime', async (t) => {
  t.test('reads the server form and ISO forms', async (t) => {
    const forms: [string, string][] = [
      ['2026-02-03', '2026-02-03T00:00:00.000Z'],
      ['2026-02-03 04:05', '2026-02-03T04:05:00.000Z'],
      ['2026-02-03 04:05:06', '2026-02-03T04:05:06.000Z'],
      ['2026-02-03 04:05:06.789', '2026-02-03T04:05:06.789Z'],
      ['2026-02-03T04:05:06Z', '2026-02-03T04:05:06.000Z'],
      ['2026-02-03T04:05:06.123456+02:00', '2026-02-03T02:05:06.123Z'],
      ['0050-03-01', '0050-03-01T00:00:00.000Z'],
    ]
    for (const [text, iso] of forms) t.equal(parseDatetime(text)?.toISOString(), iso, text)
  })

  t.test('refuses what is not a day and time that exist', async (t) => {
    const wrong = ['', '2026', '2026-02-30', '2025-02-29', '2026-13-01', '2026-00-10', '0000-01-01', '2026-01-00']
    const times = ['2026-01-01 24:00:00', '2026-01-01 10:60', '2026-01-01 10', '2026-01-01 10:00:00 x', '1/2/2026']
    for (const text of [...wrong, ...times]) t.equal(parseDatetime(text), undefined, text)
  })

  t.test('reads back what formatDatetime wrote', async () => {
    fc.assert(
      fc.property(instants, (instant) => {
        return parseDatetime(formatDatetime(instant))?.getTime() === Math.floor(instant.getTime() / 1000) * 1000
      }),
    )
  })
})

t.test('parseDate gives the day of a text, isDate accepts a bare day only', async (t) => {
  t.equal(parseDate('2024-02-29'), '2024-02-29')
  t.equal(parseDate('2024-02-29 23:59:59'), '2024-02-29')
  t.equal(parseDate('2026-02-30'), undefined)
  t.equal(isDate('2024-02-29'), true)
  t.equal(isDate('2024-02-29 10:00:00'), false)
  t.equal(isDate('tomorrow'), false)
})

t.test('startOf', async (t) => {
  t.test('cuts a local time, and keeps its form', async (t) => {
    t.equal(startOf('2026-05-20 13:45:10', 'hour'), '2026-05-20 13:00:00')
    t.equal(startOf('2026-05-20 13:45:10', 'day'), '2026-05-20 00:00:00')
    t.equal(startOf('2026-05-20', 'week'), '2026-05-18')
    t.equal(startOf('2026-05-20', 'week', 7), '2026-05-17')
    t.equal(startOf('2026-05-17', 'week', 7), '2026-05-17')
    t.equal(startOf('2026-05-20', 'month'), '2026-05-01')
    t.equal(startOf('2026-05-20', 'quarter'), '2026-04-01')
    t.equal(startOf('1969-05-20', 'year'), '1969-01-01')
  })

  t.test('gives a day of the asked weekday, at most six days before', async () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 7 }), (day, weekStart) => {
        const start = DateTime.fromISO(startOf(day, 'week', weekStart))
        const distance = DateTime.fromISO(day).diff(start, 'days').days
        return start.weekday === weekStart && distance >= 0 && distance <= 6
      }),
    )
  })

  t.test('refuses a text that is no date', async (t) => {
    t.throws(() => startOf('2026-02-30', 'month'), { code: 'DATE_INVALID' })
  })
})

t.test('addTo', async (t) => {
  t.test('takes the last day of a shorter month', async (t) => {
    t.equal(addTo('2026-01-31', 1, 'month'), '2026-02-28')
    t.equal(addTo('2024-02-29', -1, 'year'), '2023-02-28')
    t.equal(addTo('2026-01-31 10:20:30', 1, 'quarter'), '2026-04-30 10:20:30')
    t.equal(addTo('2026-12-31 23:30:00', 1, 'hour'), '2027-01-01 00:30:00')
  })

  t.test('agrees with luxon', async () => {
    const units = fc.constantFrom('day', 'week', 'month', 'quarter', 'year' as const)
    fc.assert(
      fc.property(days, fc.integer({ min: -500, max: 500 }), units, (day, count, unit) => {
        return (
          addTo(day, count, unit) ===
          DateTime.fromISO(day, { zone: 'utc' })
            .plus({ [unit]: count })
            .toISODate()
        )
      }),
    )
  })

  t.test('refuses to leave the years 1 to 9999', async (t) => {
    t.throws(() => addTo('9999-12-31', 1, 'day'), { code: 'DATE_INVALID' })
  })
})

t.test('time zones', async (t) => {
  t.test('toZone gives the local time', async (t) => {
    t.equal(toZone('2026-01-15 23:30:00', 'Europe/Brussels'), '2026-01-16 00:30:00')
    t.equal(toZone('2026-07-15 23:30:00', 'Europe/Brussels'), '2026-07-16 01:30:00')
    t.equal(toZone('2026-07-15 23:30:00', 'UTC'), '2026-07-15 23:30:00')
  })

  t.test('toZone agrees with luxon', async () => {
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const expected = DateTime.fromJSDate(instant, { zone }).toFormat('yyyy-MM-dd HH:mm:ss')
        return toZone(formatDatetime(instant), zone) === expected
      }),
    )
  })

  t.test('fromZone leads back to the instant, or to the first of two with that local time', async () => {
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const text = formatDatetime(instant)
        const local = toZone(text, zone)
        const back = fromZone(local, zone)
        return back <= text && toZone(back, zone) === local
      }),
    )
  })

  t.test('fromZone takes the first of two instants, and moves a skipped time behind the gap', async (t) => {
    t.equal(fromZone('2026-10-25 02:30:00', 'Europe/Brussels'), '2026-10-25 00:30:00')
    t.equal(fromZone('2026-03-29 02:30:00', 'Europe/Brussels'), '2026-03-29 01:30:00')
    t.equal(toZone('2026-03-29 01:30:00', 'Europe/Brussels'), '2026-03-29 03:30:00')
  })

  t.test('today depends on the zone', async (t) => {
    const now = new Date('2026-03-01T23:30:00Z')
    t.equal(today('UTC', now), '2026-03-01')
    t.equal(today('Asia/Tokyo', now), '2026-03-02')
  })

  t.test('an unknown zone is refused by name', async (t) => {
    t.throws(() => toZone('2026-01-01 00:00:00', 'Mars/Base'), { code: 'TIME_ZONE_UNKNOWN', message: /Mars\/Base/ })
    t.equal(isZone('Mars/Base'), false)
    t.equal(isZone('Europe/Paris'), true)
  })
})
