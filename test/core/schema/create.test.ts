import t from 'tap'
import { field } from '#core/fields/builders.ts'
import { applyPlan, desiredSchema, describePlan, introspect, planSchema, updateSchema } from '#core/schema/index.ts'
import { ask, many2many, many2one, onBoth, registryOf } from './fixture.ts'

const models = registryOf({
  'res.country': {
    fields: {
      name: field.char({ required: true, translate: true, index: true }),
      code: field.char({ required: true }),
    },
    sqlConstraints: { code_uniq: ['unique (code)', 'Two countries cannot have one code.'] },
  },
  'res.partner': {
    fields: {
      name: field.char({ required: true, index: true }),
      active: field.boolean({ default: true }),
      credit: field.float({ companyDependent: true }),
      birth: field.date(),
      seen: field.datetime({ index: 'not null' }),
      country_id: many2one('res.country', { ondelete: 'restrict' }),
      parent_id: many2one('res.partner', { index: true, ondelete: 'cascade' }),
      tag_ids: many2many('res.partner.tag'),
      favourite_ids: many2many('res.country', { ondelete: 'restrict' }),
      email: field.char({ index: 'trigram' }),
    },
    order: 'name, id desc',
    sqlConstraints: { named: ["check (name <> '')", 'A partner needs a name.'] },
    indexes: { by_country: 'country_id, birth desc WHERE country_id IS NOT NULL' },
  },
  'res.partner.tag': {
    fields: {
      name: field.char(),
      leader_id: many2one('res.partner'),
      partner_ids: many2many('res.partner'),
      report_id: many2one('partner.report'),
    },
  },
  'partner.report': {
    fields: { name: field.char() },
    view: () => 'SELECT id, name FROM partner_report_base',
  },
  'partner.report.base': {
    fields: { name: field.char() },
    view: () => 'SELECT id, name FROM res_partner WHERE active = TRUE',
  },
})

