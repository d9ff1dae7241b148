import t, { type Test } from 'tap'
import { field } from '#core/fields/builders.ts'
import { desiredSchema, describePlan, introspect, planSchema, updateSchema } from '#core/schema/index.ts'
import type { DiffOptions } from '#core/schema/index.ts'
import type { Database } from '#core/sql/database.ts'
import type { Plan } from '#core/schema/types.ts'
import { type TestModel, ask, many2many, many2one, onBoth, registryOf } from './fixture.ts'

type Models = Readonly<Record<string, TestModel>>

async function bring(db: Database, models: Models, options: DiffOptions = {}): Promise<Plan> {
  return updateSchema(db, desiredSchema(registryOf(models), db.dialect), options)
}

/** Brings the database to the models, asserts that this leaves nothing to do, and gives the steps in words. */
async function settle(t: Test, db: Database, models: Models, options: DiffOptions = {}): Promise<string> {
  const { steps } = await bring(db, models, options)
  const again = planSchema(desiredSchema(registryOf(models), db.dialect), await introspect(db), options)
  t.same(again.steps, [], 'nothing is left to do')
  return steps.map(({ describes }) => describes).join(', ')
}

const before = {
  tag: { fields: { name: field.char() } },
  task: {
    fields: {
      name: field.char(),
      hours: field.integer(),
      day: field.date(),
      tag_id: many2one('tag', { ondelete: 'restrict' }),
      parent_id: many2one('task', { ondelete: 'cascade' }),
      tag_ids: many2many('tag'),
    },
  },
} satisfies Models

/** Two tags, three tasks of which the last was deleted, so that id 3 must not come back. */
async function withRows(db: Database): Promise<void> {
  await bring(db, before)
  await ask(db, `INSERT INTO tag (name) VALUES ('a'), ('b')`)
  await ask(db, `INSERT INTO task (name, hours, day, tag_id) VALUES ('one', 1, '2024-05-01', 1)`)
  await ask(db, `INSERT INTO task (name, hours, tag_id, parent_id) VALUES ('two', NULL, NULL, 1)`)
  await ask(db, `INSERT INTO task (name) VALUES ('three')`)
  await ask(db, `DELETE FROM task WHERE id = 3`)
  await ask(db, `INSERT INTO tag_task_rel (task_id, tag_id) VALUES (1, 2), (2, 2)`)
}

const task = (changes: Readonly<Record<string, unknown>>, spec: Partial<TestModel> = {}): Models => ({
  ...before,
  task: { fields: { ...before.task.fields, ...changes }, ...spec },
})

