import t from 'tap'
import { modelOfFile } from '#core/datafiles/csv-file.ts'
import { countQueries, DIALECTS } from '#test/env.ts'
import { idOf, libraryEnvs, loadCsv, loadXml } from './load.ts'

t.test('the name of a CSV file is that of its model', async (t) => {
  t.equal(modelOfFile('security/ir.model.access.csv'), 'ir.model.access')
  t.equal(modelOfFile('data/res.country.state-be.csv'), 'res.country.state')
})

for (const dialect of DIALECTS) {
  t.test(`${dialect}: a CSV file`, async (t) => {
    const envFor = await libraryEnvs(t, dialect)
    const people = '<record id="a" model="lib.author"><field name="name">A</field></record>'
    const tags =
      '<record id="t1" model="lib.tag"><field name="name">1</field></record><record id="t2" model="lib.tag"><field name="name">2</field></record>'

    t.test('gives records their values as the fields ask for, relations by external or database id', async (t) => {
      const env = await envFor(t)
      await loadXml(env, people + tags)
      const id = await idOf(env, 'a')
      await loadCsv(
        env,
        'lib.book.csv',
        `id,name,price,printed,author_id/id,tag_ids/id\nb1,"One, ""and""",2.5,2024-01-02 03:04:05,a,"t1, library.t2"\nb2,Two,,,,\n`,
      )
      await loadCsv(env, 'lib.book-more.csv', `id,name,author_id:id,tag_ids:id\nb3,Three,library.a,t2\n`)
      await loadCsv(env, 'lib.book.csv', `id,name,author_id/.id\nb4,Four,${id}\n`)
      const books = await env['lib.book'].search([], { order: 'id' })
      t.match(await books.load(['name', 'price', 'printed', 'author_id.name', 'tag_ids.name']), [
        {
          name: 'One, "and"',
          price: 2.5,
          printed: new Date('2024-01-02T03:04:05Z'),
          author_id: { name: 'A' },
          tag_ids: [{ name: '1' }, { name: '2' }],
        },
        { name: 'Two', price: 0, printed: null, author_id: null, tag_ids: [] },
        { name: 'Three', author_id: { name: 'A' }, tag_ids: [{ name: '2' }] },
        { name: 'Four', author_id: { name: 'A' } },
      ])
    })

    t.test('reads truth as people write it', async (t) => {
      const env = await envFor(t)
      await loadCsv(env, 'lib.author.csv', 'id,name,active\na,A,1\nb,B,0\nc,C,True\nd,D,False\n')
      const authors = await env['lib.author'].search([])
      t.same(
        (await authors.load(['active'])).map(({ active }) => active),
        [true, false, true, false],
      )
    })

    t.test('writes the records that are known', async (t) => {
      const env = await envFor(t)
      await loadCsv(env, 'lib.author.csv', 'id,name,country\na,A,be\nb,B,fr\n')
      await loadCsv(env, 'lib.author.csv', 'id,name\na,A2\nc,C\n', { mode: 'update' })
      t.match(await (await env['lib.author'].search([])).load(['name', 'country']), [
        { name: 'A2', country: 'be' },
        { name: 'B', country: 'fr' },
        { name: 'C', country: null },
      ])
    })

    t.test('of a tree may refer to its own rows', async (t) => {
      const env = await envFor(t)
      await loadCsv(env, 'lib.tag.csv', 'id,name,parent_id/id\na,A,\nb,B,a\nc,C,b\nd,D,a\n')
      const tags = await (await env['lib.tag'].search([], { order: 'id' })).load(['complete_name'])
      t.same(
        tags.map(({ complete_name }) => complete_name),
        ['A', 'A / B', 'A / B / C', 'A / D'],
      )
    })

    t.test('takes as many statements for a hundred rows as for two', async (t) => {
      const env = await envFor(t)
      await loadXml(env, people)
      const rows = (from: number, to: number) =>
        `id,name,author_id/id\n${Array.from({ length: to - from }, (_, i) => `b${from + i},B${from + i},a\n`).join('')}`
      await loadCsv(env, 'lib.book.csv', rows(0, 1))
      const few = await countQueries(env, async () => void (await loadCsv(env, 'lib.book.csv', rows(1, 3))))
      const many = await countQueries(env, async () => void (await loadCsv(env, 'lib.book.csv', rows(3, 103))))
      t.equal(many, few)
    })

    t.test('that is empty, or has a header alone, says nothing', async (t) => {
      const env = await envFor(t)
      await loadCsv(env, 'lib.author.csv', '')
      await loadCsv(env, 'lib.author.csv', 'id,name\n')
      t.equal(await env['lib.author'].search_count([]), 0)
    })
  })
}
