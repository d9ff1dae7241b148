import t from 'tap'
import { askedFields, readRecords } from '#core/wire/read.ts'
import { databases } from '#test/databases.ts'
import { DIALECTS } from '#test/env.ts'
import { kinds } from '#test/models/kinds.ts'
import { plain } from '#test/plain.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const open = databases(t, dialect)
    t.test('a day has no time and no zone', async (t) => {
      const env = await open(t, [kinds], { tz: 'Pacific/Auckland' })
      const samples = await env['kinds.sample'].create([
        { day: '2026-03-31' },
        { day: '2026-03-31 23:59:59' },
        { day: new Date('2026-03-31T22:00:00Z') as never },
        {},
      ])
      t.match(plain(await samples.load(['day'])), [
        { day: '2026-03-31' },
        { day: '2026-03-31' },
        { day: '2026-03-31' },
        { day: null },
      ])
      t.equal(await env['kinds.sample'].search_count([['day', '=', '2026-03-31']]), 3)
    })

    t.test('a moment is kept in UTC to the second, whatever the zone of its reader', async (t) => {
      const env = await open(t, [kinds], { tz: 'Asia/Kathmandu' })
      const sample = await env['kinds.sample'].create([{ moment: new Date('2026-03-31T08:30:15.999Z') }])
      t.same((await sample.load(['moment']))[0]!.moment, new Date('2026-03-31T08:30:15Z'))
      const info = env.registry.get('kinds.sample')
      t.match(await readRecords(env, info.name, sample.ids, await askedFields(env, info, ['moment']), 'pairs'), [
        { moment: '2026-03-31 08:30:15' },
      ])
      await env.model('kinds.sample', sample.ids).write({ moment: '2026-03-31 10:00:00' })
      t.same((await sample.load(['moment']))[0]!.moment, new Date('2026-03-31T10:00:00Z'))
      await env.model('kinds.sample', sample.ids).write({ moment: '2026-03-31T10:00:00+02:00' })
      t.same((await sample.load(['moment']))[0]!.moment, new Date('2026-03-31T08:00:00Z'))
    })

    t.test('a day that does not exist is refused', async (t) => {
      const env = await open(t, [kinds])
      for (const day of ['2026-02-29', '31/03/2026', 'tomorrow', '2026-13-01']) {
        await t.rejects(
          env['kinds.sample'].create([{ day }]),
          { code: 'VALUE_WRONG', message: /kinds\.sample\.day/ },
          day,
        )
        await t.rejects(env.model('kinds.sample').create([{ moment: day }]), { code: 'VALUE_WRONG' }, day)
      }
      await t.rejects(env['kinds.sample'].create([{ moment: new Date(Number.NaN) }]), { code: 'VALUE_WRONG' })
    })

    t.test('days sort and compare as the calendar does, before 1970 and after 2100', async (t) => {
      const env = await open(t, [kinds])
      const days = ['1582-10-15', '1899-12-31', '1969-12-31', '1970-01-01', '2100-02-28', '2400-02-29']
      await env['kinds.sample'].create(days.toReversed().map((day) => ({ day, moment: new Date(`${day}T12:00:00Z`) })))
      const sorted = await env['kinds.sample'].search([], { order: 'day' })
      t.same(
        (await sorted.load(['day'])).map((record) => record.day),
        days,
      )
      t.equal(await env['kinds.sample'].search_count([['day', '<', '1970-01-01']]), 3)
      t.equal(await env['kinds.sample'].search_count([['moment', '>=', new Date('2100-01-01T00:00:00Z')]]), 2)
    })
  })
}