t.test('a column', async (t) => {
  onBoth(t, 'is added, with the default value in the rows that are there', async (t, db) => {
    await withRows(db)
    const fields = {
      note: field.text(),
      state: field.char({ default: "it's new" }),
      on: field.boolean({ default: true }),
    }
    await settle(t, db, task(fields))
    const [row] = await ask(db, `SELECT note, state, "on" FROM task WHERE id = 1`)
    t.match(row, { note: null, state: "it's new", on: db.dialect.name === 'sqlite' ? 1 : true })
  })

  onBoth(t, 'is added required when there is a value to fill in', async (t, db) => {
    await withRows(db)
    await settle(t, db, task({ state: field.char({ required: true, default: 'draft' }) }))
    t.same(await ask(db, `SELECT id, state FROM task ORDER BY id`), [
      { id: 1, state: 'draft' },
      { id: 2, state: 'draft' },
    ])
    await t.rejects(ask(db, `INSERT INTO task (name) VALUES ('no state')`), "the default is not the database's")
  })

  onBoth(t, 'is not added required to rows that have no value for it', async (t, db) => {
    await withRows(db)
    await t.rejects(bring(db, task({ code: field.char({ required: true }) })), {
      code: 'SCHEMA_NOT_NULL',
      message: 'Column task.code cannot become required: 2 rows have no value in it.',
      details: { table: 'task', column: 'code', rows: 2 },
    })
    t.notOk((await introspect(db)).tables.get('task')?.columns.has('code'))
  })

  onBoth(t, 'is added optional first when that is asked for', async (t, db) => {
    await withRows(db)
    const models = task({ code: field.char({ required: true }) })
    await settle(t, db, models, { postponeRequired: true })
    await ask(db, `UPDATE task SET code = 'c' || id`)
    t.equal(await settle(t, db, models), 'make column task.code required')
    t.equal((await introspect(db)).tables.get('task')?.columns.get('code')?.notNull, true)
  })

  onBoth(t, 'becomes required and optional again', async (t, db) => {
    await withRows(db)
    t.equal(await settle(t, db, task({ name: field.char({ required: true }) })), 'make column task.name required')
    await t.rejects(ask(db, `UPDATE task SET name = NULL`))
    t.equal(await settle(t, db, before), 'make column task.name optional')
    await ask(db, `UPDATE task SET name = NULL`)
  })

  onBoth(t, 'does not become required while rows have no value', async (t, db) => {
    await withRows(db)
    await t.rejects(bring(db, task({ hours: field.integer({ required: true }) })), {
      code: 'SCHEMA_NOT_NULL',
      message: 'Column task.hours cannot become required: 1 row has no value in it.',
    })
    await settle(t, db, task({ hours: field.integer({ required: true, default: 8 }) }))
    t.same(await ask(db, `SELECT hours FROM task ORDER BY id`), [{ hours: 1 }, { hours: 8 }])
  })

  onBoth(t, 'changes its type where nothing is lost', async (t, db) => {
    await withRows(db)
    await settle(t, db, task({ hours: field.float(), day: field.datetime() }))
    await ask(db, `UPDATE task SET hours = hours + 0.5`)
    t.match(await ask(db, `SELECT hours, day FROM task WHERE id = 1`), [{ hours: 1.5, day: '2024-05-01 00:00:00' }])
  })

  onBoth(t, 'does not change its type where values could be lost', async (t, db) => {
    await withRows(db)
    await t.rejects(bring(db, task({ name: field.integer() })), {
      code: 'SCHEMA_TYPE_CHANGE',
      details: { table: 'task', column: 'name' },
    })
  })

  onBoth(t, 'gets and loses a reference', async (t, db) => {
    await withRows(db)
    t.equal(
      await settle(t, db, task({ hours: many2one('tag', { ondelete: 'set null' }) })),
      'make column task.hours refer to tag',
    )
    await ask(db, `UPDATE task SET hours = 2 WHERE id = 1`)
    await ask(db, `DELETE FROM tag_task_rel`)
    await ask(db, `DELETE FROM tag WHERE id = 2`)
    t.same(await ask(db, `SELECT hours FROM task WHERE id = 1`), [{ hours: null }])
    await settle(t, db, task({ tag_id: many2one('tag', { ondelete: 'cascade' }) }))
    await ask(db, `DELETE FROM tag WHERE id = 1`)
    t.same(await ask(db, `SELECT id FROM task`), [], 'the other rule holds, for the children too')
  })

  onBoth(t, 'does not get a reference that rows break', async (t, db) => {
    await withRows(db)
    await ask(db, `UPDATE task SET hours = 77`)
    await t.rejects(bring(db, task({ hours: many2one('tag', {}) })), {
      code: 'SCHEMA_ROWS_VIOLATE',
      message: /make column task\.hours refer to tag/,
    })
  })
})

t.test('rows, ids and references survive what makes SQLite rebuild a table', async (t) => {
  onBoth(t, 'with the highest id ever given', async (t, db) => {
    await withRows(db)
    await settle(t, db, task({ name: field.char({ required: true }) }))
    t.match(await ask(db, `SELECT id, name, tag_id, parent_id FROM task ORDER BY id`), [
      { id: 1, name: 'one', tag_id: 1, parent_id: null },
      { id: 2, name: 'two', tag_id: null, parent_id: 1 },
    ])
    t.same((await ask(db, `SELECT task_id FROM tag_task_rel`)).length, 2)
    const [row] = await ask(db, `INSERT INTO task (name) VALUES ('four') RETURNING id`)
    t.same(row, { id: 4 })
    await t.rejects(ask(db, `DELETE FROM tag WHERE id = 1`), 'references out of the table hold')
    await ask(db, `DELETE FROM task WHERE id = 1`)
    t.same(await ask(db, `SELECT task_id FROM tag_task_rel`), [], 'references to the table hold')
  })

  onBoth(t, 'and the table that others refer to', async (t, db) => {
    await withRows(db)
    await settle(t, db, { ...before, tag: { fields: { name: field.char({ required: true }) } } })
    t.same(await ask(db, `SELECT tag_id FROM task WHERE id = 1`), [{ tag_id: 1 }])
    await t.rejects(ask(db, `DELETE FROM tag WHERE id = 1`))
    await t.rejects(ask(db, `INSERT INTO task (tag_id) VALUES (99)`))
  })
})

