import t from 'tap'
import { defineError } from '#core/errors.ts'
import { onBoth, type Rows, type SearchAs } from './fixture/database.ts'

const [NORTH, SOUTH, ANN, BOB, OLD] = [1, 2, 3, 4, 5] as const
const ALL = [NORTH, SOUTH, ANN, BOB, OLD]
const [FRUIT, CITRUS, LEMON, TOOL] = [1, 2, 3, 4] as const

const rows: Rows = {
  partner: [
    { id: NORTH, name: 'North', city: 'Lille', active: true, born: '1990-05-01', latitude: 1 },
    { id: SOUTH, name: 'South', city: 'Nice', active: true, latitude: -1, color: 3, buyer_id: { 1: BOB } },
    { id: ANN, name: 'Ann', city: 'Paris', active: true, parent_id: NORTH },
    { id: BOB, name: 'Bob', city: 'Lens', active: true, parent_id: NORTH },
    { id: OLD, name: 'Old', city: 'Metz', active: false, parent_id: ANN },
  ],
  tag: [
    { id: FRUIT, name: 'Fruit', active: true },
    { id: CITRUS, name: 'Citrus', active: true, parent_id: FRUIT },
    { id: LEMON, name: 'Lemon', active: true, parent_id: CITRUS },
    { id: TOOL, name: 'Tool', active: false },
  ],
  partner_tag: [
    { partner_id: NORTH, tag_id: LEMON },
    { partner_id: ANN, tag_id: LEMON },
    { partner_id: ANN, tag_id: FRUIT },
    { partner_id: SOUTH, tag_id: TOOL },
  ],
  user: [
    { id: 1, login: 'ann', partner_id: ANN },
    { id: 2, login: 'bob', partner_id: BOB },
  ],
  note: [
    { id: 1, body: 'on North', res_model: 'partner', res_id: NORTH },
    { id: 2, body: 'on a tag', res_model: 'tag', res_id: SOUTH },
  ],
}

type Case = readonly [path: string, operator: string, operand: unknown, found: readonly number[], as?: SearchAs]

/** Asserts what each condition finds among the partners, and that its negation finds the others. */
function finds(name: string, cases: readonly Case[]): void {
  onBoth(t, name, rows, async (t, store) => {
    for (const [path, operator, operand, found, as] of cases) {
      const leaf = [path, operator, operand]
      t.strictSame(await store.ids('partner', [leaf], as), found, JSON.stringify(leaf))
      const others = ALL.filter((id) => !found.includes(id))
      t.strictSame(await store.ids('partner', ['!', leaf], as), others, `not ${JSON.stringify(leaf)}`)
    }
  })
}

finds('a many2one compares with ids and false', [
  ['parent_id', '=', NORTH, [ANN, BOB]],
  ['parent_id', '!=', NORTH, [NORTH, SOUTH, OLD]],
  ['parent_id', 'in', [NORTH, SOUTH], [ANN, BOB]],
  ['parent_id', 'not in', [NORTH], [NORTH, SOUTH, OLD]],
  ['parent_id', '=', false, [NORTH, SOUTH]],
  ['parent_id', '!=', false, [ANN, BOB, OLD]],
  ['parent_id', '=', true, [ANN, BOB, OLD]],
  ['parent_id', 'in', [NORTH, false], [NORTH, SOUTH, ANN, BOB]],
  ['parent_id', '>', 1, [OLD]],
  ['parent_id', '=', 99999999999, []],
  ['parent_id.id', '=', NORTH, [ANN, BOB]],
])

finds('a many2one compares with text through the names of the other model', [
  ['parent_id', '=', 'North', [ANN, BOB]],
  ['parent_id', '!=', 'North', [NORTH, SOUTH, OLD]],
  ['parent_id', 'ilike', 'nort', [ANN, BOB]],
  ['parent_id', 'not ilike', 'nort', [NORTH, SOUTH, OLD]],
  ['parent_id', 'in', ['North', 'Ann'], [ANN, BOB, OLD]],
  ['parent_id', 'not in', ['North', ANN], [NORTH, SOUTH]],
  ['parent_id', 'in', ['North', false], [NORTH, SOUTH, ANN, BOB]],
  ['parent_id', 'ilike', '', [ANN, BOB, OLD]],
])

