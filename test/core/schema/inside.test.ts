import t from 'tap'
import { field } from '#core/fields/builders.ts'
import type { Registry } from '#core/orm/registry.ts'
import { applyPlan, desiredSchema, introspect, planSchema, updateSchema } from '#core/schema/index.ts'
import type { Connection } from '#core/sql/connection.ts'
import type { Database } from '#core/sql/database.ts'
import { raw } from '#core/sql/fragment.ts'
import { ask, many2many, many2one, onBoth, registryOf } from './fixture.ts'

const withFields = (fields: Readonly<Record<string, unknown>>): Registry =>
  registryOf({ tag: { fields: {} }, task: { fields: { name: field.char(), ...fields } } })

/** Brings the one table to the models, in the transaction of the connection. */
async function bringTask(db: Database, connection: Connection, registry: Registry): Promise<void> {
  const desired = desiredSchema(registry, db.dialect, new Set(['task']))
  await applyPlan(db, planSchema(desired, await introspect(db, connection)), connection)
}

t.test('a plan inside a transaction', async (t) => {
  const wider = withFields({
    x_note: field.char({ index: true }),
    x_done: field.boolean({ default: true }),
    x_tag_id: many2one('tag'),
    x_tag_ids: many2many('tag'),
  })

  onBoth(t, 'adds fields that can be used at once', async (t, db) => {
    await updateSchema(db, desiredSchema(withFields({}), db.dialect))
    await db.transaction('write', async (connection) => {
      await connection.run(raw(`INSERT INTO task (name) VALUES ('old')`))
      await bringTask(db, connection, wider)
      await connection.run(raw(`UPDATE task SET x_note = 'new'`))
    })
    t.match(await ask(db, `SELECT name, x_note FROM task WHERE x_done`), [{ name: 'old', x_note: 'new' }])
    t.same(planSchema(desiredSchema(wider, db.dialect), await introspect(db)).steps, [])
  })

  onBoth(t, 'is undone with it', async (t, db) => {
    await updateSchema(db, desiredSchema(withFields({}), db.dialect))
    const work = db.transaction('write', async (connection) => {
      await bringTask(db, connection, wider)
      await connection.run(raw('NONSENSE'))
    })
    await t.rejects(work, /syntax error/)
    t.same([...((await introspect(db)).tables.get('task')?.columns.keys() ?? [])], ['id', 'name'])
  })

  onBoth(t, 'makes a column required on PostgreSQL only', async (t, db) => {
    await updateSchema(db, desiredSchema(withFields({}), db.dialect))
    const required = withFields({ name: field.char({ required: true }) })
    const work = db.transaction('write', (connection) => bringTask(db, connection, required))
    if (db.dialect.altersConstraints) await work
    else await t.rejects(work, { code: 'SCHEMA_STEP_EXCLUSIVE', message: /make column task\.name required/ })
    t.equal((await introspect(db)).tables.get('task')?.columns.get('name')?.notNull, db.dialect.altersConstraints)
  })
})
