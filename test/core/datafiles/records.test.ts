import t from 'tap'
import { sql } from '#core'
import { countQueries, DIALECTS } from '#test/env.ts'
import { idOf, libraryEnvs, loadXml } from './load.ts'

const tag = (id: string, name: string, rest = '') =>
  `<record id="${id}" model="lib.tag"><field name="name">${name}</field>${rest}</record>`

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const envFor = await libraryEnvs(t, dialect)

    t.test('a record is created once, and then written', async (t) => {
      const env = await envFor(t)
      const author = (name: string) => `<record id="a" model="lib.author"><field name="name">${name}</field></record>`
      await loadXml(env, author('Simenon'))
      await loadXml(env, author('Georges Simenon'))
      await loadXml(env, author('Le Clézio') + author('J. M. G. Le Clézio'), { mode: 'update' })
      t.match(await (await env['lib.author'].search([])).load(['name']), [{ name: 'J. M. G. Le Clézio' }])
      t.match(
        await (await env['ir.model.data'].search([['module', '=', 'library']])).load(['name', 'model', 'noupdate']),
        [{ name: 'a', model: 'lib.author', noupdate: false }],
      )
    })

    t.test('an id that comes twice in one file is one record', async (t) => {
      const env = await envFor(t)
      await loadXml(env, tag('x', 'One') + tag('x', 'Two'))
      t.match(await (await env['lib.tag'].search([])).load(['name']), [{ name: 'Two' }])
    })

    t.test('records in a row take as many statements as one, and come in their order', async (t) => {
      const env = await envFor(t)
      await loadXml(env, tag('warm', 'Up'))
      const rows = (from: number, to: number) =>
        Array.from({ length: to - from }, (_, i) =>
          tag(`t${from + i}`, `Tag ${String(from + i).padStart(3, '0')}`),
        ).join('')
      const few = await countQueries(env, async () => void (await loadXml(env, rows(0, 2))))
      const many = await countQueries(env, async () => void (await loadXml(env, rows(2, 102))))
      t.equal(many, few)
      const names = await (await env['lib.tag'].search([['name', 'like', 'Tag %']], { order: 'id' })).load(['name'])
      t.same(
        names.map(({ name }) => name),
        names.map((_, i) => `Tag ${String(i).padStart(3, '0')}`),
      )
      t.equal(names.length, 102)
    })

    t.test('a record that refers to one before it in the file finds it', async (t) => {
      const env = await envFor(t)
      await loadXml(
        env,
        tag('a', 'A') +
          tag('b', 'B', '<field name="parent_id" ref="a"/>') +
          tag('c', 'C', `<field name="parent_id" eval="ref('b')"/>`),
      )
      const tags = await (await env['lib.tag'].search([], { order: 'id' })).load(['complete_name'])
      t.same(
        tags.map(({ complete_name }) => complete_name),
        ['A', 'A / B', 'A / B / C'],
      )
    })

    t.test('records inside a field get the record as their owner, and ids of their own', async (t) => {
      const env = await envFor(t)
      const book = (pages: number) => `<record id="b" model="lib.book"><field name="name">Maigret</field>
        <field name="chapter_ids">
          <record id="one" model="lib.chapter"><field name="name">One</field><field name="pages">${pages}</field></record>
          <record id="two" model="lib.chapter"><field name="name">Two</field></record>
        </field></record>`
      await loadXml(env, book(5))
      await loadXml(env, book(6))
      const [loaded] = await env.browse('lib.book', [(await idOf(env, 'b')) ?? 0]).load(['pages', 'chapter_ids.name'])
      t.match(loaded, { pages: 6, chapter_ids: [{ name: 'One' }, { name: 'Two' }] })
      t.equal(await env['lib.chapter'].search_count([]), 2)
    })

    t.test('the record behind a record gets an external id, too', async (t) => {
      const env = await envFor(t)
      await loadXml(
        env,
        '<record id="u" model="res.users"><field name="name">U</field><field name="login">u</field></record>',
      )
      const [user] = await env.browse('res.users', [(await idOf(env, 'u')) ?? 0]).load(['partner_id'])
      t.equal(await idOf(env, 'u_res_partner'), user?.partner_id.id)
    })

    t.test('a context reaches the creation of its record, and only that', async (t) => {
      const env = await envFor(t)
      await loadXml(
        env,
        `<record id="a" model="lib.author" context="{'default_country': 'fr'}"><field name="name">A</field></record>
         <record id="b" model="lib.author"><field name="name">B</field></record>`,
      )
      t.match(await (await env['lib.author'].search([], { order: 'id' })).load(['country']), [
        { country: 'fr' },
        { country: null },
      ])
    })

    t.test('a record of another addon can be changed', async (t) => {
      const env = await envFor(t)
      await loadXml(env, '<record id="base.group_user" model="res.groups"><field name="comment">Staff</field></record>')
      const [group] = await env.browse('res.groups', [(await idOf(env, 'base.group_user')) ?? 0]).load(['comment'])
      t.equal(group?.comment, 'Staff')
      t.equal(await env['ir.model.data'].search_count([['module', '=', 'library']]), 0)
    })
  })

  t.test(`${dialect}: an update`, async (t) => {
    const envFor = await libraryEnvs(t, dialect)
    const author = (name: string, rest = '') =>
      `<record id="a" model="lib.author" ${rest}><field name="name">${name}</field></record>`
    const kept = (inner: string) => `<data noupdate="1">${inner}</data>`

    t.test('leaves alone what is marked so, in the file or when it was created', async (t) => {
      const env = await envFor(t)
      await loadXml(env, kept(author('First')))
      await loadXml(env, kept(author('Second')), { mode: 'update' })
      await loadXml(env, author('Third'), { mode: 'update' })
      t.match(await (await env['lib.author'].search([])).load(['name']), [{ name: 'First' }])
      await loadXml(env, kept(author('Fourth')), { mode: 'init' })
      t.match(await (await env['lib.author'].search([])).load(['name']), [{ name: 'Fourth' }])
    })

    t.test('creates what is new, even among what it leaves alone, unless it is told not to', async (t) => {
      const env = await envFor(t)
      await loadXml(env, kept(author('New')), { mode: 'update' })
      t.equal(await env['lib.author'].search_count([]), 1)
      await loadXml(env, '<record id="b" model="lib.author" forcecreate="0"><field name="name">B</field></record>', {
        mode: 'update',
      })
      t.equal(await env['lib.author'].search_count([]), 1)
    })

    t.test('creates a deleted record anew, unless it is marked to be left alone', async (t) => {
      const env = await envFor(t)
      await loadXml(env, author('A') + kept('<record id="k" model="lib.tag"><field name="name">K</field></record>'))
      // The rows alone, so that their external ids stay.
      await env.connection.run(sql`DELETE FROM lib_author`)
      await env.connection.run(sql`DELETE FROM lib_tag`)
      env.transaction.cache.clear()
      await loadXml(env, author('A') + kept('<record id="k" model="lib.tag"><field name="name">K</field></record>'), {
        mode: 'update',
      })
      t.match(await (await env['lib.author'].search([])).load(['name']), [{ name: 'A' }])
      t.equal(await idOf(env, 'a'), (await env['lib.author'].search([])).ids[0])
      t.equal(await env['lib.tag'].search_count([]), 0)
    })

    t.test('does not repeat records without an id among those it leaves alone', async (t) => {
      const env = await envFor(t)
      const nameless = kept('<record model="lib.author"><field name="name">A</field></record>')
      await loadXml(env, nameless)
      await loadXml(env, nameless, { mode: 'update' })
      t.equal(await env['lib.author'].search_count([]), 1)
    })
  })
}
