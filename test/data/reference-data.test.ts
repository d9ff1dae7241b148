import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import t from 'tap'

type Row = Record<string, string>

const TABLES = [
  'res.currency',
  'res.country',
  'res.country.state',
  'res.country.group',
  'res.lang',
  'res.partner.title',
  'res.partner.industry',
]

const text = (name: string) => readFileSync(new URL(`../../data/${name}.csv`, import.meta.url), 'utf8')
const rows = (name: string): Row[] => parse(text(name), { columns: true })
const column = (list: Row[], name: string) => list.map((row) => row[name] ?? '')
const repeated = (values: string[]) => values.filter((value, index) => values.indexOf(value) !== index)

const currencies = rows('res.currency')
const countries = rows('res.country')
const states = rows('res.country.state')
const groups = rows('res.country.group')
const languages = rows('res.lang')
const french = rows('translations.fr')

const country = (id: string) => countries.find((row) => row['id'] === id)
const currency = (id: string) => currencies.find((row) => row['id'] === id)
const language = (code: string) => languages.find((row) => row['code'] === code)
const members = (id: string) => groups.find((row) => row['id'] === id)?.['country_ids/id']?.split(',') ?? []

t.test('every table', async (t) => {
  for (const name of TABLES) {
    const list = rows(name)
    t.strictSame(repeated(column(list, 'id')), [], `${name} has each external id once`)
    t.strictSame(
      list.filter((row) => !/^[A-Za-z0-9_]+$/.test(row['id'] ?? '')),
      [],
      `${name} has external ids without dots and spaces`,
    )
    t.strictSame(
      list.filter((row) => !row['name'] || row['name'] !== row['name'].trim()),
      [],
      `${name} has a name without outer spaces in each row`,
    )
  }
  for (const name of [...TABLES, 'translations.fr']) t.notMatch(text(name), /\r|^\ufeff/, `${name} has LF and no mark`)
})

t.test('countries', async (t) => {
  t.equal(countries.length, 249)
  t.strictSame(repeated(column(countries, 'code')), [])
  t.strictSame(repeated(column(countries, 'name')), [])
  t.strictSame(
    countries.filter((row) => !/^[A-Z]{2}$/.test(row['code'] ?? '') || !/^[1-9]\d{0,3}$/.test(row['phone_code'] ?? '')),
    [],
    'have two capital letters and a dialling code',
  )
  const known = new Set(column(currencies, 'id'))
  t.strictSame(
    countries.filter((row) => !known.has(row['currency_id/id'] ?? '')).map((row) => row['id']),
    ['aq'],
    'all but Antarctica have a currency that exists',
  )
  t.hasStrict(country('fr'), {
    code: 'FR',
    phone_code: '33',
    'currency_id/id': 'EUR',
    vat_label: 'VAT',
    zip_required: '1',
    state_required: '0',
    address_format: '%(street)s\n%(street2)s\n%(zip)s %(city)s\n%(country_name)s',
  })
  t.hasStrict(country('us'), {
    address_format: '%(street)s\n%(street2)s\n%(city)s, %(state_code)s %(zip)s\n%(country_name)s',
    state_required: '1',
  })
  t.hasStrict(country('uk'), { name: 'United Kingdom', code: 'GB', 'currency_id/id': 'GBP' })
  t.equal(country('gb'), undefined, 'the United Kingdom is uk, not gb')
  t.hasStrict(country('as'), { phone_code: '1684' }, 'the area is part of the dialling code')
  t.strictSame(
    ['bo', 'vn', 'tw', 'kr', 'cd'].map((id) => country(id)?.['name']),
    ['Bolivia', 'Vietnam', 'Taiwan', 'South Korea', 'Democratic Republic of the Congo'],
    'have their common names',
  )
})

t.test('address formats', async (t) => {
  const placeholder = /%\((?:street|street2|city|state_code|state_name|zip|country_name)\)s/g
  const formats = column(countries, 'address_format').filter(Boolean)
  t.strictSame(
    formats.filter((format) => /[%()\p{L}]/u.test(format.replaceAll(placeholder, ''))),
    [],
    'hold known placeholders and separators only',
  )
  t.strictSame(
    formats.filter((format) => !format.includes('%(city)s') || !format.endsWith('\n%(country_name)s')),
    [],
    'hold the city and end with the country',
  )
  const withStates = new Set(column(states, 'country_id/id'))
  t.strictSame(
    countries.filter((row) => row['state_required'] === '1' && !withStates.has(row['id'] ?? '')),
    [],
    'a state is required only where there are states to choose from',
  )
})

t.test('states', async (t) => {
  t.ok(states.length >= 5000)
  const known = new Set(column(countries, 'id'))
  t.strictSame(
    states.filter((row) => !known.has(row['country_id/id'] ?? '')),
    [],
    'belong to a country that exists',
  )
  t.strictSame(repeated(states.map((row) => `${row['country_id/id']} ${row['code']}`)), [], 'have one code each')
  t.hasStrict(
    states.find((row) => row['id'] === 'state_us_ca'),
    { 'country_id/id': 'us', name: 'California', code: 'CA' },
  )
  t.hasStrict(
    states.find((row) => row['id'] === 'state_be_wal'),
    { name: 'Région wallonne' },
  )
})