t.test('constraints and indexes', async (t) => {
  const named = (definition: string): Models => task({}, { sqlConstraints: { rule: [definition, ''] } })
  const indexed = (definition: string): Models => task({}, { indexes: { own: definition } })

  onBoth(t, 'are added, changed and dropped', async (t, db) => {
    await withRows(db)
    await settle(t, db, named('check (hours >= 0)'))
    await t.rejects(ask(db, `UPDATE task SET hours = -1`))
    await settle(t, db, named('check (hours >= -1)'))
    await ask(db, `UPDATE task SET hours = -1`)
    await settle(t, db, named('unique (name, hours)'))
    await ask(db, `UPDATE task SET hours = -2`)
    await t.rejects(ask(db, `UPDATE task SET name = 'same'`))
    await settle(t, db, before)
    await ask(db, `UPDATE task SET name = 'same'`)
    await settle(t, db, indexed('name, hours'))
    await settle(t, db, indexed('name DESC WHERE hours > 0'))
    t.equal(await settle(t, db, before), 'drop index task_own on task')
  })

  onBoth(t, 'are not added when rows break them', async (t, db) => {
    await withRows(db)
    await ask(db, `UPDATE task SET name = 'same', hours = 1`)
    const code = 'SCHEMA_ROWS_VIOLATE'
    await t.rejects(bring(db, named('unique (name)')), { code, message: /task_rule on task/ })
    await t.rejects(bring(db, named('check (hours > 1)')), { code, message: /task_rule on task/ })
    t.equal((await introspect(db)).tables.get('task')?.constraints.size, 0)
  })

  onBoth(t, 'that a person made by hand stay, also when the table is rebuilt', async (t, db) => {
    await withRows(db)
    await ask(db, `CREATE INDEX by_hand ON task (name, hours)`)
    const models = task({ name: field.char({ required: true }) })
    const plan = await bring(db, models)
    t.same(plan.leftAlone, ['index by_hand of task'])
    t.ok((await introspect(db)).tables.get('task')?.indexes.has('by_hand'))
    t.same(planSchema(desiredSchema(registryOf(models), db.dialect), await introspect(db)).steps, [])
  })
})

t.test('what is no longer declared', async (t) => {
  const after = { task: { fields: { name: field.char({ required: true }) } } } satisfies Models
  const undeclared = [
    'table tag',
    'table tag_task_rel',
    'column task.hours',
    'column task.day',
    'column task.tag_id',
    'column task.parent_id',
  ]

  onBoth(t, 'is left alone and listed', async (t, db) => {
    await withRows(db)
    const plan = await bring(db, after)
    t.same([...plan.leftAlone].sort(), [...undeclared].sort())
    t.match(await ask(db, `SELECT hours, tag_id FROM task WHERE id = 1`), [{ hours: 1, tag_id: 1 }])
    await t.rejects(ask(db, `UPDATE task SET tag_id = 99`), 'with its foreign keys')
    t.match(describePlan(plan), 'Not declared, left alone:\n  table tag\n')
  })

  onBoth(t, 'is dropped when that is asked for', async (t, db) => {
    await withRows(db)
    await ask(db, `CREATE VIEW old AS SELECT id FROM tag`)
    const plan = planSchema(desiredSchema(registryOf(after), db.dialect), await introspect(db), { drop: true })
    t.ok(plan.steps.some(({ destructive }) => destructive))
    t.match(describePlan(plan), /^! .*drop column task\.hours/m)
    await settle(t, db, after, { drop: true })
    const { tables, views } = await introspect(db)
    t.same([...tables.keys()], ['task'])
    t.same([...(tables.get('task')?.columns.keys() ?? [])], ['id', 'name'])
    t.equal(views.size, 0)
    t.same((await ask(db, `SELECT id FROM task`)).length, 2)
  })

  onBoth(t, 'no longer has to have a value', async (t, db) => {
    await bring(db, task({ code: field.char({ required: true }) }))
    t.equal(await settle(t, db, before), 'make column task.code optional')
    await ask(db, `INSERT INTO task (name) VALUES ('without code')`)
  })

  onBoth(t, "is nobody's business when only some models are looked at", async (t, db) => {
    await withRows(db)
    const desired = desiredSchema(registryOf(task({ x_new: field.char() })), db.dialect, new Set(['task']))
    const plan = planSchema(desired, await introspect(db), { drop: true })
    t.same(
      plan.steps.map(({ describes }) => describes),
      ['add column task.x_new (text)'],
    )
    t.same(plan.leftAlone, [])
  })
})

t.test('a view', async (t) => {
  const report = (sql: string): TestModel => ({ fields: { name: field.char() }, view: () => sql })
  const onTop = report('SELECT id, name FROM report')

  onBoth(t, 'is replaced with those that are built on it', async (t, db) => {
    await withRows(db)
    const first = { ...before, 'a.top': onTop, report: report('SELECT id, name FROM task') }
    await settle(t, db, first)
    t.same((await ask(db, 'SELECT id FROM a_top')).length, 2)
    const second = { ...first, report: report('SELECT id, hours, name FROM task WHERE hours = 1') }
    await settle(t, db, second)
    t.same(await ask(db, 'SELECT name FROM a_top'), [{ name: 'one' }])
    await settle(t, db, { ...second, ...task({ hours: field.float() }) }, {})
    t.same(await ask(db, 'SELECT name FROM a_top'), [{ name: 'one' }], 'over a column of another type')
  })
})
