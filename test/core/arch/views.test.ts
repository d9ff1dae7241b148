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

    t.test('every kind of mistake is refused with what is wrong', async (t) => {
      const company = '<field name="is_company"/>'
      const cases: readonly [arch: string, message: RegExp][] = [
        [
          `<form><label for="is_compny"/>${company}</form>`,
          /\/form\/label: <label>: nothing in the view has the name or id 'is_compny'.*did you mean 'is_company'/,
        ],
        ['<form><page string="P"/></form>', /<page>: it must stand directly in a <notebook>/],
        ['<form><button special="leave" string="X"/></form>', /there is no special 'leave'/],
        ['<form><button type="action" name="99999999" string="X"/></form>', /there is no action '99999999'/],
        [
          '<form><button type="action" name="base.main_company" string="X"/></form>',
          /there is no action 'base\.main_company'/,
        ],
        [
          '<form><button type="action" name="%(base.action_partner_form)d" string="X"/></form>',
          /in data files only: write 'base\.action_partner_form'/,
        ],
        [
          `<form><field name="parent_id" domain="[('is_compny', '=', True)]"/></form>`,
          /'domain' names 'is_compny', but res\.partner has no field 'is_compny'; did you mean 'is_company'/,
        ],
        [
          `<search><filter name="f" domain="[('country_id.cod', '=', 'BE')]"/></search>`,
          /'domain' names 'country_id\.cod', but res\.country has no field 'cod'; did you mean 'code'/,
        ],
        [
          `<search><field name="name" filter_domain="['|', ('name', '=', self), ('no', '=', self)]"/></search>`,
          /'filter_domain' names 'no'/,
        ],
        [
          `<search><filter name="g" context="{'group_by': 'cuntry_id'}"/></search>`,
          /groups by 'cuntry_id'.*did you mean 'country_id'/,
        ],
        ['<search><filter name="d" date="name"/></search>', /'name' of res\.partner is no date/],
        ['<search><searchpanel/><searchpanel/></search>', /one <searchpanel> only/],
        ['<list><div/></list>', /<div> cannot stand in it/],
        ['<list><field name="name"/><groupby name="ref"/></list>', /'ref' of res\.partner is no many2one/],
        [
          '<list><field name="name"/><groupby name="country_id"><field name="city"/></groupby></list>',
          /res\.country has no field 'city'/,
        ],
        ['<graph><div/></graph>', /<div> cannot stand in it, only field can/],
        ['<calendar><field name="name"/></calendar>', /date_start/],
        ['<kanban><progressbar field="no"/><templates/></kanban>', /res\.partner has no field 'no'/],
      ]
      for (const [arch, message] of cases) {
        const error = (await env.connection.savepoint(() => view(env, arch)).catch((one: unknown) => one)) as Error & {
          code?: string
        }
        t.equal(error.code, 'VIEW_WRONG', arch)
        t.match(error.message, message)
      }
    })

    t.test('a list shows of the record that its rows are grouped by what is of that record', async (t) => {
      const arch = await archOf(
        env,
        await view(
          env,
          `<list><field name="name"/><groupby name="country_id"><field name="code" invisible="not phone_code"/></groupby></list>`,
        ),
        'list',
      )
      t.match(
        arch,
        /<groupby name="country_id"><field name="code" invisible="not phone_code"[^>]*\/><field name="phone_code" invisible="True" readonly="True"\/><\/groupby>/,
      )
    })

    t.test('domains and buttons that are right are accepted', async (t) => {
      const arch = `<form><label for="city"/><field name="city"/><button type="action" name="base.action_partner_form" string="X"/>
        <field name="parent_id" domain="['|', ('country_id.code', '=', 'BE'), ('child_ids', 'any', [('ref', '=', 'x')]), ('id', '!=', id)]"/></form>`
      t.ok(await view(env, arch))
    })

    t.test('a view cannot inherit itself by way of others', async (t) => {
      const base = await view(env, FORM)
      const own = await view(env, '<field name="city" position="after"><field name="zip"/></field>', {
        inherit_id: base,
        mode: 'primary',
      })
      await t.rejects(
        env.connection.savepoint(() => env['ir.ui.view'].browse([base]).write({ inherit_id: own })),
        { code: 'VIEW_WRONG', message: /inherits itself/ },
      )
    })

    t.test('an extension cannot be for some groups only', async (t) => {
      const base = await view(env, FORM)
      const groups = (await env['res.groups'].search([], { limit: 1 })).ids
      await t.rejects(
        env.connection.savepoint(() =>
          view(env, '<field name="city" position="after"/>', { inherit_id: base, groups_id: [{ set: groups }] }),
        ),
        /write groups at the nodes/,
      )
    })

    t.test('a view inherits one of another model, which inherits one of a third', async (t) => {
      const base = await view(env, '<form><field name="name"/></form>', { model: 'res.country' })
      const middle = await view(env, '<field name="name" position="after"><field name="code"/></field>', {
        model: 'res.country.state',
        inherit_id: base,
        mode: 'primary',
      })
      const top = await view(env, '<field name="code" position="before"><field name="active"/></field>', {
        model: 'res.lang',
        inherit_id: middle,
        mode: 'primary',
      })
      t.match(
        await archOf(env, top, 'form', 'res.lang'),
        /"name"[^>]*\/><field name="active"[^>]*\/><field name="code"/,
      )
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