t.test('currencies', async (t) => {
  t.ok(currencies.length >= 150)
  t.strictSame(
    currencies.filter((row) => row['id'] !== row['name'] || !/^[A-Z]{3}$/.test(row['name'] ?? '')),
    [],
    'are named by their code',
  )
  t.strictSame(repeated(column(currencies, 'iso_numeric').filter((numeric) => numeric !== '532')), [])
  t.strictSame(
    currencies.filter((row) => !row['full_name'] || !/[\p{L}\p{Sc}]/u.test(row['symbol'] ?? '')),
    [],
    'have a full name and a visible symbol',
  )
  t.strictSame([...new Set(column(currencies, 'position'))].sort(), ['after', 'before'])
  t.strictSame([...new Set(column(currencies, 'rounding'))].sort(), ['0.001', '0.01', '1'])
  t.strictSame(
    currencies.filter((row) => row['active'] === '1').map((row) => row['id']),
    ['EUR', 'USD'],
    'only two are active',
  )
  t.hasStrict(currency('EUR'), {
    full_name: 'Euro',
    symbol: '€',
    iso_numeric: '978',
    rounding: '0.01',
    position: 'after',
    currency_unit_label: 'Euros',
    currency_subunit_label: 'Cents',
  })
  t.hasStrict(currency('USD'), { symbol: '$', position: 'before', currency_unit_label: 'Dollars' })
  t.hasStrict(currency('JPY'), { rounding: '1', currency_subunit_label: '' })
  t.hasStrict(currency('KWD'), { rounding: '0.001' })
  t.hasStrict(currency('HUF'), { rounding: '0.01' }, 'accounts keep the decimals that cash no longer has')
  t.equal(currency('XXX'), undefined, 'codes that are no money are left out')
})

t.test('languages', async (t) => {
  t.ok(languages.length >= 85)
  t.strictSame(repeated(column(languages, 'code')), [])
  t.strictSame(repeated(column(languages, 'url_code')), [])
  t.strictSame(
    languages.filter(
      (row) =>
        !/^(ltr|rtl)$/.test(row['direction'] ?? '') ||
        !/^[1-7]$/.test(row['week_start'] ?? '') ||
        !/^(?:%[Ymd]|[-/. ])+$/.test(row['date_format'] ?? '') ||
        !/^(?:%[HIMSp]|[:. ])+$/.test(row['time_format'] ?? '') ||
        !/^\[3,(2,)?0\]$/.test(row['grouping'] ?? '') ||
        row['decimal_point'] === row['thousands_sep'],
    ),
    [],
    'have formats that the product understands',
  )
  t.strictSame(
    languages.filter((row) => row['active'] === '1').map((row) => row['code']),
    ['en_US'],
  )
  t.hasStrict(language('fr_FR'), {
    id: 'lang_fr',
    name: 'French / Français',
    iso_code: 'fr',
    date_format: '%d/%m/%Y',
    time_format: '%H:%M:%S',
    week_start: '1',
    decimal_point: ',',
    thousands_sep: '\u00a0',
  })
  t.hasStrict(language('en_US'), { id: 'lang_en', date_format: '%m/%d/%Y', week_start: '7', grouping: '[3,0]' })
  t.hasStrict(language('fr_BE'), { id: 'lang_fr_BE', iso_code: 'fr_BE', url_code: 'fr_BE' })
  t.hasStrict(language('pt_BR'), { id: 'lang_pt_BR' }, 'the base of Portuguese is Portugal')
  t.hasStrict(language('hi_IN'), { grouping: '[3,2,0]' })
  t.hasStrict(language('ar_001'), { id: 'lang_ar', direction: 'rtl' })
})

t.test('country groups', async (t) => {
  const known = new Set(column(countries, 'id'))
  for (const { id = '' } of groups) {
    t.strictSame(
      members(id).filter((each) => !known.has(each)),
      [],
      `${id} has members that exist`,
    )
    t.strictSame(repeated(members(id)), [], `${id} has each member once`)
  }
  t.equal(members('europe').length, 27)
  t.notOk(members('europe').includes('uk'))
  t.strictSame(
    members('europe').filter((id) => !members('sepa_zone').includes(id)),
    [],
    'the whole European Union is in the SEPA zone',
  )
})

t.test('titles and branches of business', async (t) => {
  t.hasStrict(
    rows('res.partner.title').find((row) => row['id'] === 'res_partner_title_madam'),
    { name: 'Madam' },
  )
  t.strictSame(
    column(rows('res.partner.industry'), 'id'),
    'A B C D E F G H I J K L M N O P Q R S T U'.split(' ').map((letter) => `res_partner_industry_${letter}`),
  )
})

t.test('French names', async (t) => {
  const known = new Map(TABLES.map((name) => [name, rows(name)]))
  t.strictSame(
    french.filter(({ model = '', id, field = '', value }) => {
      const record = known.get(model)?.find((row) => row['id'] === id)
      return record?.[field] === undefined || !value
    }),
    [],
    'belong to fields of records that exist',
  )
  t.strictSame(repeated(french.map(({ model, id, field }) => `${model} ${id} ${field}`)), [], 'are given once')
  const translated = (model: string) => french.filter((row) => row['model'] === model).length
  t.equal(translated('res.country'), countries.length)
  t.equal(translated('res.lang'), languages.length)
  t.hasStrict(
    french.find((row) => row['model'] === 'res.country' && row['id'] === 'de'),
    { field: 'name', value: 'Allemagne' },
  )
})
