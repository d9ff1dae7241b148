import t from 'tap'
import { databases } from '#test/databases.ts'
import { countQueries, DIALECTS, settle } from '#test/env.ts'
import { library } from '#test/models/library.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const open = databases(t, dialect)
    t.test('creates a tree of records with commands and computes their values', async (t) => {
      const env = await open(t, [library])
      const author = await env['lib.author'].create([
        {
          name: 'Simenon',
          country: 'be',
          book_ids: [
            {
              create: {
                name: 'Maigret',
                price: 10,
                discount: 10,
                chapter_ids: [{ create: { name: 'One', pages: 20 } }, { create: { name: 'Two', pages: 22 } }],
              },
            },
            { create: { name: 'Liberty Bar', price: 8.005 } },
          ],
        },
      ])
      const [loaded] = await author.load([
        'name',
        'book_count',
        'page_total',
        'book_ids.name',
        'book_ids.pages',
        'book_ids.net_price',
        'book_ids.shelf',
        'book_ids.long_title',
        'book_ids.author_name',
      ])
      t.match(loaded, {
        name: 'Simenon',
        book_count: 2,
        page_total: 42,
        book_ids: [
          {
            name: 'Liberty Bar',
            pages: 0,
            net_price: 8.01,
            shelf: 'BE',
            long_title: 'Liberty Bar (Simenon)',
            author_name: 'Simenon',
          },
          { name: 'Maigret', pages: 42, net_price: 9, shelf: 'BE', author_name: 'Simenon' },
        ],
      })
    })

    t.test('recomputes stored values over relations, and nothing for a write that changes nothing', async (t) => {
      const env = await open(t, [library])
      const author = await env['lib.author'].create([
        { name: 'A', country: 'fr', book_ids: [{ create: { name: 'B' } }] },
      ])
      await author.write({ name: 'A2' })
      await settle(env)
      const books = await env['lib.book'].search([['author_name', '=', 'A2']])
      t.equal(books.length, 1)
      t.equal(
        await countQueries(env, async () => {
          await author.write({ name: 'A2' })
          await settle(env)
        }),
        0,
      )
    })

    t.test('moves a line from one owner to another and recomputes both', async (t) => {
      const env = await open(t, [library])
      const [a, b] = await env['lib.author'].create([{ name: 'A' }, { name: 'B' }])
      const book = await env['lib.book'].create([{ name: 'X', author_id: a! }])
      t.match(await env['lib.author'].browse([a!.ids[0]!, b!.ids[0]!]).load(['book_count']), [
        { book_count: 1 },
        { book_count: 0 },
      ])
      await book.write({ author_id: b! })
      t.match(await env['lib.author'].browse([a!.ids[0]!, b!.ids[0]!]).load(['book_count']), [
        { book_count: 0 },
        { book_count: 1 },
      ])
      await book.unlink()
      t.match(await b!.load(['book_count']), [{ book_count: 0 }])
    })

    t.test('keeps an edited value until what it is computed from changes', async (t) => {
      const env = await open(t, [library])
      const author = await env['lib.author'].create([{ name: 'A', country: 'fr' }])
      const book = await env['lib.book'].create([{ name: 'X', author_id: author, shelf: 'top' }])
      t.match(await book.load(['shelf']), [{ shelf: 'top' }])
      await book.write({ name: 'Y' })
      t.match(await book.load(['shelf']), [{ shelf: 'top' }])
      await author.write({ country: 'be' })
      t.match(await book.load(['shelf']), [{ shelf: 'BE' }])
    })

    t.test('links and unlinks tags, and keeps their tree', async (t) => {
      const env = await open(t, [library])
      const crime = await env['lib.tag'].create([{ name: 'Crime' }])
      const noir = await env['lib.tag'].create([{ name: 'Noir', parent_id: crime }])
      const book = await env['lib.book'].create([
        { name: 'X', tag_ids: [{ link: noir.ids[0]! }, { create: { name: 'Short' } }] },
      ])
      t.match(await book.load(['tag_ids.complete_name']), [
        { tag_ids: [{ complete_name: 'Crime / Noir' }, { complete_name: 'Short' }] },
      ])
      t.match(await noir.load(['book_ids.name', 'parent_path']), [
        { book_ids: [{ name: 'X' }], parent_path: `${crime.ids[0]}/${noir.ids[0]}/` },
      ])
      await crime.write({ name: 'Thriller' })
      t.match(await noir.load(['complete_name']), [{ complete_name: 'Thriller / Noir' }])
      await t.rejects(crime.write({ parent_id: noir }), { code: 'TREE_LOOP' })
      await book.write({ tag_ids: [{ clear: true }] })
      t.same((await book.load(['tag_ids']))[0]?.tag_ids.ids, [])
    })

    t.test('loading 800 records takes as many queries as loading 80', async (t) => {
      const env = await open(t, [library])
      const make = async (n: number) => {
        const authors = await env['lib.author'].create(
          Array.from({ length: n }, (_, i) => ({
            name: `A${n} ${i}`,
            book_ids: [{ create: { name: 'B', chapter_ids: [{ create: { name: 'C', pages: 3 } }] } }],
          })),
        )
        await settle(env)
        env.transaction.cache.clear()
        return countQueries(env, () =>
          authors.load(['book_count', 'page_total', 'book_ids.chapter_ids.pages', 'book_ids.long_title']),
        )
      }
      t.equal(await make(800), await make(80))
    })

    t.test('refuses a wrong value, a missing one and a broken rule, each by its code', async (t) => {
      const env = await open(t, [library])
      await t.rejects(env['lib.book'].create([{ name: 'X', price: -1 }]), {
        code: 'CONSTRAINT_FAILED',
        message: 'A price cannot be negative.',
      })
      await t.rejects(env['lib.book'].create([{ price: 1 }]), { code: 'FIELD_REQUIRED' })
      await t.rejects(env['lib.author'].create([{ name: 'X', country: 'de' as 'fr' }]), { code: 'SELECTION_UNKNOWN' })
    })

    t.test('copies a record with its lines and shares its tags', async (t) => {
      const env = await open(t, [library])
      const book = await env['lib.book'].create([
        {
          name: 'X',
          price: 3,
          chapter_ids: [{ create: { name: 'C', pages: 5 } }],
          tag_ids: [{ create: { name: 'T' } }],
        },
      ])
      const copy = await book.copy({ name: 'Y' })
      t.match(await copy.load(['name', 'price', 'pages', 'chapter_ids.name', 'tag_ids.name']), [
        { name: 'Y', price: 3, pages: 5, chapter_ids: [{ name: 'C' }], tag_ids: [{ name: 'T' }] },
      ])
      t.equal((await book.load(['chapter_ids']))[0]?.chapter_ids.length, 1)
    })
  })
}
