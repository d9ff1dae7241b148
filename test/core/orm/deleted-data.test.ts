import t from 'tap'
import { baseRuntime } from '#addons/base/test/base-env.ts'
import { loadRows } from '#core/orm/transfer/import-rows.ts'
import { findExternalIds } from '#core/orm/transfer/external-ids.ts'
import { XmlIds } from '#core/datafiles/xml-id.ts'
import { DIALECTS, openEnv } from '#test/env.ts'
import { idOf, libraryEnvs, loadXml } from '../datafiles/load.ts'

for (const dialect of DIALECTS) {
  t.test(`the external ids of deleted records on ${dialect}`, async (t) => {
    const env = await openEnv(t, await baseRuntime(t, dialect))
    const tags = await env['res.partner.category'].create([{ name: 'Kept' }, { name: 'Updated' }])
    const [kept = 0, updated = 0] = tags.ids
    await env['ir.model.data'].create([
      { module: 'base', name: 'tag_kept', model: 'res.partner.category', res_id: kept, noupdate: true },
      { module: 'base', name: 'tag_updated', model: 'res.partner.category', res_id: updated },
    ])
    await tags.unlink()

    t.test('stand for nothing', async (t) => {
      t.equal(await env.xmlId('base.tag_kept'), undefined)
      t.equal(await env.xmlId('base.tag_updated'), undefined)
      t.equal(await env['ir.model.data'].xmlid_to_res_id('base.tag_kept'), null)
    })

    t.test('are remembered where an upgrade must not bring the record back, else forgotten', async (t) => {
      const found = await findExternalIds(env, ['base.tag_kept', 'base.tag_updated'])
      t.same([...found.keys()], ['base.tag_kept'])
      const xmlIds = new XmlIds(env)
      await xmlIds.ask(['base.tag_kept'])
      t.ok(xmlIds.isGone('base.tag_kept'))
    })

    t.test('can be given to a new record by an import', async (t) => {
      const answer = await loadRows(env, 'res.partner.category', ['id', 'name'], [['base.tag_kept', 'New']])
      t.same(answer.messages, [])
      t.same(await env.xmlId('base.tag_kept'), ['res.partner.category', (answer.ids as number[])[0]])
    })

    t.test('keep an update of the files from bringing back what people deleted', async (t) => {
      const libraryEnv = await (await libraryEnvs(t, dialect))(t)
      const record = (id: string): string =>
        `<record id="${id}" model="lib.tag"><field name="name">${id}</field></record>`
      const file = `<data noupdate="1">${record('theirs')}</data>${record('ours')}`
      await loadXml(libraryEnv, file)
      for (const id of ['theirs', 'ours'])
        await libraryEnv['lib.tag'].browse([(await idOf(libraryEnv, id)) ?? 0]).unlink()
      await loadXml(libraryEnv, file, { mode: 'update' })
      t.equal(await idOf(libraryEnv, 'theirs'), undefined)
      t.ok(await idOf(libraryEnv, 'ours'), 'what the addon keeps up to date comes back')
      t.equal(await libraryEnv['lib.tag'].search_count([]), 1)
    })
  })
}