finds('a path through a many2one drops records without one, also where it negates', [
  ['parent_id.city', '=', 'Lille', [ANN, BOB]],
  ['parent_id.city', '!=', 'Lille', [OLD]],
  ['parent_id.city', '!=', 'Nice', [ANN, BOB, OLD]],
  ['parent_id.city', '=', false, []],
  ['parent_id.parent_id.city', '=', 'Lille', [OLD]],
  ['parent_id.born.year_number', '=', 1990, [ANN, BOB]],
])

finds('a path through x2many fields asks for one such line', [
  ['child_ids.city', '=', 'Paris', [NORTH]],
  ['child_ids.city', '!=', 'Paris', [NORTH, ANN]],
  ['child_ids.city', 'in', ['Oslo'], []],
  ['child_ids.child_ids.name', '=', 'Old', [NORTH]],
  ['tag_ids.name', '=', 'Fruit', [ANN]],
  ['tag_ids.parent_id.name', 'ilike', 'citrus', [NORTH, ANN]],
  ['note_ids.body', 'like', 'on', [NORTH]],
])

finds('any asks for one record that fulfils all, not any also finds records without any', [
  [
    'child_ids',
    'any',
    [
      ['city', '=', 'Paris'],
      ['name', '=', 'Bob'],
    ],
    [],
  ],
  ['child_ids', 'any', [['city', '=', 'Paris']], [NORTH]],
  ['child_ids', 'not any', [['city', '=', 'Paris']], [SOUTH, ANN, BOB, OLD]],
  ['child_ids', 'any', [], [NORTH, ANN]],
  ['parent_id', 'any', [['city', '=', 'Lille']], [ANN, BOB]],
  ['parent_id', 'not any', [['city', '=', 'Lille']], [NORTH, SOUTH, OLD]],
  ['parent_id', 'not any', [], [NORTH, SOUTH]],
  ['parent_id.child_ids', 'any', [['name', '=', 'Bob']], [ANN, BOB]],
  ['parent_id.child_ids', 'not any', [['name', '=', 'Bob']], [OLD]],
  ['tag_ids', 'not any', [['name', '=', 'Lemon']], [SOUTH, BOB, OLD]],
  ['tag_ids', 'any', [['id', 'in', [TOOL, FRUIT]]], [SOUTH, ANN]],
  ['user_ids', 'not any', [['login', '=', 'ann']], [NORTH, SOUTH, BOB, OLD]],
])

finds('x2many fields compare with false, ids and text', [
  ['child_ids', '=', false, [SOUTH, BOB, OLD]],
  ['child_ids', '!=', false, [NORTH, ANN]],
  ['child_ids', 'in', [ANN], [NORTH]],
  ['child_ids', 'not in', [ANN], [SOUTH, ANN, BOB, OLD]],
  ['child_ids', '=', BOB, [NORTH]],
  ['child_ids', 'ilike', 'Bob', [NORTH]],
  ['child_ids', 'not ilike', 'Bob', [SOUTH, ANN, BOB, OLD]],
  ['child_ids', 'in', [OLD, false], [SOUTH, ANN, BOB, OLD]],
  ['tag_ids', '=', LEMON, [NORTH, ANN]],
  ['tag_ids', 'in', [], []],
  ['tag_ids', '=', 'Tool', [SOUTH]],
  ['tag_ids', '=', false, [BOB, OLD]],
  ['tag_ids', '!=', LEMON, [SOUTH, BOB, OLD]],
  ['note_ids', '!=', false, [NORTH]],
])

onBoth(t, 'two terms through an x2many may be met by two lines', rows, async (t, store) => {
  t.strictSame(
    await store.ids('partner', [
      ['child_ids.city', '=', 'Paris'],
      ['child_ids.name', 'like', 'Bob'],
    ]),
    [NORTH],
  )
})

