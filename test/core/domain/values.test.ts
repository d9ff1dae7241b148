import t from 'tap'
import { onBoth, type Rows, type SearchAs } from './fixture/database.ts'

const ADA = 1
const BEN = 2
const CLEO = 3
const DOV = 4
const EVERYBODY = [ADA, BEN, CLEO, DOV]

const rows: Rows = {
  partner: [
    {
      id: ADA,
      name: 'Ada',
      city: 'Lyon',
      is_company: true,
      latitude: 45.5,
      color: 1,
      born: '2026-01-05',
      seen: '2026-03-09 23:59:59',
      lang: 'fr_FR',
    },
    {
      id: BEN,
      name: 'Ben',
      city: 'lyon',
      is_company: false,
      latitude: -3,
      color: 2,
      born: '2026-01-20',
      seen: '2026-03-10 00:00:00',
      meta: { a: 1 },
    },
    { id: CLEO, name: 'Cleo', city: 'Nantes', latitude: 10, color: 0, born: '2026-04-01', seen: '2026-03-10 15:30:00' },
    {
      id: DOV,
      name: 'Dov',
      title: { en_US: 'Lord', fr_FR: 'Seigneur' },
      credit: { 1: 50, 2: 7.5 },
      document: 'note,3',
    },
  ],
}

type Case = readonly [path: string, operator: string, operand: unknown, found: readonly number[], as?: SearchAs]

/** Asserts each condition, and that its negation finds exactly the others. */
function finds(name: string, cases: readonly Case[]): void {
  onBoth(t, name, rows, async (t, store) => {
    for (const [path, operator, operand, found, as] of cases) {
      const leaf = [path, operator, operand]
      t.strictSame(await store.ids('partner', [leaf], as), found, JSON.stringify(leaf))
      const others = EVERYBODY.filter((id) => !found.includes(id))
      t.strictSame(await store.ids('partner', ['!', leaf], as), others, `not ${JSON.stringify(leaf)}`)
    }
  })
}

finds('= on text is exact, != also finds the unset, and empty text is unset', [
  ['city', '=', 'Lyon', [ADA]],
  ['city', '!=', 'Lyon', [BEN, CLEO, DOV]],
  ['city', '<>', 'Lyon', [BEN, CLEO, DOV]],
  ['city', '==', 'Lyon', [ADA]],
  ['city', '=', false, [DOV]],
  ['city', '!=', false, [ADA, BEN, CLEO]],
  ['city', '=', '', [DOV]],
  ['city', '!=', '', [ADA, BEN, CLEO]],
  ['city', '>', 'M', [BEN, CLEO]],
  ['name', '=', 'Dov', [DOV]],
])

finds('in on text takes false for the unset, and an empty list finds nothing', [
  ['city', 'in', ['Lyon', 'Nantes'], [ADA, CLEO]],
  ['city', 'not in', ['Lyon', 'Nantes'], [BEN, DOV]],
  ['city', 'in', ['Lyon', false], [ADA, DOV]],
  ['city', 'not in', ['Lyon', false], [BEN, CLEO]],
  ['city', 'in', [false], [DOV]],
  ['city', 'in', [], []],
  ['city', 'not in', [], EVERYBODY],
  ['city', '=', ['Lyon', 'Nantes'], [ADA, CLEO]],
  ['city', 'in', false, [DOV]],
])

finds('like minds case, ilike folds case and accents', [
  ['city', 'like', 'yon', [ADA, BEN]],
  ['city', 'like', 'Ly', [ADA]],
  ['city', 'ilike', 'LY', [ADA, BEN]],
  ['city', 'ilike', 'lÿôn', [ADA, BEN]],
  ['city', 'not like', 'Ly', [BEN, CLEO, DOV]],
  ['city', 'not ilike', 'LY', [CLEO, DOV]],
  ['city', 'ilike', '', EVERYBODY],
  ['city', 'not ilike', '', []],
  ['city', 'ilike', false, EVERYBODY],
])

