import t from 'tap'
import { DIALECTS } from '#test/env.ts'
import { idOf, libraryEnvs, loadXml } from './load.ts'

const BOOK = '<record id="b" model="lib.book"><field name="name">B</field><field name="price">5</field></record>'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const envFor = await libraryEnvs(t, dialect)

    t.test('a function calls what clients may call, with their values', async (t) => {
      const env = await envFor(t)
      await loadXml(
        env,
        `${BOOK}
        <function model="lib.book" name="write" eval="[[ref('b')], {'chapter_ids': [(0, 0, {'name': 'One', 'pages': 4})]}]"/>
        <function model="lib.author" name="create"><value eval="{'name': 'A', 'country': False}"/></function>
        <function model="lib.author" name="create"><value eval="{'name': 'B', 'born': '1903-02-13'}"/></function>`,
      )
      t.match(await (await env['lib.book'].search([])).load(['pages']), [{ pages: 4 }])
      t.match(await (await env['lib.author'].search([])).load(['name', 'country', 'born']), [
        { name: 'A', country: null },
        { name: 'B', born: '1903-02-13' },
      ])
    })

    t.test('a function calls methods of the model, on the records that come first', async (t) => {
      const env = await envFor(t)
      await loadXml(
        env,
        `${BOOK}<function model="lib.book" name="action_reprice"><value type="list"><value ref="b"/></value></function>
        <function model="lib.book" name="action_reprice"><value model="lib.book" search="[('price', '>', 1)]"/></function>
        <function model="ir.config_parameter" name="set_param"><value>library.fee</value><value eval="str(3)"/></function>`,
      )
      t.match(await (await env['lib.book'].search([])).load(['price']), [{ price: 7 }])
      t.match(await (await env['ir.config_parameter'].search([['key', '=', 'library.fee']])).load(['value']), [
        { value: '3' },
      ])
    })

    t.test('a function runs again in an update, unless it is among what is left alone', async (t) => {
      const env = await envFor(t)
      const reprice = `<function model="lib.book" name="action_reprice" eval="[[ref('b')]]"/>`
      await loadXml(env, BOOK)
      await loadXml(env, reprice + `<data noupdate="1">${reprice}</data>`, { mode: 'update' })
      t.match(await (await env['lib.book'].search([])).load(['price']), [{ price: 6 }])
    })

    t.test(
      'a deletion takes the record with the id, or those that a domain finds, and passes over what is gone',
      async (t) => {
        const env = await envFor(t)
        const author = (id: string) => `<record id="${id}" model="lib.author"><field name="name">${id}</field></record>`
        await loadXml(
          env,
          `${author('a')}${author('b')}${author('c')}
        <delete model="lib.author" id="a"/><delete model="lib.author" id="a"/><delete model="lib.author" id="never"/>
        <delete model="lib.author" search="[('id', '=', ref('c'))]"/>`,
        )
        t.match(await (await env['lib.author'].search([])).load(['name']), [{ name: 'b' }])
        t.equal(await idOf(env, 'a'), undefined)
      },
    )

    t.test('a record may be made anew after its deletion in the same file', async (t) => {
      const env = await envFor(t)
      await loadXml(env, `${BOOK}<delete model="lib.book" id="b"/>${BOOK}`)
      t.equal(await idOf(env, 'b'), (await env['lib.book'].search([])).ids[0])
    })

    t.test(
      'a function that does not exist is refused with the nearest name, and wrong arguments with theirs',
      async (t) => {
        const env = await envFor(t)
        await t.rejects(loadXml(env, '<function model="lib.book" name="serch"/>'), {
          code: 'DATA_METHOD',
          message: "data/a.xml:1: record 'lib.book': lib.book has no method 'serch'; did you mean 'search'?",
        })
        await t.rejects(loadXml(env, '<function model="lib.book" name="write" eval="[[1], {}, None, 3, 4]"/>'), {
          code: 'DATA_RECORD',
          details: { cause: 'ARGUMENTS_TOO_MANY' },
        })
        await t.rejects(loadXml(env, '<function model="lib.book" name="write" eval="1"/>'), { code: 'DATA_VALUE' })
      },
    )
  })
}
