import t from 'tap'
import { ident, sql } from '#core'
import { callMethod } from '#core/wire/dispatch.ts'
import type { Runtime } from '#core/runtime.ts'
import { DIALECTS, installedRuntime } from '#test/env.ts'

const SYSTEM = { uid: 1, su: true } as const
const FRENCH = { ...SYSTEM, context: { lang: 'fr_FR' } } as const
/** Takes French into use as a person does, and gives the milliseconds that it took. */
async function install(runtime: Runtime, overwrite: boolean): Promise<number> {
  return runtime.call(SYSTEM, 'write', async (env) => {
    const french = await env.with({ context: { active_test: false } })['res.lang'].search([['code', '=', 'fr_FR']])
    const wizard = await env['base.language.install'].create([{ lang_ids: [{ set: french.ids }], overwrite }])
    const start = performance.now()
    await wizard.lang_install()
    return performance.now() - start
  })
}

async function named(runtime: Runtime, xmlId: string, who: typeof SYSTEM | typeof FRENCH = FRENCH): Promise<unknown> {
  return runtime.call(who, 'read', async (env) => {
    const [model = '', id = 0] = (await env.xmlId(xmlId)) ?? []
    return (await env.model(model, [id]).load(['name']))[0]?.['name']
  })
}

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    t.test(
      'a language that is taken into use brings the texts of records, all countries in less than a second',
      async (t) => {
        const runtime = await installedRuntime(t, dialect)
        t.ok((await install(runtime, false)) < 1000)
        t.equal(await named(runtime, 'base.de'), 'Allemagne')
        t.equal(await named(runtime, 'base.group_user'), 'Utilisateur interne')
        t.equal(await named(runtime, 'base.module_category_sales_sales'), 'Ventes')
        t.equal(await named(runtime, 'base.de', SYSTEM), 'Germany')
        const french = await runtime.call(SYSTEM, 'read', ({ connection, dialect }) =>
          connection.rows(
            sql`SELECT id FROM res_country WHERE ${dialect.jsonText(ident('name'), 'fr_FR')} IS NOT NULL`,
          ),
        )
        t.equal(french.length, 249)
      },
    )

    t.test('translations that people made stay, unless they ask for those of the addons', async (t) => {
      const runtime = await installedRuntime(t, dialect)
      await install(runtime, false)
      await runtime.call(FRENCH, 'write', async (env) => {
        const [, id = 0] = (await env.xmlId('base.de')) ?? []
        await env['res.country'].browse([id]).write({ name: "L'Allemagne" })
      })
      await install(runtime, false)
      t.equal(await named(runtime, 'base.de'), "L'Allemagne")
      await install(runtime, true)
      t.equal(await named(runtime, 'base.de'), 'Allemagne')
    })

    t.test('labels, help and choices are in the language of the caller', async (t) => {
      const runtime = await installedRuntime(t, dialect)
      await install(runtime, false)
      const fields = async (
        lang: string,
      ): Promise<Record<string, { string: string; help?: string; selection?: string[][] }>> => {
        const kwargs = { allfields: ['email', 'type', 'company_id'], context: { lang } }
        const request = { uid: 1, model: 'res.partner', method: 'fields_get', args: [], kwargs }
        return (await callMethod(runtime, request)).result as never
      }
      const [french, english] = [await fields('fr_FR'), await fields('en_US')]
      t.equal(french['email']?.string, 'E-mail')
      t.equal(french['company_id']?.help, 'Toutes les sociétés le voient si le champ est vide.')
      t.same(french['type']?.selection?.slice(0, 2), [
        ['contact', 'Contact'],
        ['invoice', 'Adresse de facturation'],
      ])
      t.equal(english['email']?.string, 'Email')
      t.same(english['type']?.selection?.[1], ['invoice', 'Invoice Address'])
    })
  })
}
