import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Env } from '#core'
import { openRuntime } from '#core/open.ts'
import type { Runtime } from '#core/runtime.ts'
import { DIALECTS, installedDatabase } from '#test/env.ts'

const SYSTEM = { uid: 1, su: true, context: { active_test: false } } as const
const INDEX = `
import { field, model } from '#core'
class Fields { name = field.char({ required: true, translate: true }) }
export const Thing = model('shop.thing', Fields, { description: 'Thing' }, (Base) => class extends Base {})
export const models = [Thing]
export const hooks = { postInit: async (env) => { await env.model('shop.thing').create([{ name: 'Hook' }]) } }
`
const thing = (id: string, name: string) =>
  `<record id="${id}" model="shop.thing"><field name="name">${name}</field></record>`
const xml = (...records: readonly string[]) => `<odoo>${records.join('')}</odoo>`

/** The folder of an addon `shop`, for \`t.testdir\`. */
const shop = (name: string, data: string) => ({
  [name]: {
    'manifest.ts': `
      import { manifest as base } from '#addons/base/manifest.ts'
      export const manifest = { name: '${name}', title: 'Shop', version: '1.2.0', depends: [base],
        data: ['data/things.xml'], demo: ['demo/things.xml'], translations: ['#data/translations.{lang}.csv'] }`,
    'index.ts': INDEX,
    data: { 'things.xml': data },
    demo: { 'things.xml': xml(thing('demo', 'Demo')) },
    i18n: { 'fr.po': `#: model:shop.thing,name:${name}.a\nmsgid "A"\nmsgstr "À"\n` },
  },
})

type Test = Parameters<typeof installedDatabase>[0]

/** Opens a copy of a database that has `base`, with the addon `shop` of the folder. */
async function open(t: Test, url: string, path: string, options: { demo?: boolean } = {}): Promise<Runtime> {
  const runtime = await openRuntime({ url, addons: ['shop'], addonsPaths: [path], ...options })
  t.teardown(() => runtime.close())
  return runtime
}

async function names(runtime: Runtime, lang = 'en_US'): Promise<unknown[]> {
  return runtime.call({ ...SYSTEM, context: { lang } }, 'read', async (env: Env) => {
    const things = await env.model('shop.thing').search([], { order: 'id' })
    return (await things.load(['name'])).map((one) => one['name'])
  })
}

