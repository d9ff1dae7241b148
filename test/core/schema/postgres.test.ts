import t from 'tap'
import { field } from '#core/fields/builders.ts'
import { applyPlan, desiredSchema, describePlan, introspect, planSchema, updateSchema } from '#core/schema/index.ts'
import { postgres } from '#core/sql/postgres/dialect.ts'
import { ident, sql } from '#core/sql/fragment.ts'
import { ask, emptyPostgres, registryOf } from './fixture.ts'

const desired = desiredSchema(registryOf({ partner: { fields: { name: field.char({ index: 'trigram' }) } } }), postgres)

t.test('an index for parts of words', async (t) => {
  t.test('serves case-insensitive searches', async (t) => {
    const db = await emptyPostgres(t)
    await updateSchema(db, desired)
    await ask(db, `INSERT INTO partner (name) SELECT 'Société ' || i FROM generate_series(1, 5000) i`)
    await db.knex.raw('VACUUM ANALYZE')
    const found = sql`SELECT id FROM partner WHERE ${postgres.ilike(ident('partner', 'name'), '%societe 4321%')}`
    await db.transaction('read', async (connection) => {
      t.same(await connection.rows(found), [{ id: 4321 }])
      const plan = await connection.rows(sql`EXPLAIN ${found}`)
      t.match(plan.map((row) => row['QUERY PLAN']).join('\n'), /Bitmap Index Scan on partner__name_index/)
    })
  })

  t.test('is a plain one where pg_trgm is not to be had', async (t) => {
    const db = await emptyPostgres(t)
    const without = { ...(await introspect(db)), extensions: new Map() }
    await applyPlan(db, planSchema(desired, without))
    const actual = await introspect(db)
    t.equal(actual.tables.get('partner')?.indexes.get('partner__name_index')?.definition, '("name")')
    t.same(planSchema(desired, { ...actual, extensions: new Map() }).steps, [])
    t.same(
      planSchema(desired, actual).steps.map(({ describes }) => describes),
      [
        'install extension pg_trgm',
        'drop index partner__name_index on partner',
        'add index partner__name_index on partner',
      ],
      'it is made once the extension can be installed',
    )
  })
})

t.test('a change of the folding function renews the indexes that hold its results', async (t) => {
  const db = await emptyPostgres(t)
  await updateSchema(db, desired)
  await ask(db, `COMMENT ON FUNCTION comptoir_fold(text) IS 'comptoir: of another version'`)
  const { steps } = await updateSchema(db, desired)
  t.match(steps, [
    {
      describes: 'create function comptoir_fold',
      sql: [/^CREATE OR REPLACE/, /^COMMENT/, 'REINDEX INDEX "partner__name_index"'],
    },
  ])
  t.same((await updateSchema(db, desired)).steps, [])
})

t.test('what extensions bring along is not taken for what nobody declares', async (t) => {
  const db = await emptyPostgres(t)
  await db.knex.raw('CREATE EXTENSION pg_stat_statements')
  t.same((await updateSchema(db, desired)).leftAlone, [])
})

t.test('a plan with its SQL', async (t) => {
  const plan = planSchema(desired, { ...desired, tables: new Map(), extensions: new Map() })
  t.equal(
    describePlan(plan, { sql: true }),
    [
      '  create table partner',
      '      CREATE TABLE "partner" (',
      '        "id" serial PRIMARY KEY,',
      '        "name" text',
      '      );',
      '      CREATE INDEX "partner__name_index" ON "partner" ("name");',
      `      COMMENT ON INDEX "partner__name_index" IS 'comptoir: ("name")';`,
      '',
    ].join('\n'),
  )
})
