import { join } from 'node:path'
import t from 'tap'
import { chooseAddons } from '#core/addons/graph.ts'
import { loadAddons } from '#core/addons/load.ts'

interface Sketch {
  readonly depends?: readonly string[]
  readonly rest?: string
  readonly index?: string
}

/** Files of addons that are only a manifest, for `t.testdir`. */
function addons(sketches: Readonly<Record<string, Sketch>>): Record<string, Record<string, string>> {
  const entries = Object.entries(sketches).map(([name, { depends = [], rest = '', index }]) => {
    const imports = depends.map((other) => `import { manifest as ${other} } from '../${other}/manifest.ts'\n`).join('')
    const body = `name: '${name}', title: '${name}', version: '1.0.0', depends: [${depends.join(', ')}], ${rest}`
    return [
      name,
      { 'manifest.ts': `${imports}export const manifest = { ${body} }\n`, ...(index && { 'index.ts': index }) },
    ]
  })
  return Object.fromEntries(entries) as Record<string, Record<string, string>>
}

const names = (loaded: readonly { manifest: { name: string } }[]) => loaded.map(({ manifest }) => manifest.name)

t.test('loading addons', async (t) => {
  t.test('puts each after those that it depends on', async (t) => {
    const path = t.testdir(addons({ a: { depends: ['z'] }, m: { depends: ['a'] }, z: {} }))
    t.same(names(await loadAddons([path])), ['z', 'a', 'm'])
  })

  t.test('by name pulls in what they depend on, and nothing else', async (t) => {
    const path = t.testdir(addons({ base: {}, crm: { depends: ['base'] }, sale: { depends: ['base'] } }))
    t.same(names(await loadAddons([path], ['sale'])), ['base', 'sale'])
  })

  t.test('adds those that install themselves, and then those that waited for these', async (t) => {
    const path = t.testdir(
      addons({
        base: {},
        crm: { depends: ['base'] },
        sale: { depends: ['base'] },
        sale_crm: { depends: ['sale', 'crm'], rest: 'autoInstall: true' },
        sale_crm_mail: { depends: ['sale_crm', 'base'], rest: "autoInstall: ['sale_crm']" },
      }),
    )
    t.same(names(await loadAddons([path], ['sale'])), ['base', 'sale'])
    t.same(names(await loadAddons([path], ['sale', 'crm'])), ['base', 'crm', 'sale', 'sale_crm', 'sale_crm_mail'])
  })

  t.test('looks into several folders, and not into folders without a manifest', async (t) => {
    const path = t.testdir({ first: { ...addons({ a: {} }), notes: {} }, second: addons({ b: {} }) })
    t.same(names(await loadAddons([join(path, 'first'), join(path, 'second'), join(path, 'none')])), ['a', 'b'])
  })

  t.test('refuses an addon that exists twice', async (t) => {
    const path = t.testdir({ first: addons({ a: {} }), second: addons({ a: {} }) })
    await t.rejects(loadAddons([join(path, 'first'), join(path, 'second')]), { code: 'ADDON_TWICE' })
  })

  t.test('names a circle of dependencies with its path', async (t) => {
    const path = t.testdir(addons({ a: { depends: ['b'] }, b: { depends: ['c'] }, c: { depends: ['a'] } }))
    await t.rejects(loadAddons([path]), { code: 'ADDON_CYCLE', message: /a → b → c → a/ })
  })

  t.test('names an addon that is not there, who needs it, and the nearest name', async (t) => {
    const path = t.testdir(addons({ base: {}, sale: {} }))
    await t.rejects(loadAddons([path], ['sales']), {
      code: 'ADDON_UNKNOWN',
      message: /'sales' .* did you mean 'sale'\?/,
    })
    const stranger = { name: 'stock', title: 'Stock', version: '1.0.0', depends: [] }
    const sale = { path, manifest: { name: 'sale', title: 'Sale', version: '1.0.0', depends: [stranger] } }
    t.throws(() => chooseAddons(new Map([['sale', sale]]), 'all'), {
      code: 'ADDON_UNKNOWN',
      message: /'stock', which 'sale' depends on,/,
    })
  })

  t.test('names a manifest that cannot be imported', async (t) => {
    const path = t.testdir(addons({ a: { depends: ['gone'] } }))
    await t.rejects(loadAddons([path]), { code: 'ADDON_MANIFEST', message: /a\/manifest\.ts: .*gone/ })
  })

  t.test('reads the layers of models and the hooks of an index', async (t) => {
    const index = `
      import { abstractModel, model } from '#core'
      class Fields {}
      const Thing = model('x.thing', Fields, {}, (Base) => class extends Base {})
      const Mixin = abstractModel()('x.mixin', Fields, (Base) => class extends Base {})
      export const models = [Mixin, Thing]
      export const hooks = { postInit: async () => {} }`
    const [addon] = await loadAddons([t.testdir(addons({ a: { index } }))])
    t.same(
      addon?.models.map(({ name, kind }) => [name, kind]),
      [
        ['x.mixin', 'abstract'],
        ['x.thing', 'model'],
      ],
    )
    t.type(addon?.hooks.postInit, 'function')
  })

  t.test('refuses an index without models, and one with something else among them', async (t) => {
    const without = t.testdir(addons({ a: { index: 'export const modles = []' } }))
    await t.rejects(loadAddons([without]), { code: 'ADDON_INDEX', message: /no list `models`/ })
    const wrong = t.testdir(addons({ b: { index: 'export const models = [undefined]' } }))
    await t.rejects(loadAddons([wrong]), { code: 'ADDON_INDEX', message: /entry 0/ })
  })
})