finds('=like and =ilike match the whole value', [
  ['city', '=like', 'yon', []],
  ['city', '=like', '_yon', [ADA, BEN]],
  ['city', '=like', 'L%', [ADA]],
  ['city', '=ilike', 'l%', [ADA, BEN]],
  ['city', 'not =ilike', 'l%', [CLEO, DOV]],
  ['city', 'not =like', '_yon', [CLEO, DOV]],
])

finds('characters that patterns of one database know are plain', [
  ['city', 'like', '*', []],
  ['city', 'like', '[L]', []],
  ['city', 'like', 'Lyon\\', []],
  ['city', 'like', '?', []],
  ['city', '=like', '\\Lyon', [ADA]],
])

finds('numbers: the unset counts as zero', [
  ['latitude', '<', 10, [BEN, DOV]],
  ['latitude', '<=', 10, [BEN, CLEO, DOV]],
  ['latitude', '>', 10, [ADA]],
  ['latitude', '>=', 0, [ADA, CLEO, DOV]],
  ['latitude', '=', 0, [DOV]],
  ['latitude', '!=', 0, [ADA, BEN, CLEO]],
  ['latitude', '=', false, [DOV]],
  ['latitude', 'in', [45.5, 0], [ADA, DOV]],
  ['color', '=', false, [CLEO, DOV]],
  ['color', 'not in', [1, 2], [CLEO, DOV]],
])

finds('a whole number compares with fractions, texts and numbers beyond its range', [
  ['color', '>', 0.5, [ADA, BEN]],
  ['color', '=', 1.5, []],
  ['color', 'in', [1, 1.5], [ADA]],
  ['color', '<', 1e15, EVERYBODY],
  ['color', '!=', 1e15, EVERYBODY],
  ['color', '=', '2', [BEN]],
  ['id', 'in', [1, 99999999999], [ADA]],
  ['id', '>', 2, [CLEO, DOV]],
  ['id', '!=', 2, [ADA, CLEO, DOV]],
])

finds('booleans: unset is no', [
  ['is_company', '=', true, [ADA]],
  ['is_company', '=', false, [BEN, CLEO, DOV]],
  ['is_company', '!=', true, [BEN, CLEO, DOV]],
  ['is_company', '!=', false, [ADA]],
  ['is_company', 'in', [true, false], EVERYBODY],
  ['is_company', 'not in', [true, false], []],
  ['is_company', 'in', [], []],
])

finds('dates compare with texts, and the unset is neither before nor after', [
  ['born', '<', '2026-01-20', [ADA]],
  ['born', '<=', '2026-01-20', [ADA, BEN]],
  ['born', '>', '2026-01-20', [CLEO]],
  ['born', '=', '2026-04-01', [CLEO]],
  ['born', '=', false, [DOV]],
  ['born', '!=', '2026-04-01', [ADA, BEN, DOV]],
  ['born', 'in', ['2026-01-05', '2026-04-01', false], [ADA, CLEO, DOV]],
  ['born', '>', false, []],
  ['born', '=', new Date('2026-01-05T12:00:00Z'), [ADA]],
  ['born', 'like', '2026-01', [ADA, BEN]],
])

finds('a day against a datetime: > and <= reach to its last second', [
  ['seen', '<', '2026-03-10', [ADA]],
  ['seen', '<=', '2026-03-10', [ADA, BEN, CLEO]],
  ['seen', '>', '2026-03-10', []],
  ['seen', '>', '2026-03-09', [BEN, CLEO]],
  ['seen', '>=', '2026-03-10', [BEN, CLEO]],
  ['seen', '=', '2026-03-10', [BEN]],
  ['seen', '>=', '2026-03-10 15:30:00', [CLEO]],
  ['seen', 'in', ['2026-03-10 15:30:00', '2026-03-10'], [BEN, CLEO]],
  ['seen', '!=', false, [ADA, BEN, CLEO]],
  ['seen', '=', new Date('2026-03-10T15:30:00Z'), [CLEO]],
])