onBoth(t, 'child_of and parent_of follow the hierarchy and include the start', rows, async (t, store) => {
  const tags = (...leaf: unknown[]): Promise<number[]> => store.ids('tag', [leaf])
  t.strictSame(await tags('id', 'child_of', CITRUS), [CITRUS, LEMON])
  t.strictSame(await tags('id', 'child_of', [LEMON, TOOL]), [LEMON, TOOL])
  t.strictSame(await tags('id', 'parent_of', CITRUS), [FRUIT, CITRUS])
  t.strictSame(await tags('id', 'parent_of', [LEMON]), [FRUIT, CITRUS, LEMON])
  t.strictSame(await tags('id', 'child_of', 'citr'), [CITRUS, LEMON])
  t.strictSame(await tags('id', 'child_of', []), [])
  t.strictSame(await tags('id', 'child_of', false), [])
  t.strictSame(
    await tags('parent_id', 'child_of', CITRUS),
    [CITRUS, LEMON],
    'a many2one to its own model is the way up',
  )
  t.strictSame(await store.ids('tag', ['!', ['id', 'child_of', CITRUS]]), [FRUIT, TOOL])
  t.strictSame(await store.ids('user', [['partner_id', 'child_of', NORTH]]), [1, 2])
  t.strictSame(await store.ids('user', [['partner_id', 'parent_of', OLD]]), [1])
  t.strictSame(await store.ids('user', [['id', 'child_of', 2]]), [2], 'a model without a parent has no hierarchy')
})

finds('child_of through relations', [
  ['tag_ids', 'child_of', FRUIT, [NORTH, ANN]],
  ['tag_ids', 'parent_of', LEMON, [NORTH, ANN]],
  ['child_ids', 'child_of', ANN, [NORTH, ANN]],
])

onBoth(
  t,
  'a hierarchy that goes in a circle ends',
  {
    tag: [
      { id: 1, name: 'Egg', parent_id: 2 },
      { id: 2, name: 'Hen', parent_id: 1 },
      { id: 3, name: 'Fox' },
    ],
  },
  async (t, store) => {
    t.strictSame(await store.ids('tag', [['id', 'child_of', 1]]), [1, 2])
    t.strictSame(await store.ids('tag', [['id', 'parent_of', 1]]), [1, 2])
  },
)

finds('a field that mirrors a path is unset where the path ends early', [
  ['parent_city', '=', 'Lille', [ANN, BOB]],
  ['parent_city', '!=', 'Lille', [NORTH, SOUTH, OLD]],
  ['parent_city', '=', false, [NORTH, SOUTH]],
  ['parent_city', 'ilike', 'pa', [OLD]],
  ['parent_city', 'not ilike', 'pa', [NORTH, SOUTH, ANN, BOB]],
  ['parent_born.year_number', '=', 1990, [ANN, BOB]],
  ['parent_born.year_number', '!=', 1990, [NORTH, SOUTH, OLD]],
  ['grandparent_id', '=', NORTH, [OLD]],
  ['grandparent_id', '=', false, [NORTH, SOUTH, ANN, BOB]],
  ['grandparent_id', '!=', 'North', [NORTH, SOUTH, ANN, BOB]],
  ['grandparent_id.city', '=', 'Lille', [OLD]],
  ['grandparent_id', 'any', [['name', '=', 'North']], [OLD]],
  ['grandparent_id', 'not any', [['name', '=', 'North']], [NORTH, SOUTH, ANN, BOB]],
])

onBoth(t, 'a field inherited from another model is searched there', rows, async (t, store) => {
  t.strictSame(await store.ids('user', [['city', '=', 'Paris']]), [1])
  t.strictSame(
    await store.ids('user', [
      ['partner_id.city', '=', 'Paris'],
      ['login', 'like', 'an'],
    ]),
    [1],
  )
  t.strictSame(await store.ids('user', [['tag_ids', 'in', [FRUIT]]]), [1])
  t.strictSame(await store.ids('user', [['tag_ids.name', '=', 'Fruit']]), [1])
  t.strictSame(await store.ids('user', [['tag_ids', '=', false]]), [2])
})

finds('a company-dependent many2one is that of the company', [
  ['buyer_id', '=', BOB, [SOUTH]],
  ['buyer_id.name', '=', 'Bob', [SOUTH]],
  ['buyer_id', '!=', false, [], { companyId: 2 }],
])

finds('a search statement answers for a field without a column', [
  ['is_north', '=', true, [NORTH]],
  ['is_north', '=', false, [SOUTH, ANN, BOB, OLD]],
  ['is_north', '!=', true, [SOUTH, ANN, BOB, OLD]],
  ['friend_ids', 'in', [3], [SOUTH]],
  ['friend_ids.name', '=', 'Ann', [SOUTH]],
  ['friend_ids', 'any', [['name', '=', 'Ann']], [SOUTH]],
])

