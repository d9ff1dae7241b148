/* Views in a database: what is refused, what is set aside, what each user gets and what it costs. */
import t from 'tap'
import { checkAddonViews } from '#core/arch/check-views.ts'
import { callIn, callMethod } from '#core/wire/dispatch.ts'
import type {} from '#addons/base/index.ts'
import { addonEnv, DIALECTS, installedRuntime } from '#test/env.ts'
import type { Env } from '#core'

const FORM = '<form><group name="g"><field name="ref"/><field name="city"/></group></form>'
const view = async (env: Env, arch: string, more: object = {}): Promise<number> =>
  (await env['ir.ui.view'].create([{ name: 'test', model: 'res.partner', arch, priority: 99, ...more }]))
    .ids[0] as number
const archOf = async (env: Env, id: number | false, type = 'form', model = 'res.partner'): Promise<string> =>
  ((await callIn(env, { model, method: 'get_view', args: [id, type], kwargs: {} })) as { arch: string }).arch

for (const dialect of DIALECTS) {
  t.test(`views on ${dialect}`, async (t) => {
    const env = await addonEnv(t, dialect, ['base'])

    t.test('all mistakes of a view are told at once, each with what was meant perhaps', async (t) => {
      const arch = `<form>
        <field name="citty"/>
        <field name="city" invisible="cuntry_id"/>
        <button name="action_archve" type="object"/>
        <div groups="base.group_usr"/>
        <field name="ref" readonly="1 +"/>
        <field name="child_ids"><list><field name="nam"/></list></field>
      </form>`
      const error = (await view(env, arch).catch((one: unknown) => one)) as Error & { details: { mistakes: object[] } }
      t.match(error.message, /no field 'citty'; did you mean 'city'/)
      t.match(error.message, /'invisible' names 'cuntry_id'.*did you mean 'country_id'/)
      t.match(error.message, /no method 'action_archve'.*did you mean 'action_archive'/)
      t.match(error.message, /no group 'base\.group_usr'/)
      t.match(error.message, /'readonly' cannot be read/)
      t.match(error.message, /no field 'nam'; did you mean 'name'/)
      t.equal(error.details.mistakes.length, 6)
    })

    t.test('a base view cannot lose what its extension hangs on', async (t) => {
      const base = await view(env, FORM)
      await view(env, '<field name="city" position="after"><field name="zip"/></field>', { inherit_id: base })
      const cut = env['ir.ui.view'].browse([base])
      await t.rejects(
        env.connection.savepoint(() => cut.write({ arch: '<form><field name="ref"/></form>' })),
        { code: 'VIEW_WRONG' },
      )
      t.match(await archOf(env, base), 'name="zip"')
    })

    t.test(
      'an extension that an upgrade breaks is set aside with its reason, and taken back when it fits',
      async (t) => {
        const base = await view(env, FORM)
        const extension = await view(env, '<field name="city" position="after"><field name="zip"/></field>', {
          inherit_id: base,
        })
        const loading = env['ir.ui.view'].withContext({ install_mode: true } as never)
        const reason = async (): Promise<string | null> =>
          (await env['ir.ui.view'].browse([extension]).load(['broken_reason']))[0]?.broken_reason ?? null

        await loading.browse([base]).write({ arch: '<form><field name="ref"/></form>' })
        t.same(await checkAddonViews(env, 'base', [base]), [`'test' (ir.ui.view ${extension})`])
        t.match(await reason(), /<field name="city"> finds nothing/)
        t.match(await archOf(env, base), /^<form><field name="ref"/)

        await loading.browse([base]).write({ arch: FORM })
        await checkAddonViews(env, 'base', [base])
        t.equal(await reason(), null)
        t.match(await archOf(env, base), 'name="zip"')
      },
    )

    t.test('fields that only expressions name come along unseen, those of the parent in the parent', async (t) => {
      const arch = await archOf(
        env,
        await view(
          env,
          `<form><field name="child_ids"><list><field name="name" readonly="parent.is_company and type == 'other'"/></list></field></form>`,
        ),
      )
      t.match(arch, '<field name="type" column_invisible="True"/></list>')
      t.match(arch, '<field name="is_company" invisible="True" readonly="True"/></form>')
    })

    t.test('texts are in the language of the reader', async (t) => {
      await env['res.lang']
        .withContext({ active_test: false })
        .search([['code', '=', 'fr_FR']])
        .then((lang) => lang.write({ active: true }))
      const id = await view(
        env,
        '<form><group string="Address Format"><field name="ref" placeholder="Search"/></group><p>Form</p></form>',
      )
      await env['ir.model.data'].create([{ module: 'base', name: `test_${id}`, model: 'ir.ui.view', res_id: id }])
      const french = await archOf(env.with({ context: { lang: 'fr_FR' } }), id)
      t.match(french, 'placeholder="Recherche"')
      t.match(french, '<p>Formulaire</p>')
    })

    t.test('every model has a view of every kind that it can show', async (t) => {
      for (const { name, kind } of env.registry.models()) {
        if (kind === 'abstract') continue
        for (const type of ['form', 'list', 'search', 'kanban', 'pivot', 'graph']) {
          const arch = await archOf(env, false, type, name)
          t.match(arch, new RegExp(`^<${type}`), `${type} of ${name}`)
        }
      }
    })
  })
}

for (const dialect of DIALECTS) {
  t.test(`what views cost on ${dialect}`, async (t) => {
    const runtime = await installedRuntime(t, dialect)
    const kinds = [
      [false, 'form'],
      [false, 'list'],
      [false, 'search'],
    ]
    const ask = async (): Promise<number> =>
      (await callMethod(runtime, { uid: 2, model: 'res.partner', method: 'get_views', args: [kinds], kwargs: {} }))
        .queries

    t.test('the same views are served again without a statement', async (t) => {
      t.ok((await ask()) > 0)
      t.equal(await ask(), 0)
    })

    t.test('a change of a view is seen by the next call', async (t) => {
      await runtime.call({ uid: 1, su: true }, 'write', (env) =>
        env['ir.ui.view'].create([
          { name: 'new', model: 'res.partner', arch: '<form><field name="ref"/></form>', priority: 1 },
        ]),
      )
      const { result } = await callMethod(runtime, {
        uid: 2,
        model: 'res.partner',
        method: 'get_view',
        args: [],
        kwargs: {},
      })
      t.equal((result as { arch: string }).arch, '<form><field name="ref"/></form>')
    })
  })
}
