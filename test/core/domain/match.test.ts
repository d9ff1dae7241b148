import t from 'tap'
import * as fc from 'fast-check'
import { matches, pathsOf } from '#core/domain/match.ts'
import { parseDomain } from '#core/domain/parse.ts'
import { sqlite } from '#core/sql/sqlite/dialect.ts'
import { onBoth } from './fixture/database.ts'
import { registry } from './fixture/models.ts'

const partner = registry.get('partner')
const scope = { dialect: sqlite, zone: 'Europe/Brussels', registry }
const fits = (domain: unknown[], record: object): boolean => matches(parseDomain(domain), record, partner, scope)

/** Domains per sample and database. */
const RUNS = 100

interface Person {
  readonly id: number
  readonly name: string
  readonly seen: string | null
  readonly parent_id: number | null
  readonly tags: readonly number[]
}

const texts = ['', 'Lyon', 'lyon', 'Liège', 'LIEGE', 'a%b', 'a_b', 'a\\b', '[x]*?', 'ß']
const days = ['2026-01-01', '2026-03-10', '2024-12-30', '2027-12-31']
const times = ['2026-03-10 00:00:00', '2026-03-09 23:30:00', '2026-03-10 23:59:59', '2026-07-01 12:34:56']
const numbers = [-3, 0, 1, 2, 45.5]
const IDS = [1, 2, 3, 4, 5] as const
const or = <T>(list: readonly T[]): fc.Arbitrary<T | null> => fc.constantFrom(...list, null)

const people = fc
  .tuple(
    ...IDS.map((id) =>
      fc.record({
        id: fc.constant(id),
        name: fc.constantFrom('Ada', 'Ben', 'ada'),
        city: or(texts),
        is_company: or([true, false]),
        latitude: or(numbers),
        color: or([0, 1, 2]),
        born: or(days),
        seen: or(times),
        parent_id: or(IDS),
        tags: fc.uniqueArray(fc.constantFrom(1, 2, 3)),
      }),
    ),
  )
  .map((list) => list as readonly Person[])

const many = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<readonly (T | false)[]> =>
  fc.array(fc.oneof({ weight: 4, arbitrary: one }, { weight: 1, arbitrary: fc.constant(false as const) }), {
    maxLength: 3,
  })

function conditions(
  path: fc.Arbitrary<string>,
  operand: fc.Arbitrary<unknown>,
  operators: readonly string[],
): fc.Arbitrary<unknown[]> {
  const value = fc.oneof({ weight: 4, arbitrary: operand }, { weight: 1, arbitrary: fc.constant(false) })
  return fc.oneof(
    fc.tuple(path, fc.constantFrom(...operators), value),
    fc.tuple(path, fc.constantFrom('in', 'not in'), many(operand)),
  )
}

const EQUAL = ['=', '!=']
const ORDERED = [...EQUAL, '<', '<=', '>', '>=']
const LIKE = ['like', 'ilike', '=like', '=ilike', 'not like', 'not ilike', 'not =like', 'not =ilike']
const is = (path: string): fc.Arbitrary<string> => fc.constant(path)
const patterns = fc.constantFrom(...texts, '%', '_yon', 'l%', 'i_ge', 'a\\%b', 'a\\_b', '\\', 'é')
const someParts = fc.constantFrom(
  'year_number',
  'quarter_number',
  'month_number',
  'iso_week_number',
  'day_of_year',
  'day_of_month',
  'day_of_week',
  'hour_number',
  'minute_number',
  'second_number',
)
const partValues = fc.constantFrom(0, 1, 2, 3, 10, 12, 52, 53, 365, 2026)

const own = fc.oneof(
  conditions(is('city'), fc.constantFrom(...texts), EQUAL),
  conditions(fc.constantFrom('city', 'name'), patterns, LIKE),
  conditions(is('is_company'), fc.boolean(), EQUAL),
  conditions(fc.constantFrom('latitude', 'color', 'id'), fc.constantFrom(...numbers), ORDERED),
  conditions(is('born'), fc.constantFrom(...days), ORDERED),
  conditions(is('seen'), fc.constantFrom(...times, ...days), ORDERED),
  conditions(
    someParts.map((part) => `born.${part}`),
    partValues,
    ORDERED,
  ),
  conditions(
    someParts.map((part) => `seen.${part}`),
    partValues,
    ORDERED,
  ),
  conditions(is('parent_id'), fc.oneof(fc.constantFrom(...IDS), fc.constantFrom('Ada', 'Ben')), EQUAL),
  conditions(is('parent_id'), patterns, LIKE),
  conditions(is('tag_ids'), fc.oneof(fc.constantFrom(1, 2, 3), fc.constantFrom('Red', 'Blue')), EQUAL),
  conditions(is('child_ids'), fc.constantFrom(...IDS), EQUAL),
  conditions(is('child_ids'), patterns, LIKE),
) as fc.Arbitrary<unknown>

/** Domains as terms of prefix notation, through relations two levels deep. */
const { term: terms } = fc.letrec<{ term: unknown[]; leaf: unknown }>((tie) => ({
  leaf: fc.oneof(
    { depthSize: 'small' },
    own,
    fc
      .tuple(fc.constantFrom('parent_id.', 'child_ids.'), own)
      .map(([way, leaf]) => [way + String((leaf as unknown[])[0]), ...(leaf as unknown[]).slice(1)]),
    fc.tuple(fc.constantFrom('parent_id', 'child_ids'), fc.constantFrom('any', 'not any'), tie('term')),
  ),
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf').map((leaf) => [leaf]),
    tie('term').map((term) => ['!', ...term]),
    fc.tuple(fc.constantFrom('&', '|'), tie('term'), tie('term')).map(([connective, a, b]) => [connective, ...a, ...b]),
  ),
}))