finds('the display name is that of the model', [
  ['display_name', 'ilike', 'nor', [NORTH]],
  ['display_name', 'not ilike', 'nor', [SOUTH, ANN, BOB, OLD]],
  ['display_name', 'in', ['Ann', 'Bob'], [ANN, BOB]],
  ['parent_id.display_name', '=', 'Ann', [OLD]],
])

onBoth(t, 'archived records', rows, async (t, store) => {
  const as = { activeTest: true }
  await t.test('are left out unless the domain names the field', async (t) => {
    t.strictSame(await store.ids('partner', [], as), [NORTH, SOUTH, ANN, BOB])
    t.strictSame(await store.ids('partner', [['active', '=', false]], as), [OLD])
    t.strictSame(await store.ids('partner', ['|', ['city', '=', 'x'], ['active', 'in', [true, false]]], as), ALL)
    t.strictSame(
      await store.ids('partner', [['parent_id.active', '=', true]], as),
      [ANN, BOB],
      'not that of another model',
    )
  })
  await t.test('are no lines and no links, but a many2one still leads to them', async (t) => {
    t.strictSame(await store.ids('partner', [['child_ids.name', '=', 'Old']], as), [])
    t.strictSame(await store.ids('partner', [['child_ids', 'any', [['active', '=', false]]]], as), [ANN])
    t.strictSame(await store.ids('partner', [['child_ids', '=', false]], as), [SOUTH, ANN, BOB])
    t.strictSame(await store.ids('partner', [['child_ids', 'in', [OLD]]], as), [ANN], 'an id is an id')
    t.strictSame(await store.ids('partner', [['tag_ids', 'ilike', 'tool']], as), [])
    t.strictSame(await store.ids('partner', [['tag_ids', '=', false]], as), [BOB])
    t.strictSame(await store.ids('partner', [['parent_id.parent_id', '=', NORTH]], { activeTest: true }), [])
    t.strictSame(
      await store.ids(
        'partner',
        [
          ['parent_id.parent_id', '=', NORTH],
          ['active', '=', false],
        ],
        as,
      ),
      [OLD],
    )
  })
})

onBoth(t, 'record rules hold in every sub-select', rows, async (t, store) => {
  const as = { rules: { partner: [['city', '!=', 'Paris']], tag: [['parent_id.name', '!=', 'Citrus']] } }
  const found = (...leaf: unknown[]): Promise<number[]> => store.ids('partner', [leaf], as)
  t.strictSame(await found('child_ids.name', 'in', ['Ann', 'Old']), [ANN])
  t.strictSame(await found('child_ids', '=', ANN), [])
  t.strictSame(await found('child_ids', '!=', false), [NORTH, ANN])
  t.strictSame(await found('parent_id.name', '=', 'Ann'), [])
  t.strictSame(await found('parent_id', 'ilike', 'Ann'), [])
  t.strictSame(await found('parent_id', '=', ANN), [OLD], 'the id of a many2one is no secret')
  t.strictSame(await found('tag_ids', '!=', false), [], 'the rule itself sees all tags, also through paths')
  t.strictSame(await found('grandparent_id.name', '=', 'North'), [])
  t.strictSame(await found('friend_ids.name', '=', 'Ann'), [])
})

const SECRET = defineError('SECRET', 'AccessError', (field: string) => `${field} is secret`)

onBoth(
  t,
  'fields that the reader may not see cannot be named, but what leads through them can',
  rows,
  async (t, store) => {
    const as: SearchAs = {
      checkField: (field) => {
        if (field.name === 'city' || field.name === 'latitude') throw new SECRET(field.name)
      },
      rules: { partner: [['city', '!=', 'Nowhere']] },
    }
    for (const domain of [
      [['city', '=', 'Paris']],
      [['parent_id.city', '=', 'Paris']],
      [['tag_ids.partner_ids.city', '=', 'Paris']],
      [['child_ids', 'any', [['city', '=', 'Paris']]]],
      [['grandparent_id.city', '=', 'Paris']],
      [['grandparent_id', 'any', [['city', '=', 'Paris']]]],
      [['friend_ids.city', '=', 'Paris']],
    ]) {
      await t.rejects(store.ids('partner', domain, as), { code: 'SECRET' }, JSON.stringify(domain))
    }
    t.strictSame(await store.ids('partner', [['is_north', '=', true]], as), [NORTH])
    t.strictSame(await store.ids('partner', [['parent_city', '=', 'Lille']], as), [ANN, BOB])
    t.strictSame(await store.ids('partner', [['child_ids', '!=', false]], as), [NORTH, ANN])
  },
)

