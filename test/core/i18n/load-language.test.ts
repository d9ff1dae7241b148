import { join } from 'node:path'
import t from 'tap'
import type { Env } from '#core'
import { catalog } from '#core/i18n/catalog.ts'
import { loadLanguage } from '#core/i18n/load-language.ts'
import { baseRuntime } from '#addons/base/test/base-env.ts'
import { countQueries, DIALECTS, openEnv } from '#test/env.ts'

const PO = `
#: model:res.country,name:shop.be
msgid "Belgium"
msgstr "Belgique"

#: model:res.country,name:shop.gone model:res.country,code:shop.be model:no.model,name:shop.be model:res.partner,name:shop.be
msgid "Nothing"
msgstr "Rien"
`

/** Countries with external ids of an addon `shop`: their ids. */
async function countries(env: Env, names: Readonly<Record<string, string>>): Promise<number[]> {
  const made = await env['res.country'].create(
    Object.entries(names).map(([code, name]) => ({ name, code: code.toUpperCase() })),
  )
  await env['ir.model.data'].create(
    Object.keys(names).map((name, i) => ({ module: 'shop', name, model: 'res.country', res_id: made.ids[i] ?? 0 })),
  )
  return [...made.ids]
}

const namesIn = async (env: Env, lang: string, ids: readonly number[]) =>
  (await env.with({ context: { lang } }).browse('res.country', ids).load(['name'])).map(({ name }) => name)

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const runtime = await baseRuntime(t, dialect)
    const folder = t.testdir({
      i18n: { 'fr.po': PO },
      'texts.fr.csv': 'model,id,field,value\nres.country,de,name,Allemagne\nres.country,shop.fr,name,France\n',
      'texts.fr_BE.csv': 'model,id,field,value\nres.country,de,name,Allemagne (BE)\n',
      'wrong.fr.csv': 'model,id,value\n',
    })
    const shop = { name: 'shop', folder: join(folder, 'i18n'), tables: [join(folder, 'texts.{lang}.csv')] }
    catalog.add(shop)
    const only = { addons: ['shop'] }

    t.test(
      'records get the texts of PO files and tables; what is not there or not translated is passed over',
      async (t) => {
        const env = await openEnv(t, runtime)
        const ids = await countries(env, { be: 'Belgium', de: 'Germany' })
        t.equal(await loadLanguage(env, 'fr_FR', only), 2)
        t.same(await namesIn(env, 'fr_FR', ids), ['Belgique', 'Allemagne'])
        t.same(await namesIn(env, 'en_US', ids), ['Belgium', 'Germany'])
        env.transaction.cache.clear()
        t.same(await namesIn(env, 'fr_FR', ids), ['Belgique', 'Allemagne'])
      },
    )

    t.test('the table of a country goes before that of its language', async (t) => {
      const env = await openEnv(t, runtime)
      const ids = await countries(env, { de: 'Germany' })
      await loadLanguage(env, 'fr_BE', only)
      t.same(await namesIn(env, 'fr_BE', ids), ['Allemagne (BE)'])
    })

    t.test('texts that are there stay unless they are to be overwritten', async (t) => {
      const env = await openEnv(t, runtime)
      const ids = await countries(env, { de: 'Germany' })
      const french = env.with({ context: { lang: 'fr_FR' } })
      await french.browse('res.country', ids).write({ name: "L'Allemagne" })
      t.equal(await loadLanguage(env, 'fr_FR', only), 0)
      t.same(await namesIn(env, 'fr_FR', ids), ["L'Allemagne"])
      t.equal(await loadLanguage(env, 'fr_FR', { ...only, overwrite: true }), 1)
      t.same(await namesIn(env, 'fr_FR', ids), ['Allemagne'])
    })

    t.test('it takes as many statements for many records as for few', async (t) => {
      const env = await openEnv(t, runtime)
      await countries(env, { be: 'Belgium' })
      const few = await countQueries(env, async () => void (await loadLanguage(env, 'fr_FR', only)))
      await countries(env, { de: 'Germany', fr: 'Frankreich' })
      const many = await countQueries(env, async () => void (await loadLanguage(env, 'fr_FR', only)))
      t.equal(many, few)
    })

    t.test('a table with other columns is refused by its name', async (t) => {
      const env = await openEnv(t, runtime)
      catalog.add({ ...shop, tables: [join(folder, 'wrong.{lang}.csv')] })
      t.teardown(() => catalog.add(shop))
      await t.rejects(loadLanguage(env, 'fr_FR', only), { code: 'TRANSLATION_TABLE', message: /wrong\.fr\.csv:1/ })
    })
  })
}
