import t from 'tap'
import { DIALECTS } from '#test/env.ts'
import { idOf, libraryEnvs, loadXml } from './load.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const envFor = await libraryEnvs(t, dialect)

    t.test('a text is read as its field asks for', async (t) => {
      const env = await envFor(t)
      await loadXml(
        env,
        `
        <record id="a" model="lib.author"><field name="name"> Simenon </field><field name="country">be</field>
          <field name="born"> 1903-02-13 </field><field name="active">0</field></record>
        <record id="b" model="lib.book"><field name="name">Maigret</field><field name="price"> 8.50 </field>
          <field name="printed">2024-05-01 10:00:00</field></record>
        <record id="c" model="lib.chapter"><field name="name">One</field><field name="pages">12</field><field name="book_id" ref="b"/></record>
        <record id="d" model="lib.author"><field name="name">Nobody</field><field name="country"/><field name="born"/></record>`,
      )
      const authors = await env['lib.author'].search([], { order: 'id' })
      t.match(await authors.load(['name', 'country', 'born', 'active']), [
        { name: 'Simenon', country: 'be', born: '1903-02-13', active: false },
        { name: 'Nobody', country: null, born: null, active: true },
      ])
      const [book] = await (await env['lib.book'].search([])).load(['price', 'printed', 'chapter_ids.pages'])
      t.match(book, { price: 8.5, printed: new Date('2024-05-01T10:00:00Z'), chapter_ids: [{ pages: 12 }] })
    })

    t.test('an expression gives a value, a date relative to now, or commands', async (t) => {
      const env = await envFor(t)
      await loadXml(
        env,
        `
        <record id="t1" model="lib.tag"><field name="name">Crime</field></record>
        <record id="t2" model="lib.tag"><field name="name" eval="'No' + 'ir'"/></record>
        <record id="b" model="lib.book">
          <field name="name">Maigret</field>
          <field name="price" eval="2 * 4.25"/>
          <field name="printed" eval="(datetime.now() - timedelta(days=1)).strftime('%Y-%m-%d 00:00:00')"/>
          <field name="author_id" eval="False"/>
          <field name="tag_ids" eval="[Command.set([ref('t1'), ref('library.t2')])]"/>
          <field name="chapter_ids" eval="[(0, 0, {'name': 'One', 'pages': 3}), Command.create({'name': 'Two'})]"/>
        </record>`,
      )
      const [book] = await (await env['lib.book'].search([])).load(['*', 'tag_ids.name', 'chapter_ids.name'])
      t.match(book, { price: 8.5, author_id: null, tag_ids: [{ name: 'Crime' }, { name: 'Noir' }] })
      t.match(book?.chapter_ids, [{ name: 'One' }, { name: 'Two' }])
      t.ok(book?.printed && book.printed < new Date())
    })

    t.test('obj() is a record with its fields, and those of records behind it', async (t) => {
      const env = await envFor(t)
      await loadXml(
        env,
        `
        <record id="a" model="lib.author"><field name="name">Simenon</field></record>
        <record id="b" model="lib.book"><field name="name">Maigret</field><field name="author_id" ref="a"/>
          <field name="price">7</field></record>
        <record id="c" model="lib.book">
          <field name="name" model="lib.book" eval="obj(ref('b')).author_id.name + ' 2'"/>
          <field name="price" model="lib.book" eval="obj(ref('b')).price + 1"/>
          <field name="author_id" model="lib.book" eval="obj(ref('b')).author_id"/>
        </record>`,
      )
      const book = env.browse('lib.book', [(await idOf(env, 'c')) ?? 0])
      t.match(await book.load(['name', 'price', 'author_id.name']), [
        { name: 'Simenon 2', price: 8, author_id: { name: 'Simenon' } },
      ])
    })

    t.test(
      'a search finds a record, or all for a field of several; what waits to be created is found, too',
      async (t) => {
        const env = await envFor(t)
        await loadXml(
          env,
          `
        <record id="a" model="lib.author"><field name="name">Simenon</field><field name="country">be</field></record>
        <record id="t1" model="lib.tag"><field name="name">Crime</field></record>
        <record id="t2" model="lib.tag"><field name="name">Noir</field></record>
        <record id="b" model="lib.book"><field name="name">Maigret</field>
          <field name="author_id" search="[('country', '=', 'be')]"/>
          <field name="tag_ids" search="[('name', 'in', ['Crime', 'Noir'])]"/></record>
        <record id="c" model="lib.book"><field name="name" search="[('id', '=', ref('b'))]" model="lib.book" use="name"/></record>`,
        )
        const books = await env['lib.book'].search([], { order: 'id' })
        t.match(await books.load(['name', 'author_id.name', 'tag_ids.name']), [
          { name: 'Maigret', author_id: { name: 'Simenon' }, tag_ids: [{ name: 'Crime' }, { name: 'Noir' }] },
          { name: 'Maigret' },
        ])
      },
    )

    t.test('markup keeps its form and gets ids for %(external.id)d', async (t) => {
      const env = await envFor(t)
      await loadXml(
        env,
        `
        <record id="a" model="lib.author"><field name="name">Simenon</field></record>
        <record id="p" model="res.partner"><field name="name">P</field>
          <field name="comment" type="html"><p>See <a href="/author/%(a)d">him</a><br/></p></field></record>`,
      )
      const [partner] = await env.browse('res.partner', [(await idOf(env, 'p')) ?? 0]).load(['comment'])
      t.match(
        String(partner?.comment),
        new RegExp(`^<p>See <a href="/author/${await idOf(env, 'a')}"[^>]*>him</a><br ?/?></p>$`),
      )
    })

    t.test('a file of the addon is read as text or as base64', async (t) => {
      const env = await envFor(t)
      const folder = t.testdir({ static: { 'a.txt': 'Title', 'b.bin': Buffer.from([1, 2, 255]) } })
      await loadXml(
        env,
        `
        <record id="b" model="lib.book"><field name="name" file="library/static/a.txt"/></record>
        <record id="l" model="res.lang"><field name="name">L</field><field name="code">xx</field>
          <field name="flag_image" type="base64" file="static/b.bin"/></record>`,
        { folder },
      )
      t.match(await (await env['lib.book'].search([])).load(['name']), [{ name: 'Title' }])
      const [language] = await env.browse('res.lang', [(await idOf(env, 'l')) ?? 0]).load(['flag_image'])
      t.same([...(language?.flag_image ?? [])], [1, 2, 255])
    })
  })
}
