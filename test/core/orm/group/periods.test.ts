import t from 'tap'
import { periodLabel } from '#core/orm/group/periods.ts'
import { readGroup } from '#core/orm/group/read-group.ts'
import { DIALECTS, layersEnv } from '#test/env.ts'
import { filled, fourDeals, pipeline } from './fixture.ts'

t.test('periodLabel', async (t) => {
  t.test('counts weeks from the one of January 1, or as ISO 8601 where they begin on Monday', async (t) => {
    t.equal(periodLabel('2026-12-27', 'week', 'en_US', 7), 'W1 2027')
    t.equal(periodLabel('2026-12-20', 'week', 'en_US', 7), 'W52 2026')
    t.equal(periodLabel('2026-12-28', 'week', 'fr_FR', 1), 'W53 2026')
    t.equal(periodLabel('2027-01-04', 'week', 'fr_FR', 1), 'W1 2027')
    t.equal(periodLabel('2024-12-30', 'week', 'de_DE', 1), 'W1 2025')
  })

  t.test('names months as they stand in a date, in any language', async (t) => {
    t.equal(periodLabel('2026-05-01', 'month', 'pl_PL', 1), 'maja 2026')
    t.equal(periodLabel('2026-05-01', 'month', 'zh_CN', 1), '五月 2026')
    t.equal(periodLabel('2026-05-01', 'month', 'th_TH', 7), 'พฤษภาคม 2026')
    t.equal(periodLabel('2026-05-01', 'month', 'sr@latin', 1), 'maj 2026')
    t.equal(periodLabel('2026-05-01', 'month', 'no such language', 1), 'May 2026')
    t.equal(periodLabel('2026-05-01', 'quarter', 'nl_BE', 1), 'K2 2026')
  })

  t.test('shows hours from 01 to 12', async (t) => {
    t.equal(periodLabel('2026-05-01 00:00:00', 'hour', 'en_US', 7), '12:00 01 May')
    t.equal(periodLabel('2026-05-01 14:00:00', 'hour', 'en_US', 7), '02:00 01 May')
  })
})

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    t.test('groups dates by month: label, count, domain and range', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      await fourDeals(env)
      t.same(
        await readGroup(env, 'pipe.deal', {
          domain: [['name', '!=', 'x']],
          fields: ['amount'],
          groupby: ['deadline:month'],
        }),
        [
          {
            'deadline:month': 'January 2026',
            deadline_count: 2,
            amount: 150,
            __domain: [
              '&',
              ['name', '!=', 'x'],
              '&',
              ['deadline', '>=', '2026-01-01'],
              ['deadline', '<', '2026-02-01'],
            ],
            __range: { 'deadline:month': { from: '2026-01-01', to: '2026-02-01' } },
          },
          {
            'deadline:month': 'April 2026',
            deadline_count: 1,
            amount: 30,
            __domain: [
              '&',
              ['name', '!=', 'x'],
              '&',
              ['deadline', '>=', '2026-04-01'],
              ['deadline', '<', '2026-05-01'],
            ],
            __range: { 'deadline:month': { from: '2026-04-01', to: '2026-05-01' } },
          },
          {
            'deadline:month': false,
            deadline_count: 1,
            amount: 5,
            __domain: ['&', ['name', '!=', 'x'], ['deadline', '=', false]],
            __range: { 'deadline:month': false },
          },
        ],
      )
    })

    t.test('groups dates by every granularity, by month without one', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      await fourDeals(env)
      const ask = async (spec: string) =>
        (await readGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: spec })).map((group) => [
          group[spec],
          group['deadline_count'],
          (group['__range'] as Record<string, unknown>)[spec],
        ])
      const none = [false, 1, false]
      t.same(await ask('deadline:day'), [
        ['05 Jan 2026', 1, { from: '2026-01-05', to: '2026-01-06' }],
        ['20 Jan 2026', 1, { from: '2026-01-20', to: '2026-01-21' }],
        ['01 Apr 2026', 1, { from: '2026-04-01', to: '2026-04-02' }],
        none,
      ])
      t.same(await ask('deadline:week'), [
        ['W2 2026', 1, { from: '2026-01-04', to: '2026-01-11' }],
        ['W4 2026', 1, { from: '2026-01-18', to: '2026-01-25' }],
        ['W14 2026', 1, { from: '2026-03-29', to: '2026-04-05' }],
        none,
      ])
      t.same(await ask('deadline:quarter'), [
        ['Q1 2026', 2, { from: '2026-01-01', to: '2026-04-01' }],
        ['Q2 2026', 1, { from: '2026-04-01', to: '2026-07-01' }],
        none,
      ])
      t.same(await ask('deadline:year'), [['2026', 3, { from: '2026-01-01', to: '2027-01-01' }], none])
      t.match(await ask('deadline'), [['January 2026', 2], ['April 2026', 1], none])
    })

    t.test('groups dates by numbers, which have no range', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      await fourDeals(env)
      const ask = async (spec: string) =>
        (await readGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: spec })).map((group) => [
          group[spec],
          group['deadline_count'],
        ])
      t.same(
        await readGroup(env, 'pipe.deal', {
          domain: [],
          fields: [],
          groupby: 'deadline:month_number',
          orderby: 'deadline:month_number desc',
        }),
        [
          { 'deadline:month_number': false, deadline_count: 1, __domain: [['deadline', '=', false]] },
          { 'deadline:month_number': 4, deadline_count: 1, __domain: [['deadline.month_number', '=', 4]] },
          { 'deadline:month_number': 1, deadline_count: 2, __domain: [['deadline.month_number', '=', 1]] },
        ],
      )
      t.same(await ask('deadline:day_of_week'), [
        [1, 1],
        [2, 1],
        [3, 1],
        [false, 1],
      ])
      t.same(await ask('deadline:quarter_number'), [
        [1, 2],
        [2, 1],
        [false, 1],
      ])
    })

    t.test('groups instants in the time zone of the context, with bounds in UTC', async (t) => {
      const env = (await layersEnv(t, [pipeline], dialect)).with({ context: { tz: 'Europe/Brussels' } })
      await env['pipe.deal'].create([
        { name: 'a', closed: new Date('2026-03-31T21:59:59Z') },
        { name: 'b', closed: new Date('2026-03-31T22:00:00Z') },
      ])
      t.same(await readGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: 'closed:month' }), [
        {
          'closed:month': 'March 2026',
          closed_count: 1,
          __domain: ['&', ['closed', '>=', '2026-02-28 23:00:00'], ['closed', '<', '2026-03-31 22:00:00']],
          __range: { 'closed:month': { from: '2026-02-28 23:00:00', to: '2026-03-31 22:00:00' } },
        },
        {
          'closed:month': 'April 2026',
          closed_count: 1,
          __domain: ['&', ['closed', '>=', '2026-03-31 22:00:00'], ['closed', '<', '2026-04-30 22:00:00']],
          __range: { 'closed:month': { from: '2026-03-31 22:00:00', to: '2026-04-30 22:00:00' } },
        },
      ])
      t.match(await readGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: 'closed:hour' }), [
        {
          'closed:hour': '11:00 31 Mar',
          __range: { 'closed:hour': { from: '2026-03-31 21:00:00', to: '2026-03-31 22:00:00' } },
        },
        {
          'closed:hour': '12:00 01 Apr',
          __range: { 'closed:hour': { from: '2026-03-31 22:00:00', to: '2026-03-31 23:00:00' } },
        },
      ])
      for (const spec of ['closed:day', 'closed:week', 'closed:hour', 'closed:hour_number']) {
        for (const group of await readGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: spec })) {
          t.equal(await env['pipe.deal'].search_count(group['__domain'] as []), group['closed_count'], spec)
        }
      }
    })

    t.test('speaks the language of the user, and begins weeks with it', async (t) => {
      const system = await layersEnv(t, [pipeline], dialect)
      await system.model('res.lang').create([
        { code: 'fr_FR', name: 'Français', week_start: '1' },
        { code: 'en_US', name: 'English', week_start: '7' },
      ])
      await fourDeals(system)
      const env = system.with({ context: { lang: 'fr_FR' } })
      const ask = async (spec: string) =>
        (await readGroup(env, 'pipe.deal', { domain: [['deadline', '!=', false]], fields: [], groupby: spec })).map(
          (group) => group[spec],
        )
      t.same(await ask('deadline:month'), ['janvier 2026', 'avril 2026'])
      t.same(await ask('deadline:day'), ['05 janv. 2026', '20 janv. 2026', '01 avr. 2026'])
      t.same(await ask('deadline:quarter'), ['T1 2026', 'T2 2026'])
      t.same(await ask('deadline:week'), ['W2 2026', 'W4 2026', 'W14 2026'])
      t.match(await readGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: 'deadline:week' }), [
        { __range: { 'deadline:week': { from: '2026-01-05', to: '2026-01-12' } } },
      ])
    })

    t.test('fills in the months between the first and the last when the context asks for it', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      await fourDeals(env)
      const ask = async (more: object, fill: Parameters<typeof filled>[0] = true) =>
        (
          await readGroup(env.with(filled(fill)), 'pipe.deal', {
            domain: [],
            fields: ['amount'],
            groupby: ['deadline:month'],
            ...more,
          })
        ).map((group) => [group['deadline:month'], group['deadline_count'], group['amount']])
      const months = [
        ['January 2026', 2, 150],
        ['February 2026', 0, false],
        ['March 2026', 0, false],
        ['April 2026', 1, 30],
      ]
      const none = [false, 1, 5]
      t.same(await ask({}), [...months, none])
      t.same(await ask({ orderby: 'deadline desc' }), [none, ...months.toReversed()])
      t.same((await ask({ orderby: 'amount' })).length, 3)
      t.same(await ask({}, { fill_from: '2025-12-24', fill_to: '2026-05-01' }), [
        ['December 2025', 0, false],
        ...months,
        ['May 2026', 0, false],
        none,
      ])
      t.same(await ask({ domain: [['name', '=', 'a']] }, { min_groups: 2 }), [
        ['January 2026', 1, 100],
        ['February 2026', 0, false],
      ])
      t.same((await ask({ domain: [['id', '=', 0]] })).length, 0)
      await t.rejects(ask({ groupby: ['deadline:day'] }, { fill_from: '1900-01-01' }), {
        code: 'GROUP_PERIODS_TOO_MANY',
      })
    })
  })
}
