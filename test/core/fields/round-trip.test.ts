import fc from 'fast-check'
import t from 'tap'
import { askedFields, readRecords } from '#core/wire/read.ts'
import { DIALECTS, layersRuntime } from '#test/env.ts'
import { kinds, type SampleFields } from '#test/models/kinds.ts'

/* What is created reads the same, in code and on the wire, and is found by its value. */

const SYSTEM = { uid: 1, su: true }

interface Case {
  readonly field: keyof SampleFields
  readonly values: fc.Arbitrary<unknown>
  /** What clients read; by default the value itself. */
  readonly wire?: (value: never) => unknown
  /** Whether a search for the value finds the record; contents of files and JSON cannot be searched. */
  readonly searched?: boolean
}

/** Any text that a database can hold, quotes, emoji, wildcards and line ends often among it. */
const text = (size = 40): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.string({ unit: 'binary', maxLength: size }),
      fc.constantFrom(
        `'`,
        `"`,
        `''; DROP TABLE kinds_sample; --`,
        `\\`,
        `\\'`,
        '%',
        '_',
        '?',
        '??',
        '$1',
        ':a',
        '\n',
        'a\r\nb',
        '👩‍👩‍👧‍👦',
        'ÅÉß',
        'İ',
        '‏עברית',
        'null',
        'false',
        '0',
        '{}',
        '[]',
        '\u00a0x',
      ),
    )
    .map((value) => value.replaceAll('\u0000', ''))

const DAY = 86_400_000
const YEAR_1 = -62_135_596_800_000
const days = fc
  .integer({ min: YEAR_1 / DAY, max: Math.floor(253_402_300_799_000 / DAY) })
  .map((day) => new Date(day * DAY).toISOString().slice(0, 10))
const moments = fc.integer({ min: YEAR_1 / 1000, max: 253_402_300_799 }).map((second) => new Date(second * 1000))
const onWire = (moment: Date): string => moment.toISOString().slice(0, 19).replace('T', ' ')

const CASES: readonly Case[] = [
  {
    field: 'name',
    values: text()
      .map((value) => value.trim())
      .filter((value) => value !== ''),
  },
  { field: 'padded', values: text().filter((value) => value !== '') },
  {
    field: 'note',
    values: fc.oneof(text(), fc.constantFrom('x'.repeat(200_000), '🙂'.repeat(50_000))).filter((value) => value !== ''),
  },
  { field: 'markup', values: text().filter((value) => value !== '') },
  {
    field: 'whole',
    values: fc.oneof(fc.integer({ min: 1 - 2 ** 31, max: 2 ** 31 - 1 }), fc.constantFrom(0, 1 - 2 ** 31, 2 ** 31 - 1)),
  },
  {
    field: 'ratio',
    values: fc
      .oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom(0, 0.1, 1 / 3, 1e308, 5e-324, -1e21, Number.MAX_SAFE_INTEGER),
      )
      .map((value) => (Object.is(value, -0) ? 0 : value)),
  },
  { field: 'exact', values: fc.integer({ min: -(10 ** 12), max: 10 ** 12 }).map((value) => value / 1000) },
  { field: 'flag', values: fc.boolean() },
  {
    field: 'day',
    values: fc.oneof(days, fc.constantFrom('0001-01-01', '1969-12-31', '2000-02-29', '2100-03-01', '9999-12-31')),
  },
  {
    field: 'moment',
    values: fc.oneof(
      moments,
      fc
        .constantFrom('1969-12-31T23:59:59Z', '2100-01-01T00:00:00Z', '9999-12-31T23:59:59Z')
        .map((value) => new Date(value)),
    ),
    wire: onWire,
  },
  { field: 'shade', values: fc.constantFrom('red', 'blue') },
  {
    field: 'blob',
    values: fc.uint8Array({ minLength: 1, maxLength: 200 }),
    wire: (value: Uint8Array) => Buffer.from(value).toString('base64'),
    searched: false,
  },
  {
    field: 'data',
    values: fc
      .jsonValue({ maxDepth: 3, stringUnit: 'binary' })
      .filter((value) => value !== null && value !== false && !JSON.stringify(value).includes('\\u0000')),
    searched: false,
  },
]

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const runtime = await layersRuntime(t, [kinds], dialect)
    for (const { field, values, wire, searched } of CASES) {
      t.test(`a ${field} value comes back as it was given, and is found by it`, async (t) => {
        const created = fc.sample(values, { numRuns: 60, seed: 11 })
        const ids = await runtime.call(
          SYSTEM,
          'write',
          async (env) => (await env['kinds.sample'].create(created.map((value) => ({ [field]: value })))).ids,
        )
        await runtime.call(SYSTEM, 'read', async (env) => {
          const samples = env['kinds.sample'].browse(ids)
          const loaded = (await env.model('kinds.sample', ids).load([field])).map((record) => record[field])
          t.same(loaded, created, 'loaded')
          const info = env.registry.get('kinds.sample')
          const read = await readRecords(env, info.name, ids, await askedFields(env, info, [field]), 'pairs')
          t.same(
            read.map((record) => record[field]),
            created.map((value) => (wire ? wire(value as never) : value)),
            'on the wire',
          )
          if (searched === false) return
          const missed = []
          for (const [i, value] of created.entries()) {
            const found = await env.model('kinds.sample').search([
              [field, '=', value],
              ['id', 'in', [...samples.ids]],
            ])
            if (!found.ids.includes(ids[i]!)) missed.push(value)
            if (found.ids.some((id) => !same(created[ids.indexOf(id)], value))) missed.push(['too many', value])
          }
          t.same(missed, [], 'found')
        })
      })
    }
  })
}

function same(a: unknown, b: unknown): boolean {
  return a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b
}
