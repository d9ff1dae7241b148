/* What a search view, an address and a person's choices make of a domain, without a browser or a database. */
import t from 'tap'
import { Formatter } from '../../views/format.ts'
import type { Fields, PageContext } from '../../views/page.ts'
import { translator } from '../../views/translate.ts'
import { readSearchArch } from '../../views/types/search/arch.ts'
import { allOf, anyOf } from '../../views/types/search/combine.ts'
import { defaultSearch, fullState, shortState } from '../../views/types/search/defaults.ts'
import { describeDomain } from '../../views/types/search/describe.ts'
import { searchOf } from '../../views/types/search/query.ts'
import { parseSearch, searchQuery } from '../../views/types/search/state.ts'

const FIELDS = Object.fromEntries(
  (
    [
      ['name', 'char', 'Name'],
      ['city', 'char', 'City'],
      ['active', 'boolean', 'Active'],
      ['amount', 'monetary', 'Amount'],
      ['country_id', 'many2one', 'Country'],
      ['date', 'date', 'Date'],
      ['create_date', 'datetime', 'Created on'],
      ['state', 'selection', 'State'],
    ] as const
  ).map(([name, type, string]) => [
    name,
    {
      name,
      type,
      string,
      groupable: true,
      ...(type === 'selection' && {
        selection: [
          ['a', 'Open'],
          ['b', 'Won'],
        ],
      }),
    },
  ]),
) as unknown as Fields

const ARCH = `<search>
  <field name="name" filter_domain="['|', ('name', 'ilike', self), ('city', 'ilike', self)]"/>
  <field name="country_id" operator="child_of"/><field name="amount"/><field name="state"/><field name="gone"/>
  <filter name="mine" string="Mine" domain="[('create_uid', '=', uid)]"/>
  <filter name="open" string="Open" domain="[('state', '=', 'a'), ('amount', '>', 0)]"/>
  <separator/>
  <filter name="archived" string="Archived" domain="[('active', '=', False)]" context="{'shown': 'all'}"/>
  <filter name="created" string="Created" date="create_date" default_period="first_quarter"/>
  <filter name="hidden" string="Hidden" domain="[]" invisible="1"/>
  <group><filter name="by_country" context="{'group_by': 'country_id'}"/><filter name="by_date" context="{'group_by': 'date'}"/></group>
</search>`

const page: PageContext = {
  format: new Formatter('fr_FR', 'Europe/Paris'),
  translate: translator('fr_FR'),
  models: {},
  context: { uid: 7 },
  today: '2026-11-27',
}
const arch = readSearchArch(ARCH, FIELDS, page.context)

/** The domain of an address. */
function domainOf(query: string, favorites: Parameters<typeof defaultSearch>[1] = []): ReturnType<typeof searchOf> {
  const state = fullState(parseSearch(new URLSearchParams(query)), defaultSearch(arch, favorites, {}, page.today))
  return searchOf(state, { arch, favorites, fields: FIELDS, page, domain: [['id', '>', 0]] })
}

t.test('domains are joined with the & that they may leave out', async (t) => {
  t.same(
    allOf([
      [
        ['a', '=', 1],
        ['b', '=', 2],
      ],
      [],
      ['|', ['c', '=', 3], ['d', '=', 4]],
    ]),
    ['&', '&', ['a', '=', 1], ['b', '=', 2], '|', ['c', '=', 3], ['d', '=', 4]],
  )
  t.same(
    anyOf([
      ['!', ['a', '=', 1]],
      [
        ['b', '=', 2],
        ['c', '=', 3],
      ],
    ]),
    ['|', '!', ['a', '=', 1], '&', ['b', '=', 2], ['c', '=', 3]],
  )
  t.same(anyOf([[['a', '=', 1]], []]), [], 'an alternative that always holds leaves nothing to ask')
})

t.test('filters of a set are alternatives, sets must hold together', async (t) => {
  t.same(domainOf('f=mine,open,archived'), {
    domain: [
      '&',
      '&',
      ['id', '>', 0],
      '|',
      ['create_uid', '=', 7],
      '&',
      ['state', '=', 'a'],
      ['amount', '>', 0],
      ['active', '=', false],
    ],
    groupBy: [],
    context: { shown: 'all' },
    order: null,
  })
})

