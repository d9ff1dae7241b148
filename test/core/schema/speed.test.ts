import t from 'tap'
import { field } from '#core/fields/builders.ts'
import type { Registry } from '#core/orm/registry.ts'
import { applyPlan, desiredSchema, introspect, planSchema } from '#core/schema/index.ts'
import type { Database } from '#core/sql/database.ts'
import { type TestModel, emptyPostgres, emptySqlite, many2many, many2one, registryOf } from './fixture.ts'

const TABLES = 100

/** Models as real ones are: some twenty columns, references in circles, a few indexes and relation tables. */
function manyModels(): Registry {
  const models: Record<string, TestModel> = { 'res.users': { fields: { login: field.char({ required: true }) } } }
  for (let i = 0; i < TABLES - 1; i++) {
    const fields: Record<string, unknown> = {
      name: field.char({ required: true, index: 'trigram' }),
      sequence: field.integer({ index: true }),
      active: field.boolean({ default: true }),
      date: field.datetime({ index: true }),
      next_id: field.many2one(`model.${(i + 1) % (TABLES - 1)}` as never, { index: true }),
      user_id: many2one('res.users'),
      create_uid: many2one('res.users'),
      write_uid: many2one('res.users'),
    }
    for (let k = 0; k < 10; k++) fields[`amount_${k}`] = field.float()
    if (i % 3 === 0) fields['user_ids'] = many2many('res.users')
    models[`model.${i}`] = { fields, order: 'sequence, id', sqlConstraints: { uniq: ['unique (name, date)', ''] } }
  }
  return registryOf(models)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** The best of some times to make the schema's plan when there is nothing to do. */
async function checking(db: Database, registry: Registry): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 5; i++) {
    times.push(await timed(async () => planSchema(desiredSchema(registry, db.dialect), await introspect(db))))
  }
  return Math.min(...times)
}

t.test('a hundred tables', async (t) => {
  const registry = manyModels()

  t.test('are made on SQLite in less than 300 ms, and checked in less than 100', async (t) => {
    const db = await emptySqlite(t)
    const plan = planSchema(desiredSchema(registry, db.dialect), await introspect(db))
    const making = await timed(() => applyPlan(db, plan))
    t.ok(making < 300, `made in ${making.toFixed(0)} ms`)
    const time = await checking(db, registry)
    t.ok(time < 100, `checked in ${time.toFixed(0)} ms`)
  })

  t.test('are checked on PostgreSQL in less than 100 ms', async (t) => {
    const db = await emptyPostgres(t)
    const making = await timed(async () =>
      applyPlan(db, planSchema(desiredSchema(registry, db.dialect), await introspect(db))),
    )
    const time = await checking(db, registry)
    t.ok(time < 100, `made in ${making.toFixed(0)} ms, checked in ${time.toFixed(0)} ms`)
  })
})
