import t from 'tap'
import type { Env } from '#core'
import { countQueries, DIALECTS, type DialectName } from '#test/env.ts'
import { baseEnv, baseRuntime } from './base-env.ts'

type Test = Parameters<typeof baseEnv>[0]
const SYSTEM = { uid: 1, su: true }
const reflect = (env: Env): Promise<void> => env['ir.model']._reflect([...env.registry.models()])

async function reflectedEnv(t: Test, dialect: DialectName): Promise<Env> {
  const env = await baseEnv(t, dialect)
  await reflect(env)
  return env
}

/** The administrator, who is a person with rights and not the system. */
async function administrator(env: Env): Promise<Env> {
  const idOf = async (model: string): Promise<number> =>
    (await env['ir.model'].search([['model', '=', model]])).ids[0] as number
  for (const model of ['ir.model', 'ir.model.fields', 'ir.model.fields.selection'] as const) {
    await env['ir.model.access'].create([
      {
        name: model,
        model_id: await idOf(model),
        perm_read: true,
        perm_write: true,
        perm_create: true,
        perm_unlink: true,
      },
    ])
  }
  const [uid = 0] = (await env['res.users'].search([['login', '=', 'admin']])).ids
  return env.asUser(uid)
}

for (const dialect of DIALECTS) {
  t.test(`models as records on ${dialect}`, async (t) => {
    t.test('hold what code declares, under external ids', async (t) => {
      const env = await reflectedEnv(t, dialect)
      const [, id = 0] = (await env.xmlId('base.model_res_partner')) ?? []
      const [model] = await env
        .browse('ir.model', [id])
        .load(['model', 'name', 'state', 'order', 'modules', 'transient', 'count'])
      const partners = await env['res.partner'].withContext({ active_test: false }).search_count([])
      t.same(
        [model?.model, model?.name, model?.state, model?.order, model?.modules, model?.transient, model?.count],
        ['res.partner', 'Contact', 'base', 'complete_name, id desc', 'base', false, partners],
      )
      const [, fieldId = 0] = (await env.xmlId('base.field_res_partner__category_id')) ?? []
      const [field] = await env
        .browse('ir.model.fields', [fieldId])
        .load(['model_id', 'ttype', 'relation', 'relation_table', 'column1', 'column2', 'store', 'copied', 'state'])
      t.equal(field?.model_id.id, id)
      t.same(
        [field?.ttype, field?.relation, field?.relation_table, field?.column1, field?.column2],
        ['many2many', 'res.partner.category', 'res_partner_res_partner_category_rel', 'partner_id', 'category_id'],
      )
      t.same([field?.store, field?.copied, field?.state], [true, true, 'base'])
      const type = await env['ir.model.fields'].search([
        ['model', '=', 'res.partner'],
        ['name', '=', 'type'],
      ])
      t.equal(
        (await type.load(['selection']))[0]?.selection,
        "[('contact', 'Contact'), ('invoice', 'Invoice Address'), ('delivery', 'Delivery Address'), ('other', 'Other Address')]",
      )
    })

    t.test('recording them again changes nothing, and takes few queries', async (t) => {
      const env = await reflectedEnv(t, dialect)
      const counts = async (): Promise<number[]> => [
        await env['ir.model'].search_count([]),
        await env['ir.model.fields'].search_count([]),
        await env['ir.model.data'].search_count([]),
      ]
      const before = await counts()
      t.ok((await countQueries(env, () => reflect(env))) <= 10)
      t.same(await counts(), before)
    })

    t.test('follow the code: what changed is written, what is gone is deleted', async (t) => {
      const env = await reflectedEnv(t, dialect)
      const info = env.registry.get('res.bank')
      const fields = new Map(info.fields)
      const name = fields.get('name')
      if (name) fields.set('name', { ...name, label: 'Bank Name' })
      fields.delete('bic')
      await env['ir.model']._reflect([{ ...info, description: 'Banks', fields }])
      const [, id = 0] = (await env.xmlId('base.model_res_bank')) ?? []
      t.equal((await env.browse('ir.model', [id]).load(['name']))[0]?.name, 'Banks')
      const found = await (
        await env['ir.model.fields'].search([
          ['model', '=', 'res.bank'],
          ['name', 'in', ['name', 'bic']],
        ])
      ).load(['field_description'])
      t.same(
        found.map((one) => one.field_description),
        ['Bank Name'],
      )
      t.equal(await env.xmlId('base.field_res_bank__bic'), undefined)
      await env['ir.model']._forget(['res.bank'])
      t.equal(await env.xmlId('base.model_res_bank'), undefined)
    })

    t.test('what code declares is not for people to change', async (t) => {
      const admin = await administrator(await reflectedEnv(t, dialect))
      const model = await admin['ir.model'].search([['model', '=', 'res.bank']])
      const field = await admin['ir.model.fields'].search([
        ['model', '=', 'res.bank'],
        ['name', '=', 'name'],
      ])
      const options = await admin['ir.model.fields.selection'].search([], { limit: 1 })
      const refused = { code: 'MODEL_DECLARED', exception: 'UserError' }
      await t.rejects(model.write({ name: 'x' }), refused)
      await t.rejects(model.unlink(), refused)
      await t.rejects(field.write({ required: false }), refused)
      await t.rejects(field.unlink(), refused)
      await t.rejects(options.write({ name: 'x' }), refused)
    })

    t.test('names made by hand begin with x_', async (t) => {
      const env = await reflectedEnv(t, dialect)
      const [model_id = 0] = (await env['ir.model'].search([['model', '=', 'res.partner']])).ids
      const add = (values: object): Promise<unknown> =>
        env.connection.savepoint(() =>
          env['ir.model.fields'].create([{ model_id, ttype: 'char', field_description: 'X', ...values }]),
        )
      const refused = { code: 'CONSTRAINT_FAILED', exception: 'ValidationError' }
      await t.rejects(
        env.connection.savepoint(() => env['ir.model'].create([{ name: 'C', model: 'conf' }])),
        refused,
      )
      await t.rejects(add({ name: 'extra' }), refused)
      await t.rejects(add({ name: 'x_Extra' }), refused)
      await t.rejects(add({ name: 'x_partner', ttype: 'many2one', relation: 'no.model' }), refused)
      await t.rejects(
        add({ name: 'x_lines', ttype: 'one2many', relation: 'res.bank', relation_field: 'name' }),
        refused,
      )
      await t.rejects(add({ name: 'x_kind', ttype: 'selection' }), refused)
      await t.rejects(add({ name: 'x_rel', ttype: 'char', related: 'parent_id.no_field' }), refused)
      await t.rejects(add({ name: 'x_rel', ttype: 'integer', related: 'parent_id.name' }), refused)
      await t.resolves(add({ name: 'x_rel', ttype: 'char', related: 'parent_id.name' }))
      await t.rejects(add({ name: 'x_rel', ttype: 'char' }), { code: 'UNIQUE_FAILED' })
    })

    t.test('a model made by hand has fields and records of its own', async (t) => {
      const runtime = await baseRuntime(t, dialect)
      await runtime.call(SYSTEM, 'write', reflect)
      await runtime.call(SYSTEM, 'write', (env) =>
        env['ir.model'].create([
          {
            name: 'Thing',
            model: 'x_thing',
            order: 'x_name desc',
            field_id: [
              { create: { name: 'x_name', ttype: 'char', field_description: 'Name', required: true } },
              {
                create: {
                  name: 'x_kind',
                  ttype: 'selection',
                  field_description: 'Kind',
                  selection: "[('a', 'Aa'), ('b', \"B's\")]",
                },
              },
              {
                create: {
                  name: 'x_partner_id',
                  ttype: 'many2one',
                  relation: 'res.partner',
                  field_description: 'Partner',
                },
              },
            ],
          },
        ]),
      )
      t.ok(runtime.registry.has('x_thing'))
      t.same(runtime.registry.get('x_thing').fields.get('x_kind')?.selection, { a: 'Aa', b: "B's" })
      await runtime.call(SYSTEM, 'write', async (env) => {
        const things = await env.model('x_thing').create([{ x_name: 'One', x_kind: 'b', x_partner_id: 1 }])
        t.same(
          (await things.load(['x_name', 'x_kind'])).map((one) => [one['x_name'], one['x_kind']]),
          [['One', 'b']],
        )
        await t.rejects(
          env.connection.savepoint(() => env.model('x_thing').create([{ x_kind: 'a' }])),
          { code: 'FIELD_REQUIRED' },
        )
      })
      await runtime.call(SYSTEM, 'write', async (env) =>
        (await env['ir.model'].search([['model', '=', 'x_thing']])).unlink(),
      )
      t.notOk(runtime.registry.has('x_thing'))
    })

    t.test('a model made by hand without fields has a name', async (t) => {
      const env = await reflectedEnv(t, dialect)
      const made = await env['ir.model'].create([{ name: 'Bare', model: 'x_bare' }])
      t.same(
        (await made.load(['field_id.name']))[0]?.field_id.map((one) => one.name),
        ['x_name'],
      )
      t.ok(env.transaction.invalidated.has('registry'))
    })

    t.test('a field that another one mirrors cannot be deleted, nor its kind be changed', async (t) => {
      const system = await reflectedEnv(t, dialect)
      const env = await administrator(system)
      const [model_id = 0] = (await env['ir.model'].search([['model', '=', 'res.partner']])).ids
      const many2one = await env['ir.model.fields'].create([
        { name: 'x_boss_id', model_id, ttype: 'many2one', relation: 'res.partner', field_description: 'Boss' },
      ])
      const one2many = await env['ir.model.fields'].create([
        {
          name: 'x_staff_ids',
          model_id,
          ttype: 'one2many',
          relation: 'res.partner',
          relation_field: 'x_boss_id',
          field_description: 'Staff',
        },
      ])
      await t.rejects(many2one.unlink(), { code: 'MODEL_FIELD_NEEDED' })
      await t.rejects(many2one.write({ ttype: 'char' }), { code: 'MODEL_FIXED' })
      await t.resolves(many2one.write({ field_description: 'Chief', name: 'x_boss_id' }))
      await one2many.unlink()
      await many2one.unlink()
      t.equal(await env['ir.model.fields'].search_count([['state', '=', 'manual']]), 0)
    })
  })
}
