import t from 'tap'
import { DIALECTS } from '#test/env.ts'
import { baseEnv, baseRuntime } from './base-env.ts'
import { formatMistake, formatNumber, interpolate } from '../models/ir_sequence_format.ts'

t.test('placeholders', async (t) => {
  const moments = { current: '2026-12-31 23:05:09', effective: '2025-02-03', range: '2024-01-01' }

  t.test('stand for the date of the document, of the range, or for now', async (t) => {
    t.equal(interpolate('%(year)s-%(y)s-%(month)s-%(day)s/', moments), '2025-25-02-03/')
    t.equal(interpolate('%(range_year)s %(current_year)s', moments), '2024 2026')
    t.equal(interpolate('%(current_h24)s:%(current_h12)s:%(current_min)s:%(current_sec)s', moments), '23:11:05:09')
  })

  t.test('count days and weeks as calendars do', async (t) => {
    const parts = '%(doy)s %(woy)s %(weekday)s %(isoyear)s-%(isoy)s-%(isoweek)s'
    const on = (effective: string): string => interpolate(parts, { ...moments, effective })
    t.equal(on('2025-02-03'), '034 05 1 2025-25-06')
    t.equal(on('2024-12-30'), '365 53 1 2025-25-01')
    t.equal(on('2027-01-01'), '001 00 5 2026-26-53')
  })

  t.test('that do not exist are named, a per cent sign is written twice', async (t) => {
    t.equal(interpolate('100%%/', moments), '100%/')
    t.throws(() => interpolate('%(years)s', moments), { code: 'SEQUENCE_PLACEHOLDER' })
    t.match(formatMistake('%(years)s'), '%(years)s')
    t.equal(formatMistake('%(range_isoweek)s%%'), undefined)
  })

  t.test('zeros fill up to the size, the sign included', async (t) => {
    t.equal(formatNumber('A/', 7, 4, '/Z'), 'A/0007/Z')
    t.equal(formatNumber('', 12345, 3, ''), '12345')
    t.equal(formatNumber('', -7, 4, ''), '-007')
  })
})