const TAGS = ['Red', 'Green', 'Blue'].map((name, i) => ({ id: i + 1, name, display_name: name }))

/** Records as `load` gives them, with relations of any depth. */
function loaded(list: readonly Person[]): { id: number }[] {
  const records = new Map(list.map((one) => [one.id, { ...one }]))
  for (const one of list) {
    Object.assign(records.get(one.id) as object, {
      display_name: one.name,
      seen: one.seen && new Date(`${one.seen.replace(' ', 'T')}Z`),
      parent_id: (one.parent_id && records.get(one.parent_id)) ?? null,
      child_ids: list.filter((other) => other.parent_id === one.id).map((other) => records.get(other.id)),
      tag_ids: one.tags.map((id) => TAGS[id - 1]),
    })
  }
  return [...records.values()]
}

t.test('a domain finds in memory what it finds in the database', async (t) => {
  for (const [i, list] of fc.sample(people, { numRuns: 8, seed: 8 }).entries()) {
    const rows = {
      partner: list.map(({ tags: _tags, ...row }) => row),
      tag: TAGS.map(({ id, name }) => ({ id, name })),
      partner_tag: list.flatMap(({ id, tags }) => tags.map((tag_id) => ({ partner_id: id, tag_id }))),
    }
    onBoth(t, `sample ${i}`, rows, async (t, store) => {
      const records = loaded(list)
      const property = fc.asyncProperty(terms, async (domain) => {
        const inMemory = records.filter((record) => fits(domain, record)).map((record) => record.id)
        return String(await store.ids('partner', domain, { zone: scope.zone })) === String(inMemory)
      })
      await t.resolves(fc.assert(property, { numRuns: RUNS }))
    })
  }
})

t.test('matches', (t) => {
  t.test('reads relations as ids, objects or lists of these', (t) => {
    t.ok(fits([['parent_id', '=', 3]], { parent_id: 3 }))
    t.ok(fits([['parent_id', '=', 3]], { parent_id: { id: 3 } }))
    t.ok(fits([['parent_id.id', 'in', [3]]], { parent_id: 3 }))
    t.ok(fits([['tag_ids', 'in', [2]]], { tag_ids: [1, 2] }))
    t.notOk(fits([['tag_ids', 'in', [2]]], { tag_ids: [{ id: 1 }] }))
    t.ok(fits([['parent_id', '>', 2]], { parent_id: { id: 3 } }))
    t.end()
  })
  t.test('takes computed and mirrored values as they are', (t) => {
    t.ok(
      fits(
        [
          ['parent_city', '=', 'Lyon'],
          ['initials', '=', 'A'],
          ['is_north', '=', true],
        ],
        { parent_city: 'Lyon', initials: 'A', is_north: true },
      ),
    )
    t.end()
  })
  t.test('names the path that is missing', (t) => {
    const missing = (domain: unknown[], record: object, message: RegExp): unknown =>
      t.throws(() => fits(domain, record), { code: 'DOMAIN_NOT_LOADED', message })
    missing([['city', '=', 'x']], {}, /needs city of partner/)
    missing([['parent_id.city', '=', 'x']], { parent_id: 3 }, /needs city of partner/)
    missing([['parent_id', 'ilike', 'x']], { parent_id: { id: 3 } }, /needs display_name of partner/)
    t.end()
  })
  t.test('refuses what only the database knows, and what search refuses', (t) => {
    const refused = (code: string, ...leaf: unknown[]): unknown =>
      t.throws(() => fits([leaf], { parent_id: 3, name: 'a', child_ids: [], born: null, photo: null }), { code })
    refused('DOMAIN_NOT_IN_MEMORY', 'parent_id', 'child_of', 1)
    refused('DOMAIN_FIELD_UNKNOWN', 'no_such', '=', 1)
    refused('DOMAIN_PATH', 'name.x', '=', 1)
    refused('DOMAIN_PATH', 'name', 'any', [])
    refused('DOMAIN_OPERATOR', 'child_ids', '<', 1)
    refused('DOMAIN_OPERAND', 'born', '=', 'never')
    refused('DOMAIN_NOT_SEARCHABLE', 'photo', '=', false)
    t.end()
  })
  t.end()
})

t.test('pathsOf lists what a domain looks at', (t) => {
  const paths = (...domain: unknown[]): string[] => pathsOf(parseDomain(domain), partner, registry)
  t.strictSame(paths(['city', '=', 1], '!', ['parent_id.city', '=', 1]), ['city', 'parent_id', 'parent_id.city'])
  t.strictSame(paths(['child_ids', 'any', ['|', ['city', '=', 1], ['tag_ids', 'ilike', 'x']]]), [
    'child_ids',
    'child_ids.city',
    'child_ids.tag_ids',
    'child_ids.tag_ids.display_name',
  ])
  t.strictSame(paths(['parent_id', 'in', [1, 'x']], ['parent_id', '=', 1]), ['parent_id', 'parent_id.display_name'])
  t.strictSame(paths(['parent_id.tag_ids', 'not any', []], ['born.month_number', '=', 1]), [
    'parent_id',
    'parent_id.tag_ids',
    'born',
  ])
  t.throws(() => paths(['no_such', '=', 1]), { code: 'DOMAIN_FIELD_UNKNOWN' })
  t.end()
})
