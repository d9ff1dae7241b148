import t from 'tap'
import { compileOrder, parseOrder } from '#core/domain/order.ts'
import { sqlite } from '#core/sql/sqlite/dialect.ts'
import { onBoth, type Rows, type SearchAs } from './fixture/database.ts'
import { models, registry } from './fixture/models.ts'

const rows: Rows = {
  partner: [
    { id: 1, name: 'Ada', city: 'Lyon', is_company: true, latitude: 45.5, title: { en_US: 'b', fr_FR: 'y' } },
    {
      id: 2,
      name: 'Ben',
      city: 'Arles',
      is_company: false,
      latitude: -3,
      parent_id: 4,
      title: { en_US: 'a', fr_FR: 'z' },
    },
    { id: 3, name: 'Cleo', latitude: 10, parent_id: 1, title: { en_US: 'x' } },
    { id: 4, name: 'Dov', city: 'Nantes', credit: { 1: 5 } },
  ],
  user: [
    { id: 1, login: 'x', partner_id: 4 },
    { id: 2, login: 'y', partner_id: 1 },
  ],
}

function sorts(
  name: string,
  orders: readonly (readonly [order: string, ids: readonly number[], as?: SearchAs])[],
): void {
  onBoth(t, name, rows, async (t, store) => {
    for (const [order, ids, as] of orders) t.strictSame(await store.ids('partner', [], { ...as, order }), ids, order)
  })
}

sorts('keys each have a direction', [
  ['is_company desc, name desc', [1, 4, 3, 2]],
  ['is_company, name', [2, 3, 4, 1]],
  ['name', [1, 2, 3, 4]],
  [' NAME   DESC '.toLowerCase(), [4, 3, 2, 1]],
])

sorts('empty values come last ascending and first descending, unless told', [
  ['latitude asc', [2, 3, 1, 4]],
  ['latitude desc', [4, 1, 3, 2]],
  ['city nulls first', [3, 2, 1, 4]],
  ['city desc NULLS LAST', [4, 1, 2, 3]],
])

sorts('a many2one sorts in the order of the other model', [
  ['parent_id, id', [3, 2, 1, 4]],
  ['parent_id desc, id', [1, 4, 2, 3]],
  ['parent_id nulls first, id', [1, 4, 3, 2]],
  ['parent_id.id, id', [3, 2, 1, 4]],
])

sorts('translated and company-dependent fields sort by the value that is read', [
  ['title', [2, 1, 3, 4]],
  ['title', [3, 1, 2, 4], { lang: 'fr_FR' }],
  ['credit, id', [4, 1, 2, 3]],
])

onBoth(t, 'a mirrored field sorts by what it mirrors', rows, async (t, store) => {
  t.strictSame(await store.ids('user', [], { order: 'name' }), [2, 1])
  t.strictSame(await store.ids('user', [], { order: 'city desc' }), [1, 2])
  t.strictSame(await store.ids('partner', [], { order: 'parent_city desc nulls last, id' }), [2, 3, 1, 4])
  t.strictSame(await store.ids('partner', [], { order: 'grandparent_id, name' }), [1, 2, 3, 4])
})

t.test('orders that lead back to themselves end with the id', (t) => {
  const partner = { ...registry.get('partner'), order: [{ field: 'parent_id', descending: false }] }
  const context = {
    dialect: sqlite,
    zone: 'UTC',
    lang: 'en_US',
    companyId: 1,
    registry: { get: () => partner } as never,
  }
  const { joins, terms } = compileOrder(partner.order, partner, 't', context)
  t.equal(joins.text, 'LEFT JOIN "partner" AS "_o1" ON "_o1"."id" = "t"."parent_id"')
  t.equal(terms.text, '("_o1"."parent_id" IS NULL), "_o1"."parent_id"')
  t.end()
})

t.test('one table is joined once', (t) => {
  const user = registry.get('user')
  const context = { dialect: sqlite, zone: 'UTC', lang: 'en_US', companyId: 1, registry }
  const { joins } = compileOrder(parseOrder('name, city, partner_id', user), user, 't', context)
  t.equal(joins.text, 'LEFT JOIN "partner" AS "_o1" ON "_o1"."id" = "t"."partner_id"')
  t.end()
})

t.test('parseOrder', (t) => {
  const partner = registry.get('partner')
  t.test('reads names, directions and places of empty values', (t) => {
    t.strictSame(parseOrder('name desc,id,  city ASC nulls First', partner), [
      { field: 'name', descending: true },
      { field: 'id', descending: false },
      { field: 'city', descending: false, nulls: 'first' },
    ])
    t.strictSame(parseOrder('', partner), [])
    t.strictSame(
      parseOrder('name, name desc', partner),
      [{ field: 'name', descending: false }],
      'the first key decides',
    )
    t.end()
  })
  t.test('refuses what is no order of fields', (t) => {
    for (const order of ['no_such', '"name"', 'name.id', 'parent_id.name', 'name:month', 'constructor'])
      t.throws(() => parseOrder(order, partner), { code: 'ORDER_WRONG', exception: 'ValueError' }, order)
    for (const order of [
      'name;',
      'name desc; DROP TABLE partner',
      'name up',
      'name,',
      'lower(name)',
      'name desc nulls',
    ])
      t.throws(() => parseOrder(order, partner), { code: 'ORDER_MALFORMED', exception: 'UserError' }, order)
    t.end()
  })
  t.test('leaves fields without a column to the compiler, which refuses them', (t) => {
    const context = { dialect: sqlite, zone: 'UTC', lang: 'en_US', companyId: 1, registry }
    for (const order of ['child_ids', 'tag_ids', 'initials', 'display_name', 'is_north']) {
      t.throws(() => compileOrder(parseOrder(order, partner), partner, 't', context), { code: 'ORDER_WRONG' }, order)
    }
    t.end()
  })
  t.equal(
    compileOrder([], partner, 't', { dialect: sqlite, zone: 'UTC', lang: 'en_US', companyId: 1, registry }).terms.text,
    '',
  )
  t.end()
})

t.test('every model of the fixture has an order that compiles', (t) => {
  const context = { dialect: sqlite, zone: 'UTC', lang: 'en_US', companyId: 1, registry }
  for (const model of Object.values(models)) t.ok(compileOrder(model.order, model, 't', context).terms.text)
  t.end()
})
