import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Rooms of the core from the lowest up: a file imports from its own room and from lower ones. Rooms of one line are neighbours. */
const CORE_ROOMS: readonly (readonly string[])[] = [
  ['errors.ts', 'tools'],
  ['expr', 'sql'],
  ['fields', 'domain', 'security', 'orm', 'i18n'],
  ['schema', 'arch', 'wire', 'datafiles'],
  ['addons', 'backup', 'jobs'],
  ['runtime.ts'],
  ['open.ts'],
  ['index.ts'],
]

/** Folders that may be imported, beside the folder itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  addons: ['core'],
  views: ['core'],
  server: ['core', 'views'],
  data: ['core'],
  bench: ['core', 'server', 'views', 'addons', 'data', 'test'],
  test: ['core', 'addons', 'server', 'views', 'data', 'bench'],
}

interface Import {
  readonly file: string
  readonly target: string
  readonly typeOnly: boolean
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/^(import|export)(\s+type)?\s[^'"]*?from '([#.][^']+)'/gms)].map(
    ([, , type, target = '']) => ({
      file,
      target: target.startsWith('#')
        ? target === '#core'
          ? 'core/index.ts'
          : target.slice(1)
        : relative(root, normalize(join(root, dirname(file), target))),
      typeOnly: type !== undefined,
    }),
  )
}

const files = Object.keys(MAY_IMPORT).flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('conformance'))
    .map((file) => join(folder, file)),
)
const imports = files.flatMap(importsOf)

t.test('a folder imports only what stands below it', async (t) => {
  for (const { file, target } of imports) {
    const [from = ''] = file.split('/')
    const [to = ''] = target.split('/')
    const isTest = file.endsWith('.test.ts') || file.includes('/test/')
    t.ok(to === from || isTest || MAY_IMPORT[from]?.includes(to), `${file} imports ${target}`)
  }
})

t.test('inside the core, imports point down', async (t) => {
  const levelOf = (path: string): number => CORE_ROOMS.findIndex((rooms) => rooms.includes(path.split('/')[1] ?? ''))
  for (const { file, target, typeOnly } of imports) {
    if (!file.startsWith('core/') || !target.startsWith('core/') || typeOnly) continue
    t.ok(levelOf(target) <= levelOf(file), `${file} imports ${target}`)
  }
})

t.test('addons import the core through its index alone', async (t) => {
  for (const { file, target } of imports) {
    if (!file.startsWith('addons/') || file.includes('/test/') || !target.startsWith('core/')) continue
    t.equal(target, 'core/index.ts', `${file} imports ${target}`)
  }
})