finds('parts of dates compare as numbers, of datetimes in the time zone of the user', [
  ['born.month_number', '=', 1, [ADA, BEN]],
  ['born.year_number', '=', 2026, [ADA, BEN, CLEO]],
  ['born.day_of_month', '>=', 5, [ADA, BEN]],
  ['born.quarter_number', '=', 2, [CLEO]],
  ['born.iso_week_number', 'in', [4, 14], [BEN, CLEO]],
  ['born.day_of_year', '<', 10, [ADA]],
  ['born.day_of_week', '=', 1, [ADA]],
  ['born.month_number', '!=', 1, [CLEO, DOV]],
  ['born.month_number', '=', false, [DOV]],
  ['seen.day_of_month', '=', 10, [BEN, CLEO]],
  ['seen.day_of_month', '=', 10, [ADA, BEN, CLEO], { zone: 'Europe/Brussels' }],
  ['seen.hour_number', '=', 0, [ADA], { zone: 'Europe/Brussels' }],
  ['seen.hour_number', '=', 1.5, []],
])

finds('translated texts are those of the language, or else the English ones', [
  ['title', '=', 'Lord', [DOV]],
  ['title', '=', 'Seigneur', [DOV], { lang: 'fr_FR' }],
  ['title', '=', 'Lord', [], { lang: 'fr_FR' }],
  ['title', 'ilike', 'LORD', [DOV], { lang: 'de_DE' }],
  ['title', '=', false, [ADA, BEN, CLEO]],
])

finds('company-dependent fields hold the value of the company', [
  ['credit', '=', 50, [DOV]],
  ['credit', '=', 7.5, [DOV], { companyId: 2 }],
  ['credit', '=', 0, EVERYBODY, { companyId: 3 }],
  ['credit', '>=', 8, [], { companyId: 2 }],
])

finds('selections compare by key, references as model and id, JSON only by being set', [
  ['lang', '=', 'fr_FR', [ADA]],
  ['lang', '!=', 'fr_FR', [BEN, CLEO, DOV]],
  ['lang', 'in', ['de_DE'], []],
  ['document', '=', 'note,3', [DOV]],
  ['document', '=', false, [ADA, BEN, CLEO]],
  ['meta', '!=', false, [BEN]],
  ['meta', '=', false, [ADA, CLEO, DOV]],
])

finds('=? without a value is no condition', [
  ['city', '=?', false, EVERYBODY],
  ['city', '=?', 'Nantes', [CLEO]],
])

onBoth(t, 'an operand or operator that the kind cannot take is refused', rows, async (t, store) => {
  const refused = async (code: string, ...leaf: unknown[]): Promise<unknown> =>
    t.rejects(store.ids('partner', [leaf]), { code, exception: 'ValueError' }, JSON.stringify(leaf))
  await refused('DOMAIN_OPERAND', 'born', '<', '2026-02-30')
  await refused('DOMAIN_OPERAND', 'born', '=', 'tomorrow')
  await refused('DOMAIN_OPERAND', 'seen', '=', '2026-03-10 25:00:00')
  await refused('DOMAIN_OPERAND', 'latitude', '>', 'north')
  await refused('DOMAIN_OPERAND', 'color', 'in', [{}])
  await refused('DOMAIN_OPERAND', 'city', '=', true)
  await refused('DOMAIN_OPERAND', 'city', 'ilike', { a: 1 })
  await refused('DOMAIN_OPERAND', 'city', '=', 'a\0b')
  await refused('DOMAIN_OPERAND', 'is_company', '=', 'yes')
  await refused('DOMAIN_OPERAND', 'id', '=', true)
  await refused('DOMAIN_OPERAND', 'meta', '=', 'a')
  await refused('DOMAIN_OPERATOR', 'meta', '<', 1)
  await refused('DOMAIN_OPERATOR', 'is_company', '>', false)
})
