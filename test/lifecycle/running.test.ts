import t from 'tap'
import { DIALECTS, type DialectName, installedDatabase } from '#test/env.ts'
import { addonFolder } from './folder.ts'
import { modelSource, record, xml } from './fixture.ts'
import { serveAddons } from './served.ts'

const ACCESS = 'id,name,model_id/id,group_id/id,perm_read,perm_write,perm_create,perm_unlink\n'

/** A shop, what builds on it, and what joins it with something else as soon as both are there. */
const SHOP = {
  shop: {
    index: `${modelSource('Thing', 'shop.thing', "name = field.char({ required: true }); partner_id = field.many2one('res.partner')")}
class PartnerFields { shop_note = field.char({ index: true }); thing_ids = field.one2many('shop.thing', 'partner_id'); fan_ids = field.many2many('shop.thing') }
import { ResPartner } from '#addons/base/models/res_partner.ts'
export const Partner = ResPartner.extend(PartnerFields, (Base) => class extends Base { async shop_hello() { return 'hello ' + this.ids.join() } }).callable('shop_hello')
export const models = [Thing, Partner]`,
    data: {
      'ir.model.access.csv': `${ACCESS}access_thing,things,model_shop_thing,base.group_user,1,1,1,1\n`,
      'things.xml': xml(record('a', 'shop.thing', { name: 'A' }), record('maker', 'res.partner', { name: 'Maker' })),
    },
  },
  shop_more: {
    depends: ['shop'],
    index: `import { Thing } from '#addons/shop/index.ts'
class MoreFields { weight = field.float() }
export const models = [Thing.extend(MoreFields, (Base) => class extends Base {})]`,
  },
  other: { index: 'export const models = []' },
  shop_other: {
    depends: ['shop', 'other'],
    rest: 'autoInstall: true',
    data: { 'x.xml': xml(record('tag', 'res.partner.category', { name: 'Joined' })) },
  },
}
const NAMES = ['shop', 'shop_more', 'other', 'shop_other']

type Test = Parameters<typeof installedDatabase>[0]
const serve = async (t: Test, dialect: DialectName) =>
  serveAddons(t, await installedDatabase(t, dialect), addonFolder(t, SHOP).path)

