/* Manifests changed at random: each is taken, or refused by file; none crashes. MANIFEST_MUTATIONS sets how many. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import t from 'tap'
import { readDataFile } from '#core/addons/data-files.ts'
import { discoverAddons } from '#core/addons/discover.ts'
import { checkManifest } from '#core/addons/manifest.ts'
import { ComptoirError, errorTable } from '#core/errors.ts'
import { mutated, randomNumbers } from '#test/mutate.ts'

const RUNS = Number(process.env['MANIFEST_MUTATIONS'] ?? 300)
const TEXT = `export const manifest = {
  name: 'shop',
  title: 'Shop',
  version: '1.2.3',
  summary: 'Sells',
  depends: [{ name: 'base', title: 'Base', version: '1.0.0', depends: [] }],
  data: ['manifest.ts', '#data/res.lang.csv'],
  demo: [],
  translations: ['#data/translations.{lang}.csv'],
  application: true,
  autoInstall: ['base'],
}
`
const PIECES =
  `null,|undefined,|1,|{},|[],|'',|'data',|'../..',|'\\0',|[[]],|-1|,|'|}|]|{|//|/*|\`|: |data:|depends:|name: 'other',|__proto__: null,
|constructor: 1,|title: '',|version: '1',|autoInstall: 'x',|get title() { throw null },|get data() { return [this] },|depends: [null],|depends: manifest,|export default|import './gone.ts'|await |😀|\ud800`.split(
    /\n?\|/,
  )
const VALUES = [
  null,
  undefined,
  0,
  -1,
  Number.NaN,
  '',
  'x',
  '1.0.0',
  [],
  [null],
  [''],
  [[]],
  {},
  [{}],
  [{ name: 1 }],
  [{ name: 'base' }],
  true,
  Symbol('s'),
  () => 1,
  10n,
  new Map(),
]
const PROPERTIES = [
  'name',
  'title',
  'version',
  'summary',
  'depends',
  'data',
  'demo',
  'translations',
  'application',
  'autoInstall',
  'constructor',
  '__proto__',
  'x',
]

const names = (error: unknown, file: string): boolean =>
  error instanceof ComptoirError && errorTable.has(error.code) && error.message.includes(file)

t.test(`${RUNS} changed manifests are taken or refused by file`, async (t) => {
  const folder = t.testdir()
  const next = randomNumbers(5)
  let refused = 0
  for (let i = 0; i < RUNS; i++) {
    const path = join(folder, String(i))
    const file = join(path, 'shop', 'manifest.ts')
    const text = i === 0 ? TEXT : mutated(TEXT, PIECES, next)
    mkdirSync(join(path, 'shop'), { recursive: true })
    writeFileSync(file, text)
    try {
      const addon = (await discoverAddons([path])).get('shop')
      if (addon === undefined) t.fail('no addon and no error', { text })
      for (const one of [...(addon?.manifest.data ?? []), ...(addon?.manifest.demo ?? [])])
        if (addon) readDataFile(addon, one)
    } catch (error) {
      refused++
      if (!names(error, join(path, 'shop')) && (error as { code?: unknown }).code !== 'ADDON_FILE')
        t.fail(`${String(error)} for ${basename(path)}`, { text })
    }
    if (i === 0) t.equal(refused, 0, 'the manifest itself is taken')
  }
  t.ok(refused > RUNS / 4, `${refused} refused`)
  t.ok(refused < RUNS, 'some are taken')
})

t.test('a manifest with a wrong value of any kind in any place is taken or refused by file', async (t) => {
  const manifest = { name: 'shop', title: 'Shop', version: '1.2.3', depends: [{ name: 'base' }] }
  const file = 'addons/shop/manifest.ts'
  for (const value of VALUES) {
    for (const given of [
      value,
      ...PROPERTIES.map((property) => Object.defineProperty({ ...manifest }, property, { value, enumerable: true })),
    ]) {
      try {
        checkManifest(given, file, 'shop')
      } catch (error) {
        if (!names(error, file)) t.fail(String(error), { given })
      }
    }
  }
  t.end()
})
