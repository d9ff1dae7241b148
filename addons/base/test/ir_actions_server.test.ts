import t from 'tap'
import type { Env, Recs, Values } from '#core'
import { callMethod } from '#core/wire/dispatch.ts'
import { countQueries, DIALECTS, installedRuntime, openEnv, type DialectName } from '#test/env.ts'

type Test = Parameters<typeof installedRuntime>[0]

interface Bench {
  readonly env: Env
  readonly partners: Recs<'res.partner'>
  /** An action on contacts. */
  action(values: Values<'ir.actions.server'>): Promise<Recs<'ir.actions.server'>>
  /** Runs an action on the contacts. */
  run(action: Recs<'ir.actions.server'>, env?: Env): Promise<Record<string, unknown> | null>
}

async function bench(t: Test, dialect: DialectName): Promise<Bench> {
  const runtime = await installedRuntime(t, dialect)
  const env = await openEnv(t, runtime, { uid: 2 })
  const [model_id = 0] = (await env['ir.model'].search([['model', '=', 'res.partner']])).ids
  const [parent] = (await env['res.partner'].create([{ name: 'Above', is_company: true }])).ids
  const partners = await env['res.partner'].create([
    { name: 'Ann', city: 'Ghent', parent_id: parent ?? null },
    { name: 'Bob', city: 'Liège' },
  ])
  return {
    env,
    partners,
    action: (values) => env['ir.actions.server'].create([{ name: 'Do it', model_id, ...values }]),
    run: (action, as = env) =>
      as
        .with({ context: { active_model: 'res.partner', active_ids: partners.ids } })
        .browse('ir.actions.server', action.ids)
        .run(),
  }
}

const cities = async ({ partners }: Bench): Promise<(string | null)[]> =>
  (await partners.load(['city'])).map(({ city }) => city)