for (const dialect of DIALECTS) {
  t.test(`modules of a running server on ${dialect}`, async (t) => {
    const { admin } = await serve(t, dialect)

    await t.test('are listed with those that can be installed', async (t) => {
      t.same(await admin.states('base', ...NAMES), {
        base: 'installed',
        shop: 'uninstalled',
        shop_more: 'uninstalled',
        other: 'uninstalled',
        shop_other: 'uninstalled',
      })
      t.same(await admin.kw('ir.module.module', 'update_list'), [0, 0])
    })

    await t.test('are installed with what they need, and are there at once', async (t) => {
      await t.rejects(admin.kw('shop.thing', 'search', [[]]), { code: 'MODEL_UNKNOWN' })
      t.match(await admin.press('button_immediate_install', 'shop_more'), { type: 'ir.actions.client', tag: 'reload' })
      t.same(await admin.states(...NAMES), {
        shop: 'installed',
        shop_more: 'installed',
        other: 'uninstalled',
        shop_other: 'uninstalled',
      })
      t.match(await admin.kw('shop.thing', 'search_read', [[], ['name', 'weight']]), [{ name: 'A', weight: 0 }])
      t.equal(await admin.kw('res.partner', 'shop_hello', [[1]]), 'hello 1')
    })

    await t.test('that only joined others come with the last of them', async (t) => {
      await admin.press('button_immediate_install', 'other')
      t.same(await admin.states('other', 'shop_other'), { other: 'installed', shop_other: 'installed' })
    })

    await t.test('show what uninstalling them would lose, which is then lost, and nothing else', async (t) => {
      const [maker = 0] = (await admin.kw('res.partner', 'search', [[['name', '=', 'Maker']]])) as number[]
      const [a = 0] = (await admin.kw('shop.thing', 'search', [[]])) as number[]
      const mine = await admin.kw('res.partner', 'create', [{ name: 'Mine', shop_note: 'x' }])
      await admin.kw('res.partner', 'write', [[maker], { fan_ids: [[6, 0, [a]]] }])
      await admin.kw('shop.thing', 'create', [
        [
          { name: 'B', partner_id: mine },
          { name: 'C', partner_id: mine },
        ],
      ])
      const id = await admin.moduleId('shop')
      const preview = (await admin.kw('ir.module.module', 'uninstall_preview', [[id]])) as Record<string, unknown[]>
      t.same((preview['modules'] as string[]).toSorted(), ['shop', 'shop_more', 'shop_other'])
      t.same(preview['models'], [{ model: 'shop.thing', name: 'Thing', records: 3 }])
      t.same(
        (preview['fields'] as { field: string; records: number }[]).map(({ field, records }) => [field, records]),
        [
          ['shop_note', 1],
          ['thing_ids', 1],
          ['fan_ids', 1],
        ],
      )
      t.same(preview['records'], [
        { model: 'ir.model.access', xmlids: ['shop.access_thing'] },
        { model: 'res.partner', xmlids: ['shop.maker'] },
        { model: 'res.partner.category', xmlids: ['shop_other.tag'] },
      ])
      const wizard = (await admin.kw('base.module.uninstall', 'create', [{ module_id: id }])) as number
      const [shown = {}] = (await admin.kw('base.module.uninstall', 'read', [
        [wizard],
        ['lost', 'module_ids', 'model_ids'],
      ])) as Record<string, unknown[]>[]
      t.same([shown['lost'], shown['module_ids']?.length, shown['model_ids']?.length], [preview, 3, 1])

      const before = (await admin.kw('res.partner', 'search_count', [[]])) as number
      await admin.kw('base.module.uninstall', 'action_uninstall', [[wizard]])
      t.same(await admin.states(...NAMES), {
        shop: 'uninstalled',
        shop_more: 'uninstalled',
        other: 'installed',
        shop_other: 'uninstalled',
      })
      await t.rejects(admin.kw('shop.thing', 'search', [[]]), { code: 'MODEL_UNKNOWN' })
      await t.rejects(admin.kw('res.partner', 'read', [[1], ['shop_note']]), { code: 'FIELD_UNKNOWN' })
      t.equal(await admin.kw('res.partner', 'search_count', [[]]), before - 1)
      t.same(await admin.kw('ir.model.data', 'search_count', [[['module', 'in', NAMES]]]), 0)
      t.same(await admin.kw('ir.model', 'search_count', [[['model', '=like', 'shop.%']]]), 0)
      t.same(await admin.kw('ir.model.fields', 'search_count', [[['name', 'in', ['shop_note', 'fan_ids']]]]), 0)
    })

    await t.test('come back empty when they are installed again', async (t) => {
      await admin.press('button_immediate_install', 'shop')
      t.match(await admin.kw('shop.thing', 'search_read', [[], ['name']]), [{ name: 'A' }])
      t.same(await admin.kw('res.partner', 'search_count', [[['shop_note', '!=', false]]]), 0)
      t.same(await admin.states('shop_other'), { shop_other: 'installed' })
    })

    await t.test('are planned first and changed later where that is wanted', async (t) => {
      t.match(await admin.press('button_uninstall', 'other'), { res_model: 'base.module.upgrade', target: 'new' })
      await admin.press('button_install', 'shop_more')
      t.same(await admin.states('other', 'shop_other', 'shop_more'), {
        other: 'to remove',
        shop_other: 'to remove',
        shop_more: 'to install',
      })
      await admin.press('button_install_cancel', 'shop_more')
      const dialog = (await admin.kw('base.module.upgrade', 'create', [{}])) as number
      t.match(await admin.kw('base.module.upgrade', 'read', [[dialog], ['module_info']]), [
        { module_info: /other: to remove/ },
      ])
      t.same(await admin.kw('base.module.upgrade', 'upgrade_module', [[dialog]]), {
        type: 'ir.actions.act_window_close',
      })
      t.same(await admin.states(...NAMES), {
        shop: 'installed',
        shop_more: 'uninstalled',
        other: 'uninstalled',
        shop_other: 'uninstalled',
      })
    })

    await t.test('that everything needs, or that are not there, are refused', async (t) => {
      await t.rejects(admin.press('button_immediate_uninstall', 'base'), { code: 'ADDON_NEEDED' })
      await t.rejects(admin.press('button_immediate_uninstall', 'other'), { code: 'MODULE_ABSENT' })
      await t.rejects(admin.press('button_upgrade', 'other'), { code: 'MODULE_ABSENT' })
    })
  })
}
