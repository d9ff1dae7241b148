import t from 'tap'
import { removeOrphans } from '#core/datafiles/orphans.ts'
import { DIALECTS } from '#test/env.ts'
import { idOf, libraryEnvs, loadXml } from './load.ts'

const author = (id: string) => `<record id="${id}" model="lib.author"><field name="name">${id}</field></record>`

for (const dialect of DIALECTS) {
  t.test(`${dialect}: what an addon's files no longer name`, async (t) => {
    const envFor = await libraryEnvs(t, dialect)

    t.test('is deleted with its external id', async (t) => {
      const env = await envFor(t)
      await loadXml(env, author('a') + author('b'))
      const { named } = await loadXml(env, author('a'), { mode: 'update' })
      t.same(await removeOrphans(env, 'library', named), { removed: ['library.b'], kept: new Map() })
      t.match(await (await env['lib.author'].search([])).load(['name']), [{ name: 'a' }])
      t.equal(await idOf(env, 'b'), undefined)
    })

    t.test('stays when updates are to leave it alone', async (t) => {
      const env = await envFor(t)
      await loadXml(env, `<data noupdate="1">${author('a')}</data>`)
      t.same((await removeOrphans(env, 'library', new Set())).removed, [])
      t.equal(await env['lib.author'].search_count([]), 1)
    })

    t.test('stays, with its external id, when the model refuses to delete it', async (t) => {
      const env = await envFor(t)
      const fields = '<field name="name">L</field><field name="code">xx</field><field name="active">1</field>'
      await loadXml(env, `<record id="l" model="res.lang">${fields}</record>`)
      const { removed, kept } = await removeOrphans(env, 'library', new Set())
      t.same([removed, [...kept.keys()]], [[], ['library.l']])
      t.match(kept.get('library.l'), /active/)
      t.type(await idOf(env, 'l'), 'number')
    })

    t.test('loses only its name when another addon names the record, too', async (t) => {
      const env = await envFor(t)
      await loadXml(env, author('a'))
      const id = (await idOf(env, 'a')) ?? 0
      await env['ir.model.data'].create([{ module: 'other', name: 'a', model: 'lib.author', res_id: id }])
      t.same((await removeOrphans(env, 'library', new Set())).removed, ['library.a'])
      t.equal(await env['lib.author'].search_count([]), 1)
      t.equal(await idOf(env, 'other.a'), id)
    })

    t.test('is not the record behind one that they name', async (t) => {
      const env = await envFor(t)
      const user = '<record id="u" model="res.users"><field name="name">U</field><field name="login">u</field></record>'
      await loadXml(env, user)
      const { named } = await loadXml(env, user, { mode: 'update' })
      t.same((await removeOrphans(env, 'library', named)).removed, [])
    })
  })
}
