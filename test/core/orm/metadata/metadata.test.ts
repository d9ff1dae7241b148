import t from 'tap'
import { ensureExternalIds, getExternalId, getMetadata } from '#core/orm/metadata.ts'
import { baseEnv } from '#addons/base/test/base-env.ts'
import { countQueries, DIALECTS } from '#test/env.ts'
import { libraryEnv, named } from '#test/core/orm/transfer/fixture.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    t.test('says who wrote a record and when, and its external ids from the oldest', async (t) => {
      const env = await baseEnv(t, dialect)
      const { ids } = await env['res.partner.category'].create([{ name: 'A' }, { name: 'B' }])
      await named(env, 'first', 'res.partner.category', ids[0]!, true)
      await named(env, 'second', 'res.partner.category', ids[0]!)
      const [a, b, ...others] = await getMetadata(env, 'res.partner.category', [...ids, 4711])
      t.match(a, {
        id: ids[0],
        create_uid: [1, 'System'],
        write_uid: [1, 'System'],
        noupdate: true,
        xmlid: 'test.first',
        xmlids: [
          { xmlid: 'test.first', noupdate: true },
          { xmlid: 'test.second', noupdate: false },
        ],
      })
      t.match(a?.create_date, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
      t.match(b, { id: ids[1], noupdate: false, xmlid: false, xmlids: [] })
      t.same(others, [])
    })

    t.test('gives the first external id of each record, and none for records without', async (t) => {
      const env = await libraryEnv(t, dialect)
      const { ids } = await env['lib.author'].create([{ name: 'A' }, { name: 'B' }])
      await named(env, 'zed', 'lib.author', ids[0]!)
      await named(env, 'abe', 'lib.author', ids[0]!)
      await named(env, 'other', 'lib.book', ids[1]!)
      t.same(await getExternalId(env, 'lib.author', ids), { [ids[0]!]: 'test.zed', [ids[1]!]: '' })
    })

    t.test('makes up the external ids that are missing, in one statement, and keeps them', async (t) => {
      const env = await libraryEnv(t, dialect)
      const { ids } = await env['lib.author'].create([{ name: 'A' }, { name: 'B' }, { name: 'C' }])
      await named(env, 'a', 'lib.author', ids[0]!)
      const made = await ensureExternalIds(env, 'lib.author', ids)
      t.equal(made.get(ids[0]!), 'test.a')
      t.match(made.get(ids[1]!), new RegExp(`^__export__\\.lib_author_${ids[1]}_[0-9a-f]{8}$`))
      t.equal(await countQueries(env, async () => t.same(await ensureExternalIds(env, 'lib.author', ids), made)), 1)
    })
  })
}
