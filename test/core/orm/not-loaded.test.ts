import t from 'tap'
import type { AnyRecordSet } from '#core'
import { databases } from '#test/databases.ts'
import { DIALECTS } from '#test/env.ts'
import { library } from '#test/models/library.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const open = databases(t, dialect)
    const loose = (records: readonly unknown[]): readonly Record<string, never>[] => records as never

    t.test('reading a field that was not loaded is an error that names the path to declare', async (t) => {
      const env = await open(t, [library])
      const books = await env['lib.book'].create([
        {
          name: 'X',
          author_id: await env['lib.author'].create([{ name: 'A' }]),
          chapter_ids: [{ create: { name: 'C' } }],
        },
      ])
      const [book] = loose(await books.load(['name', 'author_id.name', 'chapter_ids.name']))
      t.equal(book!['name'], 'X')
      t.throws(() => book!['price'], {
        code: 'NOT_LOADED',
        message: `lib.book.price was read but not loaded: add 'price' to the paths of load().`,
      })
      t.throws(() => book!['author_id']!['country'], {
        code: 'NOT_LOADED',
        message: /lib\.author\.country .* add 'author_id\.country'/,
      })
      t.throws(() => book!['chapter_ids']![0]!['pages'], { code: 'NOT_LOADED', message: /add 'chapter_ids\.pages'/ })
    })

    t.test('so is reading a field of a record set, and of a relation of which nothing was loaded', async (t) => {
      const env = await open(t, [library])
      const author = await env['lib.author'].create([{ name: 'A' }])
      const books = await env['lib.book'].create([{ name: 'X', author_id: author }])
      t.throws(() => (books as unknown as AnyRecordSet & { name: unknown }).name, {
        code: 'NOT_LOADED',
        message: /lib\.book\.name/,
      })
      const [book] = await books.load(['author_id', 'chapter_ids'])
      t.equal(book!.author_id?.id, author.ids[0])
      t.same(book!.chapter_ids.ids, [])
      t.throws(() => loose([book!.author_id])[0]!['name'], { code: 'NOT_LOADED', message: /add 'author_id\.name'/ })
    })

    t.test('methods, ids and what was loaded stay within reach, and a loaded record stands for its id', async (t) => {
      const env = await open(t, [library])
      const author = await env['lib.author'].create([{ name: 'A', book_ids: [{ create: { name: 'X' } }] }])
      const [loaded] = await author.load(['book_ids.name'])
      const [book] = loaded!.book_ids
      await book!.write({ name: 'Y', author_id: loaded! })
      t.same(
        (await book!.load(['name'])).map((one) => one.name),
        ['Y'],
      )
      t.same(
        (await author.load(['*'])).map((one) => one.name),
        ['A'],
      )
    })

    t.test('the models that people declare do not change the class that all models share', async (t) => {
      const env = await open(t, [library])
      t.equal(
        Object.getPrototypeOf(Object.getPrototypeOf(Object.getPrototypeOf(env['lib.book']))).constructor.name,
        'RecordSet',
      )
      t.equal(env['lib.book'].constructor.name, 'lib.book')
    })
  })
}
