import t from 'tap'
import { field } from '#core/fields/builders.ts'
import { declaredName, fitName, foreignKeyName, indexName, isNameOf } from '#core/schema/names.ts'
import { desiredSchema } from '#core/schema/index.ts'
import type { Index } from '#core/schema/types.ts'
import type { Dialect } from '#core/sql/dialect.ts'
import { postgres } from '#core/sql/postgres/dialect.ts'
import { sqlite } from '#core/sql/sqlite/dialect.ts'
import { type TestModel, many2many, many2one, registryOf } from './fixture.ts'

function indexes(model: TestModel, dialect: Dialect): Record<string, string> {
  const table = desiredSchema(registryOf({ thing: model, 'res.users': { fields: {} } }), dialect).tables.get('thing')
  const text = ({ name, unique, definition }: Index): [string, string] => [
    name,
    `${unique ? 'UNIQUE ' : ''}${definition}`,
  ]
  return Object.fromEntries([...(table?.indexes.values() ?? [])].map(text))
}

t.test('names', async (t) => {
  t.test('are kept up to 63 characters and cut with a digest beyond', async (t) => {
    t.equal(fitName('a'.repeat(63)), 'a'.repeat(63))
    const cut = fitName(`${'a'.repeat(63)}b`)
    t.equal(cut.length, 63)
    t.equal(cut, fitName(`${'a'.repeat(63)}b`))
    t.not(cut, fitName(`${'a'.repeat(63)}c`))
  })

  t.test('say what they belong to', async (t) => {
    t.equal(foreignKeyName('sale_order', 'partner_id'), 'sale_order_partner_id_fkey')
    t.equal(indexName('sale_order', 'partner_id'), 'sale_order__partner_id_index')
    const table = 'a_table_with_an_extraordinarily_long_name_indeed_yes'
    t.ok(isNameOf(table, declaredName(table, 'a_constraint_with_a_long_name_too')))
    t.notOk(isNameOf('sale_order', 'my_own_index'))
  })
})

