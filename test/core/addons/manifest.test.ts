import t from 'tap'
import { checkManifest, type Manifest } from '#core/addons/manifest.ts'

const BASE: Manifest = { name: 'base', title: 'Base', version: '1.0.0', depends: [] }
const SALE = { name: 'sale', title: 'Sales', version: '1.2.0', depends: [BASE] }

const refused = (change: object) => () => checkManifest({ ...SALE, ...change }, 'addons/sale/manifest.ts', 'sale')

t.test('a manifest', async (t) => {
  t.test('is taken as it is when nothing is wrong', async (t) => {
    const manifest = {
      ...SALE,
      data: ['data/a.xml', '#data/b.csv'],
      autoInstall: ['base'],
      translations: ['t.{lang}.csv'],
    }
    t.equal(checkManifest(manifest, 'manifest.ts', 'sale'), manifest)
  })

  t.test('that is missing is named by its file', async (t) => {
    const check = () => checkManifest(undefined, 'addons/sale/manifest.ts', 'sale')
    t.throws(check, { code: 'ADDON_MANIFEST', message: /^addons\/sale\/manifest\.ts: the manifest is missing/ })
  })

  t.test('without a required property is refused with the name of the property', async (t) => {
    t.throws(refused({ title: undefined }), { code: 'ADDON_MANIFEST', message: /'title' is missing/ })
  })

  t.test('with an unknown property is refused with those that exist', async (t) => {
    t.throws(refused({ dependencies: [] }), { code: 'ADDON_MANIFEST', message: /'dependencies' is not .*depends/ })
  })

  t.test('with a value of the wrong form is refused', async (t) => {
    t.throws(refused({ version: '18' }), { message: /'version' must match pattern/ })
    t.throws(refused({ data: ['a.xml', 'a.xml'] }), { message: /'data' must NOT have duplicate items/ })
    t.throws(refused({ depends: ['base'] }), { message: /'depends.0' must be object/ })
    t.throws(refused({ translations: ['fr.csv'] }), { message: /'translations.0' must match pattern/ })
  })

  t.test('must have the name of its folder', async (t) => {
    t.throws(refused({ name: 'sales' }), { message: /'name' is 'sales', but its folder is 'sale'/ })
  })

  t.test('may only wait for addons that it depends on', async (t) => {
    t.throws(refused({ autoInstall: ['stock'] }), { message: /'autoInstall' names 'stock'/ })
  })
})