for (const dialect of DIALECTS) {
  t.test(`sequences on ${dialect}`, async (t) => {
    t.test('write prefix, zeros and suffix, and count in steps', async (t) => {
      const env = await baseEnv(t, dialect)
      const sequences = env['ir.sequence']
      const one = await sequences.create([
        { name: 'S', code: 'test', prefix: 'A/', suffix: '/Z', padding: 4, number_next: 7, number_increment: 2 },
      ])

      t.equal(await sequences.next_by_code('test'), 'A/0007/Z')
      t.equal(await one.next_by_id(), 'A/0009/Z')
      t.match(await one.load(['number_next_actual']), [{ number_next_actual: 11 }])
      t.equal(await sequences.next_by_code('none'), null)
    })

    t.test('go on from the number that a person sets, and in the step', async (t) => {
      const env = await baseEnv(t, dialect)
      const one = await env['ir.sequence'].create([{ name: 'S', code: 'test' }])
      await one.next_by_id()
      await one.write({ number_next_actual: 40 })
      t.equal(await one.next_by_id(), '40')
      await one.write({ number_increment: 5 })
      t.equal(await one.next_by_id(), '41')
      t.equal(await one.next_by_id(), '46')
      await one.write({ implementation: 'no_gap' })
      t.equal(await one.next_by_id(), '51')
      await one.write({ implementation: 'standard' })
      t.equal(await one.next_by_id(), '56')
      t.match(await one.load(['number_next_actual']), [{ number_next_actual: 61 }])
    })

    t.test('fill placeholders as of the date of the context', async (t) => {
      const env = await baseEnv(t, dialect, { ir_sequence_date: '2025-02-03' })
      await env['ir.sequence'].create([
        { name: 'S', code: 'test', prefix: '%(year)s-%(y)s-%(month)s-%(day)s/', padding: 3 },
      ])
      t.equal(await env['ir.sequence'].next_by_code('test'), '2025-25-02-03/001')
      await t.rejects(env['ir.sequence'].next_by_code('test', 'soon'), { code: 'SEQUENCE_DATE' })
    })

    for (const implementation of ['standard', 'no_gap'] as const) {
      t.test(`with date ranges each year counts by itself, ${implementation}`, async (t) => {
        const env = await baseEnv(t, dialect)
        await env['ir.sequence'].create([
          { name: 'S', code: 'test', prefix: '%(range_year)s-', padding: 3, implementation, use_date_range: true },
        ])
        const next = (day: string): Promise<string | null> => env['ir.sequence'].next_by_code('test', day)
        t.same(
          [await next('2024-06-01'), await next('2024-07-01'), await next('2025-01-01'), await next('2024-12-31')],
          ['2024-001', '2024-002', '2025-001', '2024-003'],
        )
      })
    }

    t.test('a new date range leaves out what other ranges cover', async (t) => {
      const env = await baseEnv(t, dialect)
      const one = await env['ir.sequence'].create([
        {
          name: 'S',
          use_date_range: true,
          date_range_ids: [
            { create: { date_from: '2024-01-01', date_to: '2024-03-31', number_next: 5 } },
            { create: { date_from: '2024-10-01', date_to: '2025-02-28' } },
          ],
        },
      ])
      t.equal(await one.next_by_id('2024-02-01'), '5')
      t.equal(await one.next_by_id('2024-05-01'), '1')
      t.match(await one.load(['date_range_ids.date_from', 'date_range_ids.date_to']), [
        {
          date_range_ids: [
            { date_from: '2024-01-01', date_to: '2024-03-31' },
            { date_from: '2024-04-01', date_to: '2024-09-30' },
            { date_from: '2024-10-01', date_to: '2025-02-28' },
          ],
        },
      ])
    })

    t.test('the own company comes before all companies, others do not count', async (t) => {
      const env = await baseEnv(t, dialect)
      const other = await env['res.company'].create([{ name: 'Other', currency_id: 1 }])
      await env['ir.sequence'].create([
        { name: 'Shared', code: 'test', prefix: 'S', company_id: null },
        { name: 'Other', code: 'test', prefix: 'O', company_id: other.ids[0] as number },
      ])
      t.equal(await env['ir.sequence'].next_by_code('test'), 'S1')
      await env['ir.sequence'].create([{ name: 'Own', code: 'test', prefix: 'M', company_id: 1 }])
      t.equal(await env['ir.sequence'].next_by_code('test'), 'M1')
    })

    t.test('many numbers take as many queries as one', async (t) => {
      const env = await baseEnv(t, dialect)
      await env['ir.sequence'].create([{ name: 'S', code: 'test', use_date_range: true }])
      await env['ir.sequence'].next_by_code('test', '2024-01-01')
      const cost = async (count: number): Promise<number> => {
        env.transaction.cache.clear()
        const before = env.connection.queries
        const numbers = await env['ir.sequence']._next_by_code(
          'test',
          Array.from({ length: count }, () => '2024-01-01'),
        )
        t.equal(new Set(numbers).size, count)
        return env.connection.queries - before
      }
      t.equal(await cost(50), await cost(1))
    })

    t.test('a prefix that cannot be filled and a step of zero are refused', async (t) => {
      const env = await baseEnv(t, dialect)
      const create = (values: object): Promise<unknown> => env['ir.sequence'].create([{ name: 'S', ...values }])
      await t.rejects(create({ prefix: '%(jahr)s' }), { code: 'CONSTRAINT_FAILED', message: /jahr/ })
      await t.rejects(create({ number_increment: 0 }), { code: 'CONSTRAINT_FAILED' })
    })

    for (const implementation of ['standard', 'no_gap'] as const) {
      t.test(`calls at the same time get different numbers, ${implementation}`, async (t) => {
        const runtime = await baseRuntime(t, dialect)
        const system = { uid: 1, su: true }
        await runtime.call(system, 'write', (env) =>
          env['ir.sequence'].create([{ name: 'S', code: 'test', implementation }]),
        )
        const draw = (fail: boolean): Promise<string | null> =>
          runtime.call(system, 'write', async (env) => {
            const number = await env['ir.sequence'].next_by_code('test')
            if (fail) throw new RangeError('undone')
            return number
          })
        const calls = await Promise.allSettled(Array.from({ length: 12 }, (_, i) => draw(i % 3 === 1)))
        const numbers = calls.flatMap((call) => (call.status === 'fulfilled' ? [Number(call.value)] : []))
        t.equal(new Set(numbers).size, 8, 'no number twice')
        t.ok(calls.every((call) => call.status === 'fulfilled' || call.reason instanceof RangeError))
        if (implementation === 'no_gap')
          t.same(
            numbers.sort((a, b) => a - b),
            [1, 2, 3, 4, 5, 6, 7, 8],
            'no gap',
          )
      })
    }

    t.test('calls at the same time share the date range that a new year needs', async (t) => {
      const runtime = await baseRuntime(t, dialect)
      const system = { uid: 1, su: true }
      await runtime.call(system, 'write', (env) =>
        env['ir.sequence'].create([{ name: 'S', code: 'test', use_date_range: true }]),
      )
      const numbers = await Promise.all(
        Array.from({ length: 6 }, () =>
          runtime.call(system, 'write', (env) => env['ir.sequence'].next_by_code('test', '2031-05-01')),
        ),
      )
      t.equal(new Set(numbers).size, 6)
      t.equal(await runtime.call(system, 'read', (env) => env['ir.sequence.date_range'].search_count([])), 1)
    })

    t.test('deleting a sequence leaves nothing behind', async (t) => {
      const env = await baseEnv(t, dialect)
      const one = await env['ir.sequence'].create([{ name: 'S', use_date_range: true }])
      await one.next_by_id('2024-01-01')
      await one.unlink()
      t.equal(await env['ir.sequence.date_range'].search_count([]), 0)
      t.equal(await env['ir.sequence'].next_by_code('test'), null)
    })
  })
}