t.test('periods of a date filter are instants of the zone', async (t) => {
  t.same(domainOf('f=created:2026-03').domain, [
    '&',
    ['id', '>', 0],
    '&',
    ['create_date', '>=', '2026-02-28 23:00:00'],
    ['create_date', '<', '2026-03-31 22:00:00'],
  ])
})

t.test(
  'texts for one field are alternatives, numbers are read as numbers, values that were picked are compared',
  async (t) => {
    t.same(domainOf('s=name~az&s=name~bo').domain, [
      '&',
      ['id', '>', 0],
      '|',
      '|',
      ['name', 'ilike', 'az'],
      ['city', 'ilike', 'az'],
      '|',
      ['name', 'ilike', 'bo'],
      ['city', 'ilike', 'bo'],
    ])
    t.same(domainOf('s=amount~12,5').domain, ['&', ['id', '>', 0], ['amount', '=', 12.5]])
    t.same(domainOf('s=amount~abc').domain, ['&', ['id', '>', 0], [0, '=', 1]])
    t.same(domainOf('v=country_id~75~France').domain, ['&', ['id', '>', 0], ['country_id', 'child_of', 75]])
    t.same(domainOf('s=state~wo').domain, ['&', ['id', '>', 0], ['state', 'in', ['b']]])
  },
)

t.test('what an address names and a view has no more is left out', async (t) => {
  t.same(domainOf('f=lost,created,open:2026-01,hidden&g=nothing,country_id&s=nothing~x&fav=99'), {
    domain: [['id', '>', 0]],
    groupBy: ['country_id'],
    context: {},
    order: null,
  })
})

t.test('a search starts with what the context asks for, until somebody touches it', async (t) => {
  const context = {
    search_default_open: 1,
    search_default_created: 1,
    search_default_by_date: 1,
    search_default_country_id: 75,
  }
  const defaults = defaultSearch(arch, [], context, page.today)
  t.same(defaults, {
    filters: ['open', 'created:2026-Q1'],
    groups: ['date:month'],
    terms: [{ field: 'country_id', value: '75', text: '75' }],
    favorite: null,
  })
  const untouched = parseSearch(new URLSearchParams('p=2'))
  t.match(fullState(untouched, defaults), { ...defaults, page: 2 })
  const none = { ...fullState(untouched, defaults), filters: [], groups: [], terms: [] }
  t.equal(searchQuery(shortState(none, defaults)), '?f=&g=&p=2', 'taking all off is said in the address')
  const plain = defaultSearch(arch, [], {}, page.today)
  t.equal(searchQuery(shortState(fullState(parseSearch(new URLSearchParams()), plain), plain)), '')
})

t.test('a default favourite takes the place of the defaults and brings its groups and order', async (t) => {
  const favorite = {
    id: 3,
    name: 'Mine',
    user_id: false as const,
    domain: "[('create_uid', '=', uid)]",
    context: "{'group_by': ['country_id', 'date:week'], 'x': 1}",
    sort: '["name desc"]',
    is_default: true,
  }
  t.same(domainOf('', [favorite]), {
    domain: ['&', ['id', '>', 0], ['create_uid', '=', 7]],
    groupBy: ['country_id', 'date:week'],
    context: { x: 1 },
    order: 'name desc',
  })
  t.same(domainOf('fav=0', [favorite]).domain, [['id', '>', 0]])
})

t.test('an address says all of a state, and says it again', async (t) => {
  const query =
    '?view=kanban&f=mine&g=country_id%2Cdate%3Aweek&s=name~a%7Eb&v=country_id%7E75%7EFrance&d=%5B%5D&fav=3&o=name+desc&p=4&measure=amount'
  const state = parseSearch(new URLSearchParams(query))
  t.same(state.own, { measure: 'amount' })
  t.same(parseSearch(new URLSearchParams(searchQuery(state))), state)
})

t.test('a domain is told in words of the language', async (t) => {
  const words = describeDomain(
    ['|', ['name', 'ilike', 'az'], '&', ['country_id', '=', false], ['date', '>=', '2026-03-01']],
    FIELDS,
    page.translate,
    page.format,
  )
  t.equal(words, 'Name contient az ou Country n’est pas défini et Date >= 01/03/2026')
})