/** What the database remembers of the addon. */
async function remembered(runtime: Runtime): Promise<object | undefined> {
  return runtime.call(SYSTEM, 'read', async (env) => {
    const modules = await env['ir.module.module'].search([['name', '=', 'shop']])
    const [row] = await modules.load(['shortdesc', 'state', 'latest_version', 'dependencies_id.name'])
    if (!row) return undefined
    const { shortdesc, state, latest_version, dependencies_id } = row
    return { shortdesc, state, latest_version, dependencies: dependencies_id.map(({ name }) => name) }
  })
}

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const opened = async (t: Test, path: string, options = {}) => {
      const url = await installedDatabase(t, dialect)
      return { url, runtime: await open(t, url, path, options) }
    }

    t.test(
      'an addon that is installed brings its tables, its data and what its hook does, but no demo data',
      async (t) => {
        const { runtime } = await opened(t, t.testdir(shop('shop', xml(thing('a', 'A')))))
        t.same(await names(runtime), ['A', 'Hook'])
        t.match(await remembered(runtime), {
          shortdesc: 'Shop',
          state: 'installed',
          latest_version: '1.2.0',
          dependencies: ['base'],
        })
        const known = await runtime.call(SYSTEM, 'read', async (env) => [
          (await env.xmlId('shop.a'))?.[0],
          (await env.xmlId('shop.model_shop_thing'))?.[0],
          (await env.xmlId('shop.field_shop_thing__name'))?.[0],
        ])
        t.same(known, ['shop.thing', 'ir.model', 'ir.model.fields'])
      },
    )

    t.test('its demo data comes when it is asked for, and is left alone afterwards', async (t) => {
      const { runtime } = await opened(t, t.testdir(shop('shop', xml(thing('a', 'A')))), { demo: true })
      t.same(await names(runtime), ['A', 'Demo', 'Hook'])
      const demo = await runtime.call(SYSTEM, 'read', async (env) => {
        const found = await env['ir.model.data'].search([
          ['module', '=', 'shop'],
          ['model', '=', 'shop.thing'],
        ])
        return (await found.load(['name', 'noupdate'])).map(({ name, noupdate }) => [name, noupdate])
      })
      t.same(
        new Map(demo as [string, boolean][]),
        new Map([
          ['a', false],
          ['demo', true],
        ]),
      )
    })

    t.test('a database that is up to date is not written', async (t) => {
      const path = t.testdir(shop('shop', xml(thing('a', 'A'))))
      const { url, runtime } = await opened(t, path)
      await runtime.call(SYSTEM, 'write', async (env) => {
        const [, id = 0] = (await env.xmlId('shop.a')) ?? []
        await env.model('shop.thing', [id]).write({ name: 'Changed by people' })
      })
      const again = await openRuntime({ url, addonsPaths: [path] })
      t.teardown(() => again.close())
      t.same(await names(again), ['Changed by people', 'Hook'])
    })

    t.test('changed data files are loaded again, without the hook; what they no longer name is deleted', async (t) => {
      const path = t.testdir(shop('shop', xml(thing('a', 'A'), thing('b', 'B'))))
      const { url } = await opened(t, path)
      writeFileSync(join(path, 'shop/data/things.xml'), xml(thing('a', 'A2'), thing('c', 'C')))
      const again = await open(t, url, path)
      t.same(await names(again), ['A2', 'Hook', 'C'])
    })

    t.test('nothing is left of an addon whose files are refused', async (t) => {
      const url = await installedDatabase(t, dialect)
      const path = t.testdir(shop('shop', xml(thing('a', 'A'), '<record id="b" model="shop.thing"/>')))
      await t.rejects(open(t, url, path), { code: 'DATA_RECORD', message: /data\/things\.xml:1: record 'b': / })
      writeFileSync(join(path, 'shop/data/things.xml'), xml(thing('a', 'A')))
      t.same(await names(await open(t, url, path)), ['A', 'Hook'])
    })

    t.test('its records speak the languages in use', async (t) => {
      const path = t.testdir(shop('shop', xml(thing('a', 'A'), thing('b', 'B'))))
      const url = await installedDatabase(t, dialect)
      const base = await openRuntime({ url })
      await base.call(SYSTEM, 'write', async (env) => {
        await (await env['res.lang'].search([['code', '=', 'fr_FR']])).write({ active: true })
      })
      await base.close()
      t.same(await names(await open(t, url, path), 'fr_FR'), ['À', 'B', 'Hook'])
    })
  })
}

t.test('a file that a manifest lists and that is not there is named', async (t) => {
  const url = await installedDatabase(t, 'sqlite')
  const { 'manifest.ts': manifest, 'index.ts': index } = shop('shop', '')['shop'] ?? {}
  const path = t.testdir({ shop: { 'manifest.ts': manifest ?? '', 'index.ts': index ?? '' } })
  await t.rejects(open(t, url, path), { code: 'ADDON_FILE', message: /'shop' lists data\/things\.xml/ })
})

t.test('the first rows of a database are the ones that base completes', async (t) => {
  const runtime = await openRuntime({ url: await installedDatabase(t, 'sqlite') })
  t.teardown(() => runtime.close())
  await runtime.call(SYSTEM, 'read', async (env) => {
    for (const [name, model, id] of [
      ['base.user_root', 'res.users', 1],
      ['base.user_admin', 'res.users', 2],
      ['base.main_company', 'res.company', 1],
      ['base.main_partner', 'res.partner', 1],
    ] as const) {
      t.same(await env.xmlId(name), [model, id])
    }
    t.equal((await env.xmlId('base.EUR'))?.[0], 'res.currency')
    t.equal(await env['res.country'].search_count([]), 249)
    t.ok((await env['res.country.state'].search_count([])) > 5000)
  })
})
