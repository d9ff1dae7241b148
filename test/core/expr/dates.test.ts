import t from 'tap'
import { evaluate } from '../../../core/expr/evaluate.ts'

const clock = { now: new Date('2026-03-15T22:30:00Z'), zone: 'Europe/Brussels' }
const utc = { now: clock.now }

const gives = (
  t: { equal: (found: unknown, wanted: unknown, message: string) => unknown },
  cases: [string, unknown][],
) => {
  for (const [source, value] of cases) t.equal(evaluate(source, {}, clock), value, source)
}

t.test('the clock', async (t) => {
  t.test('is in the zone of the run', async (t) => {
    gives(t, [
      ['context_today()', '2026-03-15'],
      ['datetime.datetime.now()', '2026-03-15 23:30:00'],
      ['datetime.date.today().isoformat()', '2026-03-15'],
      ['datetime.datetime.utcnow()', '2026-03-15 22:30:00'],
      ["time.strftime('%Y-%m-01')", '2026-03-01'],
      ['today', '2026-03-15'],
      ['current_date', '2026-03-15'],
      ['now', '2026-03-15 23:30:00'],
    ])
  })

  t.test('is in UTC unless told', async (t) => {
    t.equal(evaluate('datetime.datetime.now()', {}, utc), '2026-03-15 22:30:00')
  })

  t.test('gives the bounds of a local day in UTC', async (t) => {
    const source =
      "datetime.datetime.combine(context_today(), datetime.time(0,0,0)).to_utc().strftime('%Y-%m-%d %H:%M:%S')"
    t.equal(evaluate(source, {}, clock), '2026-03-14 23:00:00')
  })
})

t.test('timedelta moves dates by days and datetimes by seconds', async (t) => {
  gives(t, [
    ['context_today() - datetime.timedelta(days=20)', '2026-02-23'],
    ['context_today() - datetime.timedelta(weeks=1, hours=5)', '2026-03-08'],
    ['datetime.datetime.now() + datetime.timedelta(hours=1, minutes=-30)', '2026-03-16 00:00:00'],
    ["(datetime.now() - timedelta(days=3)).strftime('%Y-%m-%d %H:%M')", '2026-03-12 23:30'],
    ['(context_today() - datetime.date(2026, 1, 1)).days', 73],
    ['(datetime.timedelta(days=1) * 2 - datetime.timedelta(hours=12)).total_seconds()', 129600],
    ['datetime.timedelta(1) > datetime.timedelta(hours=23)', true],
  ])
})

t.test('relativedelta adds plural parts and sets singular parts', async (t) => {
  gives(t, [
    ['context_today() + relativedelta(months=-1)', '2026-02-15'],
    ['context_today() + relativedelta(day=31, months=1)', '2026-04-30'],
    ['context_today() + relativedelta(day=1, months=-1, days=-1)', '2026-01-31'],
    ['context_today() - relativedelta(years=2, weeks=1)', '2024-03-08'],
    ['context_today() + relativedelta(weekday=0)', '2026-03-16'],
    ['context_today() + relativedelta(days=-6, weekday=0)', '2026-03-09'],
    ['datetime.datetime.now() + relativedelta(hour=0, minute=0, second=0)', '2026-03-15 00:00:00'],
    ['context_today() + relativedelta(hours=5)', '2026-03-15 05:00:00'],
    ['datetime.date(2024, 2, 29) + relativedelta(years=1)', '2025-02-28'],
    ['context_today() + (relativedelta(months=1) + relativedelta(days=1))', '2026-04-16'],
    ['context_today() + -relativedelta(months=1)', '2026-02-15'],
  ])
})

t.test('dates have parts and methods', async (t) => {
  gives(t, [
    ["context_today().strftime('%d/%m/%y %A %b %j W%V %%')", '15/03/26 Sunday Mar 074 W11 %'],
    ['context_today().year * 10000 + context_today().month * 100 + context_today().day', 20260315],
    ['context_today().weekday()', 6],
    ['context_today().replace(day=1)', '2026-03-01'],
    ['datetime.datetime(2026, 1, 2, 3, 4, 5).isoformat()', '2026-01-02T03:04:05'],
    ['datetime.datetime.now().date()', '2026-03-15'],
    ['datetime.datetime.now().hour', 23],
    ['context_today() == datetime.date(2026, 3, 15)', true],
    ["'2026-03-01' < context_today()", true],
    ["str(context_today()) + '!'", '2026-03-15!'],
    ["'%s' % context_today()", '2026-03-15'],
    ['[context_today()][0] < context_today() + relativedelta(days=1)', true],
  ])
})

t.test('an instant of the scope is a datetime', async (t) => {
  t.equal(evaluate('at + datetime.timedelta(days=1)', { at: new Date('2026-01-01T10:00:00Z') }), '2026-01-02 10:00:00')
})

t.test('impossible dates and arguments are refused', async (t) => {
  t.throws(() => evaluate('datetime.date(2026, 2, 30)'), { code: 'EXPR_TYPE' })
  t.throws(() => evaluate('context_today() + relativedelta(years=9000)'), { code: 'EXPR_LIMIT' })
  t.throws(() => evaluate('relativedelta(moths=1)'), { code: 'EXPR_TYPE', message: /moths/ })
  t.throws(() => evaluate('context_today() + 1'), { code: 'EXPR_TYPE' })
  t.throws(() => evaluate('context_today().yesterday()'), { code: 'EXPR_TYPE' })
  t.throws(() => evaluate('datetime.datetime.nwo()'), { code: 'EXPR_NAME', message: /did you mean 'now'/ })
})