t.test('a new database', async (t) => {
  onBoth(t, 'has nothing left to do once its schema is made', async (t, db) => {
    const desired = desiredSchema(models, db.dialect)
    await applyPlan(db, planSchema(desired, await introspect(db)))
    const again = planSchema(desired, await introspect(db))
    t.same(
      again.steps.map(({ describes }) => describes),
      [],
    )
    t.same(again.leftAlone, [])
    t.equal(describePlan(again), '  nothing to do\n')
  })

  onBoth(t, 'describes its tables as the models do', async (t, db) => {
    await updateSchema(db, desiredSchema(models, db.dialect))
    const { tables } = await introspect(db)
    const partner = tables.get('res_partner')
    const json = db.dialect.columnType('json')
    t.same(partner?.primaryKey, ['id'])
    t.match(Object.fromEntries(partner?.columns ?? []), {
      id: { type: 'integer', notNull: true },
      name: { type: 'text', notNull: true },
      active: { type: 'boolean', notNull: false },
      credit: { type: json },
      birth: { type: 'date' },
      seen: { type: db.dialect.columnType('datetime') },
      country_id: { type: 'integer', references: { table: 'res_country', onDelete: 'restrict' } },
      parent_id: { references: { table: 'res_partner', onDelete: 'cascade' } },
    })
    t.equal(tables.get('res_country')?.columns.get('name')?.type, json)
    t.equal(tables.get('res_partner_tag')?.columns.get('report_id')?.references, null, 'a view cannot be referred to')
    t.match(partner?.constraints.get('res_partner_named'), { kind: 'check', definition: "(name <> '')", ours: true })
  })

  onBoth(t, 'makes relation tables whose rows go with either side', async (t, db) => {
    await updateSchema(db, desiredSchema(models, db.dialect))
    const { tables } = await introspect(db)
    const relation = tables.get('res_partner_res_partner_tag_rel')
    t.same(relation?.primaryKey, ['res_partner_id', 'res_partner_tag_id'])
    t.same(
      [...(relation?.indexes.values() ?? [])].map(({ definition }) => definition),
      ['("res_partner_tag_id", "res_partner_id")'],
    )
    t.match(Object.fromEntries(tables.get('res_country_res_partner_rel')?.columns ?? []), {
      res_partner_id: { notNull: true, references: { table: 'res_partner', onDelete: 'cascade' } },
      res_country_id: { notNull: true, references: { table: 'res_country', onDelete: 'restrict' } },
    })
  })

  onBoth(t, 'keeps the rules that the models state', async (t, db) => {
    await updateSchema(db, desiredSchema(models, db.dialect))
    const refused = async (statement: string, kind: string): Promise<void> => {
      const error: unknown = await ask(db, statement).then(
        () => undefined,
        (error: unknown) => error,
      )
      t.equal(db.violation(error ?? {}).kind, kind, statement)
    }
    await ask(db, `INSERT INTO res_country (name, code) VALUES ('{"en_US": "Belgium"}', 'BE')`)
    await ask(db, `INSERT INTO res_partner (name, country_id, active) VALUES ('Azure', 1, TRUE)`)
    await ask(db, `INSERT INTO res_partner (name, parent_id, active) VALUES ('Lena', 1, FALSE)`)
    await ask(db, `INSERT INTO res_partner_tag (name, leader_id) VALUES ('VIP', 2)`)
    await ask(db, `INSERT INTO res_partner_res_partner_tag_rel (res_partner_id, res_partner_tag_id) VALUES (2, 1)`)
    await refused(`INSERT INTO res_country (name, code) VALUES ('{}', 'BE')`, 'unique')
    await refused(`INSERT INTO res_partner (name) VALUES (NULL)`, 'required')
    await refused(`INSERT INTO res_partner (name) VALUES ('')`, 'check')
    await refused(`INSERT INTO res_partner (name, country_id) VALUES ('X', 99)`, 'foreign')
    await refused(`DELETE FROM res_country`, 'foreign')
    await refused(
      `INSERT INTO res_partner_res_partner_tag_rel (res_partner_id, res_partner_tag_id) VALUES (2, 1)`,
      'unique',
    )
    t.same(await ask(db, `SELECT id, name FROM partner_report`), [{ id: 1, name: 'Azure' }], 'a view on a view')
    await ask(db, `DELETE FROM res_partner WHERE id = 1`)
    t.same(await ask(db, `SELECT id FROM res_partner`), [], 'cascade')
    t.same(await ask(db, `SELECT leader_id FROM res_partner_tag`), [{ leader_id: null }], 'set null')
    t.same(await ask(db, `SELECT res_partner_tag_id FROM res_partner_res_partner_tag_rel`), [], 'relation')
  })

  onBoth(t, 'is made whole or not at all', async (t, db) => {
    const plan = planSchema(desiredSchema(models, db.dialect), await introspect(db))
    const wrong = { describes: 'do nonsense', sql: ['NONSENSE'], destructive: false, checks: [], verify: [] }
    await t.rejects(applyPlan(db, { ...plan, steps: [...plan.steps, wrong] }), {
      code: 'SCHEMA_STEP_FAILED',
      message: /^The database refused to do nonsense: .*syntax error/,
    })
    t.equal((await introspect(db)).tables.size, 0)
  })

  onBoth(t, 'can be made by several callers at the same time', async (t, db) => {
    const desired = desiredSchema(models, db.dialect)
    const plans = await Promise.all([updateSchema(db, desired), updateSchema(db, desired)])
    t.equal(plans.filter(({ steps }) => steps.length > 0).length, 1)
  })
})

t.test('tables that refer to each other are made in one go', async (t) => {
  const circle = registryOf({
    egg: { fields: { hen_id: many2one('hen', { required: true, ondelete: 'cascade' }) } },
    hen: { fields: { egg_id: many2one('egg'), best_id: many2one('hen') } },
  })
  onBoth(t, 'with all their foreign keys', async (t, db) => {
    await updateSchema(db, desiredSchema(circle, db.dialect))
    const { tables } = await introspect(db)
    t.match(tables.get('egg')?.columns.get('hen_id')?.references, { table: 'hen', onDelete: 'cascade' })
    t.match(tables.get('hen')?.columns.get('egg_id')?.references, { table: 'egg', onDelete: 'set null' })
    t.match(tables.get('hen')?.columns.get('best_id')?.references, { table: 'hen', onDelete: 'set null' })
    t.same(planSchema(desiredSchema(circle, db.dialect), await introspect(db)).steps, [])
  })
})