for (const dialect of DIALECTS) {
  t.test(`server actions on ${dialect}`, async (t) => {
    t.test('write a value to all records', async (t) => {
      const b = await bench(t, dialect)
      const action = await b.action({ state: 'object_write', update_path: 'city', value: 'Mons' })
      t.match((await action.load(['update_field_id.name', 'update_field_type']))[0], {
        update_field_id: { name: 'city' },
        update_field_type: 'char',
      })
      t.equal(await b.run(action), null)
      t.same(await cities(b), ['Mons', 'Mons'])
    })

    t.test('write what an expression gives for each record, with as many queries for many as for two', async (t) => {
      const b = await bench(t, dialect)
      const action = await b.action({
        state: 'object_write',
        update_path: 'city',
        evaluation_type: 'equation',
        value: "record.city.upper() + ' ' + str(len(record.parent_id))",
      })
      await b.run(action)
      t.same(await cities(b), ['GHENT 1', 'LIÈGE 0'])
      const many = await b.env['res.partner'].create(Array.from({ length: 30 }, () => ({ name: 'x', city: 'Bruges' })))
      const one = await b.env['res.partner'].create([{ name: 'y', city: 'Bruges' }])
      const runOn = (ids: readonly number[]): Promise<number> =>
        countQueries(b.env, () =>
          b.env
            .with({ context: { active_model: 'res.partner', active_ids: ids } })
            .browse('ir.actions.server', action.ids)
            .run(),
        )
      const few = await runOn(one.ids)
      t.ok((await runOn(many.ids)) <= few + 1)
    })

    t.test('write through a path, numbers, yes and no, and links', async (t) => {
      const b = await bench(t, dialect)
      await b.run(await b.action({ state: 'object_write', update_path: 'parent_id.ref', value: 'up' }))
      t.equal((await b.partners.load(['parent_id.ref']))[0]?.parent_id?.ref, 'up')
      await b.run(await b.action({ state: 'object_write', update_path: 'active', update_boolean_value: 'false' }))
      t.same(
        (await b.partners.load(['active'])).map(({ active }) => active),
        [false, false],
      )
      const [tag = 0] = (await b.env['res.partner.category'].create([{ name: 'VIP' }])).ids
      await b.run(
        await b.action({
          state: 'object_write',
          update_path: 'category_id',
          update_m2m_operation: 'add',
          value: String(tag),
        }),
      )
      t.same(
        (await b.partners.load(['category_id'])).map(({ category_id }) => category_id.ids),
        [[tag], [tag]],
      )
      await b.run(await b.action({ state: 'object_write', update_path: 'category_id', update_m2m_operation: 'clear' }))
      t.same(
        (await b.partners.load(['category_id'])).map(({ category_id }) => category_id.ids),
        [[], []],
      )
    })

    t.test('create and duplicate records, and put them into a field of each', async (t) => {
      const b = await bench(t, dialect)
      const [link_field_id = 0] = (
        await b.env['ir.model.fields'].search([
          ['model', '=', 'res.partner'],
          ['name', '=', 'category_id'],
        ])
      ).ids
      const [crud_model_id = 0] = (await b.env['ir.model'].search([['model', '=', 'res.partner.category']])).ids
      await b.run(await b.action({ state: 'object_create', crud_model_id, value: 'New', link_field_id }))
      t.same(
        (await b.partners.load(['category_id.name'])).map(({ category_id }) => category_id.map(({ name }) => name)),
        [['New'], ['New']],
      )
      const [original = 0] = (await b.env['res.partner.category'].create([{ name: 'Like this' }])).ids
      await b.run(
        await b.action({ state: 'object_copy', resource_ref: `res.partner.category,${original}`, link_field_id }),
      )
      t.match(
        (await b.partners.load(['category_id.name']))[1]?.category_id.map(({ name }) => name).sort(),
        ['Like this', 'New'].map((name) => new RegExp(`^${name}`)),
      )
    })

    t.test('run code over the records, and answer what it calls action', async (t) => {
      const b = await bench(t, dialect)
      const code = `
made = []
for one in records:
    if one.city == 'Ghent' and one.parent_id:
        one.write({'city': one.parent_id.name + '/' + one.city})
    else:
        child = one.copy({'name': one.name + ' II'})
        made = made + child.ids
found = env['res.partner'].search([('id', 'in', made)])
action = {'type': 'ir.actions.act_window', 'res_model': model._name, 'domain': [('id', 'in', found.ids)], 'name': ', '.join(found.mapped('name'))}
`
      const answer = await b.run(await b.action({ state: 'code', code }))
      t.match(answer, { type: 'ir.actions.act_window', res_model: 'res.partner', name: 'Bob II' })
      t.same(await cities(b), ['Above/Ghent', 'Liège'])
    })

    t.test('answer the dict that their one expression makes', async (t) => {
      const b = await bench(t, dialect)
      t.same(
        await b.run(
          await b.action({ state: 'code', code: "{'type': 'ir.actions.act_url', 'url': '/x/%s' % record.id}" }),
        ),
        { type: 'ir.actions.act_url', url: `/x/${b.partners.ids[0]}` },
      )
    })

    t.test('reach with code only what clients may call', async (t) => {
      const b = await bench(t, dialect)
      for (const [code, reason] of [
        ['record._cron_forget()', /private|_cron_forget/],
        ['record.sudo()', /sudo/],
        ['x = record.constructor', /constructor/],
        ['y = env["res.partner"].create({"name": "z"}).write({})', /statement of its own/],
        ['x = records.name', /2 records of res.partner/],
        ['env["no.model"]', /no.model/],
      ] as const) {
        await t.rejects(b.run(await b.action({ state: 'code', code })), { message: reason }, code)
      }
      await t.rejects(
        b.run(
          await b.action({ state: 'code', code: 'if len(records) > 1:\n    raise UserError("No: %s" % record.city)' }),
        ),
        { code: 'SCRIPT_RAISED', message: 'No: Ghent', details: { action: 'Do it' } },
      )
    })

    t.test('name the action, the model and the records in errors', async (t) => {
      const b = await bench(t, dialect)
      const failed = b.run(await b.action({ state: 'code', code: 'x = 1\ny = x + recrod.name' }))
      await t.rejects(failed, {
        code: 'ACTION_FAILED',
        message: new RegExp(
          `'Do it' failed on res.partner\\(${b.partners.ids.join(', ')}\\).*did you mean 'record'.*line 2`,
        ),
        details: { action: 'Do it', model: 'res.partner', ids: [...b.partners.ids], cause: 'EXPR_NAME' },
      })
    })

    t.test('run their children in order, but never themselves', async (t) => {
      const b = await bench(t, dialect)
      const first = await b.action({ state: 'object_write', update_path: 'city', value: 'One', sequence: 1 })
      const second = await b.action({
        state: 'code',
        code: "records.write({'city': record.city + ' Two'})\naction = {'type': 'x'}",
        sequence: 2,
      })
      const all = await b.action({ state: 'multi', child_ids: [{ set: [second.ids[0] ?? 0, first.ids[0] ?? 0] }] })
      t.same(await b.run(all), { type: 'x' })
      t.same(await cities(b), ['One Two', 'One Two'])
      await t.rejects(second.write({ child_ids: [{ link: all.ids[0] ?? 0 }] }), { message: /would run itself/ })
    })

    t.test('are for those of their groups, else for those who may change the records', async (t) => {
      const b = await bench(t, dialect)
      const system = b.env.sudo('a user for the test')
      const [group = 0] = (await system['res.groups'].create([{ name: 'Movers' }])).ids
      const [user = 0] = (
        await system['res.users'].create([
          { name: 'Reader', login: 'reader', groups_id: [{ set: [(await b.env.xmlId('base.group_user'))?.[1] ?? 0] }] },
        ])
      ).ids
      const reader = await b.env.asUser(user)
      const free = await b.action({ state: 'object_write', update_path: 'city', value: 'X' })
      await t.rejects(b.run(free, reader), { code: 'ACCESS_MODEL' })
      const grouped = await b.action({ state: 'code', code: "action = {'type': 'y'}", groups_id: [{ set: [group] }] })
      await t.rejects(b.run(grouped, b.env), { code: 'ACTION_FORBIDDEN' })
      await system.browse('res.groups', [group]).write({ users: [{ link: user }] })
      t.same(await b.run(grouped, await b.env.asUser(user)), { type: 'y' })
      await t.rejects(reader['ir.actions.server'].create([{ name: 'Mine' }]), { code: 'ACCESS_MODEL' })
    })

    t.test('are offered in the Action menu of their model', async (t) => {
      const b = await bench(t, dialect)
      const action = await b.action({ state: 'code', code: 'pass' })
      const bound = async (): Promise<unknown[]> =>
        ((await b.env['ir.actions.actions'].get_bindings('res.partner'))['action'] ?? []).map(({ id }) => id)
      t.notOk((await bound()).includes(action.ids[0]))
      await action.create_action()
      t.ok((await bound()).includes(action.ids[0]))
      await action.unlink_action()
      t.notOk((await bound()).includes(action.ids[0]))
    })

    t.test('are refused when their code, path or expression cannot be read', async (t) => {
      const b = await bench(t, dialect)
      await t.rejects(b.action({ state: 'code', code: 'x = = 1' }), { message: /'Do it'.*line 1, column 5/ })
      await t.rejects(b.action({ state: 'object_write', update_path: 'parent_id.nmae' }), {
        message: /'parent_id.nmae', which is not a path of fields from res.partner/,
      })
      await t.rejects(
        b.action({ state: 'object_write', update_path: 'city', evaluation_type: 'equation', value: 'a b' }),
        { message: /value of the server action 'Do it'/ },
      )
      await t.rejects(b.action({ state: 'webhook', webhook_url: 'file:///etc/passwd' }), { message: /https:/ })
    })

    t.test('run on the wire', async (t) => {
      const runtime = await installedRuntime(t, dialect)
      const call = async (
        model: string,
        method: string,
        args: readonly unknown[],
        kwargs: Record<string, unknown> = {},
      ): Promise<unknown> => (await callMethod(runtime, { uid: 2, model, method, args, kwargs })).result
      const [model_id] = (await call('ir.model', 'search', [[['model', '=', 'res.partner']]])) as number[]
      const id = await call('ir.actions.server', 'create', [
        {
          name: 'Wire',
          model_id,
          state: 'code',
          code: "action = {'type': 'ir.actions.act_window_close', 'n': len(records)}",
        },
      ])
      t.same(
        await call('ir.actions.server', 'run', [[id]], {
          context: { active_model: 'res.partner', active_ids: [1, 2] },
        }),
        { type: 'ir.actions.act_window_close', n: 2 },
      )
    })
  })
}
