import t from 'tap'
import { field } from '#core/fields/builders.ts'
import { desiredSchema, describePlan, introspect, planSchema, updateSchema } from '#core/schema/index.ts'
import { ask, onBoth, registryOf } from './fixture.ts'

const models = registryOf({
  'res.country': {
    fields: { name: field.char({ required: true, translate: true, index: true }), code: field.char({ required: true }) },
    sqlConstraints: { code_uniq: ['unique (code)', 'Two countries cannot have one code.'] },
  },
  'res.partner': {
    fields: {
      name: field.char({ required: true, index: true }),
      active: field.boolean({ default: true }),
      credit: field.float({ companyDependent: true }),
      birth: field.date(),
      seen: field.datetime({ index: 'not null' }),
      country_id: field.many2one('res.country' as never, { ondelete: 'restrict' }),
      parent_id: field.many2one('res.partner' as never, { index: true, ondelete: 'cascade' }),
      tag_ids: field.many2many('res.partner.tag' as never),
      email: field.char({ index: 'trigram' }),
    },
    order: 'name, id desc',
    sqlConstraints: { named: ["check (name <> '')", 'A partner needs a name.'] },
    indexes: { by_country: 'country_id, birth desc WHERE country_id IS NOT NULL' },
  },
  'res.partner.tag': {
    fields: { name: field.char(), leader_id: field.many2one('res.partner' as never), partner_ids: field.many2many('res.partner' as never) },
  },
  'partner.report': {
    fields: { name: field.char() },
    view: () => 'SELECT id, name FROM res_partner WHERE active = TRUE',
  },
})

t.test('a new database', async (t) => {
  onBoth(t, 'gets tables, constraints, indexes and views, after which nothing is left to do', async (t, db) => {
    const desired = desiredSchema(models, db.dialect)
    const plan = await updateSchema(db, desired)
    t.ok(plan.steps.length >= 5, describePlan(plan, { sql: true }))
    const again = planSchema(desired, await introspect(db))
    t.same(again.steps.map(({ describes }) => describes), [])
    t.same(again.leftAlone, [])
    t.equal(describePlan(again), '  nothing to do\n')
  })
})