onBoth(t, 'what cannot be searched is refused with the reason', rows, async (t, store) => {
  const refused = async (code: string, message: RegExp, ...leaf: unknown[]): Promise<unknown> =>
    t.rejects(store.ids('partner', [leaf]), { code, exception: 'ValueError', message }, JSON.stringify(leaf))
  const unknown = /^Invalid field 'partner\.no_such' in leaf \["no_such","=",1\]\.$/
  await refused('DOMAIN_FIELD_UNKNOWN', unknown, 'no_such', '=', 1)
  await refused('DOMAIN_FIELD_UNKNOWN', /'tag\.no_such'/, 'tag_ids.no_such', '=', 1)
  await refused('DOMAIN_FIELD_UNKNOWN', /'tag\.no_such'/, 'tag_ids', 'not any', [['no_such', '=', 1]])
  await refused('DOMAIN_FIELD_UNKNOWN', /'partner\.constructor'/, 'constructor', '=', 1)
  await refused('DOMAIN_FIELD_UNKNOWN', /'partner\.no_such'/, 'no_such', '=?', false)
  await refused('DOMAIN_PATH', /name is not a relation/, 'name.x', '=', 1)
  await refused('DOMAIN_PATH', /'born\.week'/, 'born.week', '=', 1)
  await refused('DOMAIN_PATH', /'name\.x'/, 'name.x', 'any', [])
  await refused('DOMAIN_OPERATOR', /partner\.name/, 'name', 'any', [])
  await refused('DOMAIN_OPERATOR', /partner\.name/, 'name', 'child_of', 1)
  await refused('DOMAIN_OPERATOR', /partner\.child_ids/, 'child_ids', '>', 1)
  await refused('DOMAIN_OPERATOR', /partner\.display_name/, 'display_name', '>', 'a')
  const forged = { roots: { type: 'leaf', path: 'city', operator: '=', operand: 'Paris' }, parent: 'parent_id' }
  await refused('DOMAIN_OPERAND', /an id, a name or false/, 'id', 'child_of', forged)
  await refused('DOMAIN_OPERAND', /a text/, 'city', '=', forged)
  await refused('DOMAIN_OPERAND', /an id, a name or false/, 'child_ids', 'in', [{}])
  await refused('DOMAIN_OPERAND', /an id, a name or false/, 'parent_id', 'in', [['a']])
  await refused('DOMAIN_NOT_SEARCHABLE', /partner\.initials .*\.search\('initials'/, 'initials', '=', 'A')
  await refused('DOMAIN_NOT_SEARCHABLE', /partner\.photo/, 'photo', '!=', false)
  await refused('DOMAIN_SEARCH_LOOP', /partner\.circle → partner\.circle/, 'circle', '=', 'x')
})

onBoth(t, 'conditions on keys are direct, so that indexes serve them', rows, async (t, store) => {
  const text = async (model: string, ...leaf: unknown[]): Promise<string> => (await store.where(model, [leaf])).text
  t.equal(await text('partner', 'id', '=', 1), '"t"."id" = ?')
  t.equal(await text('partner', 'id', '>', -1), '"t"."id" > ?')
  t.equal(await text('partner', 'parent_id', '=', 1), '("t"."parent_id" IS NOT NULL AND "t"."parent_id" = ?)')
  t.equal(
    await text('partner', 'tag_ids', '=', 1),
    '"t"."id" IN (SELECT "_d1"."partner_id" FROM "partner_tag" AS "_d1" WHERE "_d1"."tag_id" = ?)',
  )
  t.match(await text('tag', 'child_ids', '=', false), /^NOT EXISTS/)
  t.match(await text('partner', 'child_ids', '=', false), /^NOT "t"\."id" IN/)
})
