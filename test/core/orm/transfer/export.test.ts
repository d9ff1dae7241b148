import t from 'tap'
import { exportData, exportRows } from '#core/orm/transfer/export-rows.ts'
import { loadRows } from '#core/orm/transfer/import-rows.ts'
import { baseEnv } from '#addons/base/test/base-env.ts'
import { countQueries, DIALECTS, settle } from '#test/env.ts'
import { libraryEnv, named } from './fixture.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    t.test('writes a row per record and one more for each further line', async (t) => {
      const env = await libraryEnv(t, dialect)
      const authors = await env['lib.author'].create([
        { name: 'Ann', active: true, book_ids: [{ create: { name: 'B1' } }, { create: { name: 'B2' } }] },
        { name: 'Bob', active: false },
      ])
      const { datas } = await exportData(env, 'lib.author', authors.ids, [
        'name',
        'active',
        'book_count',
        'book_ids/name',
        'book_ids/author_id/name',
        'country',
      ])
      t.same(datas, [
        ['Ann', true, 2, 'B1', 'Ann', ''],
        ['', '', '', 'B2', 'Ann', ''],
        ['Bob', false, 0, '', '', ''],
      ])
    })

    t.test('puts the lines of two relations one after the other, nested lines with their owner', async (t) => {
      const env = await libraryEnv(t, dialect, { import_compat: false })
      const book = await env['lib.book'].create([
        {
          name: 'B',
          chapter_ids: [{ create: { name: 'C1' } }, { create: { name: 'C2' } }],
          tag_ids: [{ create: { name: 'T1' } }, { create: { name: 'T2' } }],
        },
      ])
      const { datas } = await exportData(env, 'lib.book', book.ids, ['tag_ids', 'name', 'chapter_ids/name'])
      t.same(datas, [
        ['T1', 'B', 'C1'],
        ['T2', '', ''],
        ['', '', 'C2'],
      ])
      const author = await env['lib.author'].create([
        { name: 'A', book_ids: [{ link: book.ids[0]! }, { create: { name: 'Z' } }] },
      ])
      t.same(
        (await exportData(env, 'lib.author', author.ids, ['name', 'book_ids/name', 'book_ids/chapter_ids/name'])).datas,
        [
          ['A', 'B', 'C1'],
          ['', '', 'C2'],
          ['', 'Z', ''],
        ],
      )
    })

    t.test('puts the records of a many2many into one cell that an import reads', async (t) => {
      const env = await libraryEnv(t, dialect)
      const tags = await env['lib.tag'].create([{ name: 'Crime' }, { name: 'Short' }])
      await named(env, 'crime', 'lib.tag', tags.ids[0]!)
      await named(env, 'short', 'lib.tag', tags.ids[1]!)
      const books = await env['lib.book'].create([{ name: 'A', tag_ids: [{ set: tags.ids }] }, { name: 'B' }])
      const { datas } = await exportData(env, 'lib.book', books.ids, [
        'name',
        'tag_ids',
        'tag_ids/id',
        'tag_ids/name',
        'tag_ids/.id',
      ])
      t.same(datas, [
        ['A', 'Crime,Short', 'test.crime,test.short', 'Crime,Short', tags.ids.join()],
        ['B', '', '', '', ''],
      ])
    })

    t.test('names records by external id, made up once where there is none, and by database id', async (t) => {
      const env = await libraryEnv(t, dialect)
      const author = await env['lib.author'].create([{ name: 'Ann' }])
      await named(env, 'ann', 'lib.author', author.ids[0]!)
      const books = await env['lib.book'].create([{ name: 'X', author_id: author }, { name: 'Y' }])
      const paths = ['id', '.id', 'author_id', 'author_id/id', 'author_id/.id', 'author_id:id', 'author_id.id']
      const { datas } = await exportData(env, 'lib.book', books.ids, paths)
      const id = String(author.ids[0])
      t.match(datas[0]?.[0], new RegExp(`^__export__\\.lib_book_${books.ids[0]}_[0-9a-f]{8}$`))
      t.same(datas[0]?.slice(1), [String(books.ids[0]), 'Ann', 'test.ann', id, 'test.ann', id])
      t.same(datas[1]?.slice(2), ['', '', '', '', ''])
      t.same((await exportData(env, 'lib.book', books.ids, paths)).datas, datas)
      t.same(await env.xmlId(String(datas[1]?.[0])), ['lib.book', books.ids[1]])
      // the ids that an export made up and those that code creates do not meet
      await named(env, 'later', 'lib.book', books.ids[0]!)
      t.same(await env.xmlId('test.later'), ['lib.book', books.ids[0]])
    })

    t.test('writes dates as text, instants in the zone of the person, choices by their label', async (t) => {
      const env = await libraryEnv(t, dialect, { tz: 'Europe/Paris' })
      const author = await env['lib.author'].create([{ name: 'A', born: '1903-02-13', country: 'be' }])
      const book = await env['lib.book'].create([
        { name: 'B', author_id: author, printed: new Date('2026-07-01T10:00:00Z'), price: 7.5 },
      ])
      const { datas } = await exportData(env, 'lib.book', book.ids, [
        'printed',
        'price',
        'author_id/born',
        'author_id/country',
        'author_id/active',
      ])
      t.same(datas, [['2026-07-01 12:00:00', 7.5, '1903-02-13', 'Belgium', true]])
      const prize = await env['lib.prize'].create([
        { name: 'P', winner: `lib.book,${book.ids[0]}`, facts: { a: [1] } },
        { name: 'Q', winner: 'lib.book,99999' },
      ])
      t.same((await exportData(env, 'lib.prize', prize.ids, ['winner', 'facts', 'note', 'amount'])).datas, [
        ['B', '{"a":[1]}', '', 0],
        ['', '', '', 0],
      ])
    })

    t.test('sends as many queries for 60 records as for 6', async (t) => {
      const env = await libraryEnv(t, dialect)
      const paths = [
        'id',
        'name',
        'author_id',
        'author_id/id',
        'tag_ids/id',
        'chapter_ids/name',
        'chapter_ids/id',
        'net_price',
      ]
      const queries = async (count: number) => {
        const books = await env['lib.book'].create(
          Array.from({ length: count }, (_, i) => ({
            name: `B${count} ${i}`,
            tag_ids: [{ create: { name: `T${count} ${i}` } }],
            chapter_ids: [{ create: { name: 'C' } }, { create: { name: 'D' } }],
          })),
        )
        await books.write({ author_id: await env['lib.author'].create([{ name: `A${count}` }]) })
        await settle(env)
        env.transaction.cache.clear()
        return countQueries(env, () => exportData(env, 'lib.book', books.ids, paths))
      }
      await queries(1)
      t.equal(await queries(60), await queries(6))
    })

    t.test('streams what a domain finds, and forgets what it has written', async (t) => {
      const env = await libraryEnv(t, dialect)
      await env['lib.tag'].create(Array.from({ length: 2100 }, (_, i) => ({ name: `T${String(i).padStart(4, '0')}` })))
      const rows: unknown[][] = []
      for await (const row of exportRows(env, 'lib.tag', { domain: [['name', '>=', 'T0050']], order: 'name desc' }, [
        'name',
      ]))
        rows.push(row)
      t.equal(rows.length, 2050)
      t.same([rows[0], rows.at(-1)], [['T2099'], ['T0050']])
      t.equal(env.transaction.cache.records('lib.tag').size, 0)
      const ids = (await env['lib.tag'].search([['name', '=', 'T0007']])).ids
      const named: unknown[][] = []
      for await (const row of exportRows(env, 'lib.tag', { ids }, ['complete_name'])) named.push(row)
      t.same(named, [['T0007']])
    })

    t.test('is for those who may export, and shows them what they may read', async (t) => {
      const env = await baseEnv(t, dialect)
      const { ids } = await env['res.partner.category'].create([{ name: 'A' }])
      const [admin] = (await env['res.users'].search([['login', '=', 'admin']])).ids
      const user = await env.asUser(admin!)
      await t.rejects(exportData(user, 'res.partner.category', ids, ['name']), {
        code: 'EXPORT_FORBIDDEN',
        exception: 'UserError',
      })
      const group = (await env.xmlId('base.group_erp_manager'))![1]
      await env['res.users'].browse([admin!]).write({ groups_id: [{ link: group }] })
      env.registry.caches.clear(['security'])
      await t.rejects(exportData(await env.asUser(admin!), 'res.partner.category', ids, ['name']), {
        code: 'ACCESS_MODEL',
      })
    })

    t.test('refuses paths that lead nowhere and records that are gone', async (t) => {
      const env = await libraryEnv(t, dialect)
      const [author] = (await env['lib.author'].create([{ name: 'A' }])).ids
      await t.rejects(exportData(env, 'lib.author', [author!], ['nmae']), {
        code: 'FIELD_UNKNOWN',
        details: { column: 'nmae' },
      })
      await t.rejects(exportData(env, 'lib.author', [author!], ['name/x']), { code: 'FIELD_UNKNOWN' })
      await t.rejects(exportData(env, 'lib.author', [author!, 4711], ['name']), {
        code: 'RECORD_MISSING',
        details: { ids: [4711] },
      })
    })

    t.test('can be read again: what was exported writes the same records', async (t) => {
      const env = await libraryEnv(t, dialect, { tz: 'America/New_York', lang: 'fr_FR' })
      const author = await env['lib.author'].create([{ name: 'A', country: 'fr', born: '1900-01-01' }])
      const books = await env['lib.book'].create([
        {
          name: 'B',
          author_id: author,
          printed: new Date('2026-01-05T03:04:05Z'),
          price: 3.25,
          shelf: 'top',
          tag_ids: [{ create: { name: 'T1' } }, { create: { name: 'T2' } }],
          chapter_ids: [{ create: { name: 'One', pages: 3 } }, { create: { name: 'Two', pages: 4 } }],
        },
        { name: 'C' },
      ])
      const paths = [
        'id',
        'name',
        'author_id/id',
        'printed',
        'price',
        'shelf',
        'tag_ids/id',
        'chapter_ids/id',
        'chapter_ids/name',
        'chapter_ids/pages',
      ]
      const { datas } = await exportData(env, 'lib.book', books.ids, paths)
      const changed = datas.map((row) => row.map((cell) => (cell === 'Two' ? 'Deux' : cell)))
      t.same(await loadRows(env, 'lib.book', paths, changed), { ids: books.ids, messages: [], nextrow: 0 })
      t.same((await exportData(env, 'lib.book', books.ids, paths)).datas, changed)
    })
  })
}