t.test('indexes', async (t) => {
  t.test('of fields', async (t) => {
    const model = {
      fields: {
        a: field.char({ index: true }),
        b: field.date({ index: 'not null' }),
        c: field.char({ index: 'trigram' }),
        d: field.char({ index: true, translate: true }),
        parent_id: many2one('thing'),
        parent_path: field.char({ index: true }),
      },
      parentStore: true,
    }
    t.same(indexes(model, sqlite), {
      thing__a_index: '("a")',
      thing__b_index: '("b") WHERE "b" IS NOT NULL',
      thing__c_index: '("c")',
      thing__parent_path_index: '("parent_path")',
    })
    t.same(indexes(model, postgres), {
      thing__a_index: '("a")',
      thing__b_index: '("b") WHERE "b" IS NOT NULL',
      thing__c_index: 'USING gin (comptoir_fold("c") gin_trgm_ops)',
      thing__parent_path_index: '("parent_path" text_pattern_ops)',
    })
  })

  t.test('of a model', async (t) => {
    const model = {
      fields: { a: field.integer(), b: field.integer() },
      indexes: {
        plain: 'a,\n  b DESC',
        partial: '(lower(a), b) where (a > 0)',
        only: 'UNIQUE a WHERE b = 1',
        search: 'USING gin (a)',
      },
      sqlConstraints: { uniq: ['Unique(a, b)', ''], positive: ['CHECK ( a >= 0 )', ''] } as const,
    }
    const common = {
      thing_plain: '(a, b DESC)',
      thing_partial: '(lower(a), b) where (a > 0)',
      thing_only: 'UNIQUE (a) WHERE b = 1',
    }
    t.same(indexes(model, sqlite), { ...common, thing_uniq: 'UNIQUE (a, b)' })
    t.same(indexes(model, postgres), { ...common, thing_search: 'USING gin (a)' })
    const table = desiredSchema(registryOf({ thing: model }), postgres).tables.get('thing')
    t.match(
      [...(table?.constraints.values() ?? [])],
      [
        { name: 'thing_uniq', kind: 'unique', definition: '(a, b)' },
        { name: 'thing_positive', kind: 'check', definition: '( a >= 0 )' },
      ],
    )
  })

  t.test('of the default order, only where it starts with an indexed column of the table', async (t) => {
    const fields = {
      name: field.char({ index: true }),
      day: field.date({ index: true, required: true }),
      title: field.char({ index: true, translate: true }),
      plain: field.char(),
      done: field.boolean({ index: true }),
      user_id: many2one('res.users', { index: true }),
    }
    const order = (order: string, dialect: Dialect): string | undefined =>
      indexes({ fields, order }, dialect)['thing__order']
    t.equal(order('name', sqlite), '(("name" IS NULL), "name" COLLATE NOCASE, "id")')
    t.equal(order('name', postgres), '("name", "id")')
    t.equal(
      order('day desc, name desc, id desc', sqlite),
      '("day" DESC, ("name" IS NULL) DESC, "name" COLLATE NOCASE DESC, "id" DESC)',
    )
    t.equal(
      order('day desc, name desc nulls last, id desc', postgres),
      '("day" DESC, "name" DESC NULLS LAST, "id" DESC)',
    )
    t.equal(order('done desc', postgres), '(COALESCE("done", FALSE) DESC, "id")')
    t.equal(order('day, user_id, name', postgres), '("day")', 'up to where another table decides')
    for (const other of ['plain', 'title', 'user_id', 'id desc']) t.equal(order(other, postgres), undefined, other)
  })

  t.test('of a field are left out when the order index does their work', async (t) => {
    const fields = { name: field.char({ index: true }), day: field.date({ index: true, required: true }) }
    t.same(Object.keys(indexes({ fields, order: 'name' }, postgres)), ['thing__day_index', 'thing__order'])
    t.same(Object.keys(indexes({ fields, order: 'day desc' }, sqlite)), ['thing__name_index', 'thing__order'])
    t.same(Object.keys(indexes({ fields, order: 'name' }, sqlite)).sort(), [
      'thing__day_index',
      'thing__name_index',
      'thing__order',
    ])
  })
})

t.test('what is not understood is refused', async (t) => {
  t.test('a constraint that is neither unique nor check', async (t) => {
    const models = registryOf({ thing: { fields: {}, sqlConstraints: { odd: ['exclude (a)', ''] } } })
    t.throws(() => desiredSchema(models, sqlite), { code: 'SCHEMA_CONSTRAINT_UNKNOWN', message: /'odd' of thing/ })
  })

  t.test('two fields that see one relation table differently', async (t) => {
    const models = registryOf({
      a: { fields: { b_ids: many2many('b', { relation: 'rel', column1: 'a_id', column2: 'b_id' }) } },
      b: { fields: { b_ids: many2many('b', { relation: 'rel', column1: 'a_id', column2: 'b_id' }) } },
    })
    t.throws(() => desiredSchema(models, sqlite), { code: 'SCHEMA_RELATION_CONFLICT', message: /b\.b_ids/ })
  })
})

t.test('the schema of some models is that of their tables and relation tables', async (t) => {
  const models = registryOf({
    a: { fields: { b_ids: many2many('b') } },
    b: { fields: { a_ids: many2many('a') } },
    c: { fields: { name: field.char() } },
    d: { fields: { name: field.char() }, transient: true },
    e: { fields: { name: field.char() }, view: () => 'SELECT 1 AS id' },
  })
  const some = desiredSchema(models, sqlite, new Set(['a']))
  t.equal(some.complete, false)
  t.same([...some.tables.keys()], ['a', 'a_b_rel'])
  t.same([...some.views.keys()], [])
  const all = desiredSchema(models, sqlite)
  t.same([...all.tables.keys()], ['a', 'b', 'c', 'd', 'a_b_rel'])
  t.same([...all.views.values()], [{ name: 'e', sql: 'SELECT 1 AS id' }])
})
