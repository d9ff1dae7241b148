import t from 'tap'
import { compileOrder } from '#core/domain/order.ts'
import { field } from '#core/fields/builders.ts'
import { desiredSchema, updateSchema } from '#core/schema/index.ts'
import type { Database } from '#core/sql/database.ts'
import { raw, sql } from '#core/sql/fragment.ts'
import { ask, emptyPostgres, emptySqlite, registryOf } from './fixture.ts'

const registry = registryOf({
  partner: {
    fields: { name: field.char({ index: true }), day: field.date({ required: true }), note: field.char() },
    order: 'name, day desc, id desc',
  },
  task: {
    fields: { day: field.datetime({ index: true, required: true }), done: field.boolean() },
    order: 'day desc, done',
  },
})

/** The plan of the query that reads the first page of a model in its own order, as text. */
async function planOfPage(db: Database, model: string): Promise<string> {
  const info = registry.get(model)
  const context = { dialect: db.dialect, registry, lang: 'en_US', companyId: 1, zone: 'UTC' }
  const { terms } = compileOrder(info.order, info, 't', context)
  const explain = raw(db.dialect.name === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN')
  const rows = await db.transaction('read', (connection) =>
    connection.rows(sql`${explain} SELECT t.id FROM ${raw(`"${model}"`)} AS t ORDER BY ${terms} LIMIT 80`),
  )
  return rows.map((row) => String(row['detail'] ?? row['QUERY PLAN'])).join('\n')
}

async function fill(db: Database, rows: number): Promise<void> {
  await ask(
    db,
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
    INSERT INTO partner (name, day) SELECT CASE WHEN i % 9 > 0 THEN 'Partner ' || (i * 7919 % ${rows}) END, '2024-01-01' FROM n`,
  )
  await ask(
    db,
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
    INSERT INTO task (day, done) SELECT '2024-01-01 00:00:00', i % 2 = 0 FROM n`,
  )
}

t.test('a page in the default order is read from the index alone', async (t) => {
  t.test('on SQLite', async (t) => {
    const db = await emptySqlite(t)
    await updateSchema(db, desiredSchema(registry, db.dialect))
    t.match(await planOfPage(db, 'partner'), /^SCAN t USING (COVERING )?INDEX partner__order$/)
    t.match(await planOfPage(db, 'task'), /^SCAN t USING (COVERING )?INDEX task__order$/)
  })

  t.test('on PostgreSQL', async (t) => {
    const db = await emptyPostgres(t)
    await updateSchema(db, desiredSchema(registry, db.dialect))
    await fill(db, 20_000)
    await db.knex.raw('VACUUM ANALYZE')
    t.match(await planOfPage(db, 'partner'), /^Limit .*\n\s*->  Index (Only )?Scan using partner__order on partner t/)
    t.match(await planOfPage(db, 'task'), /^Limit .*\n\s*->  Index (Only )?Scan using task__order on task t/)
  })

  t.test('in a time that does not grow with the table', async (t) => {
    const db = await emptySqlite(t)
    await updateSchema(db, desiredSchema(registry, db.dialect))
    const time = async (): Promise<number> => {
      const times: number[] = []
      for (let i = 0; i < 15; i++) {
        const start = performance.now()
        await ask(
          db,
          `SELECT id, name FROM partner ORDER BY (name IS NULL), name COLLATE NOCASE, day DESC, id DESC LIMIT 80`,
        )
        times.push(performance.now() - start)
      }
      return times.sort((a, b) => a - b)[7] ?? 0
    }
    await fill(db, 2_000)
    const small = await time()
    await fill(db, 100_000)
    const large = await time()
    t.ok(large < small * 3 + 1, `${small.toFixed(2)} ms of 2,000 rows, ${large.toFixed(2)} ms of 102,000`)
  })
})
