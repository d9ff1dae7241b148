import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyRequest } from 'fastify'
import t from 'tap'
import { ComptoirError, type ExceptionName } from '#core/errors.ts'
import { errorReply } from '#server/error-reply.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Folders whose codes are documented; tests and benchmarks keep theirs to themselves. */
const FOLDERS = ['core', 'addons', 'server', 'data']

interface Defined {
  readonly file: string
  /** The constant that is thrown. */
  readonly name: string
  readonly code: string
  readonly exception: ExceptionName
}

interface Documented {
  readonly code: string
  readonly wireName: string
  readonly cause: string
  readonly remedy: string
}

/** The text of a source file without what only explains it, so that an example in a comment does not count. */
function codeOf(file: string): string {
  return readFileSync(join(root, file), 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
}

const sources: ReadonlyMap<string, string> = new Map(
  FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
    .filter((file) => /\.(ts|mjs)$/.test(file) && !file.includes('/test/'))
    .map((file) => [file, codeOf(file)]),
)

const DEFINITION = /export const (\w+) = defineError(?:<[^(]*>)?\(\s*'(\w+)',\s*'(\w+)'/g

const defined: readonly Defined[] = [...sources].flatMap(([file, text]) =>
  [...text.matchAll(DEFINITION)].map(([, name = '', code = '', exception = '']) => ({
    file,
    name,
    code,
    exception: exception as ExceptionName,
  })),
)

const page = readFileSync(join(root, 'docs/errors.md'), 'utf8')

const documented: readonly Documented[] = [
  ...page.matchAll(/^\| `([A-Z]\w*_\w+)` \| `([\w.]+)` \| (.*) \| (.*) \|$/gm),
].map(([, code = '', wireName = '', cause = '', remedy = '']) => ({ code, wireName, cause, remedy }))

function codes(list: readonly { readonly code: string }[]): string[] {
  return list.map(({ code }) => code).toSorted()
}

/** What the server calls an exception on the wire. */
function wireNameOf(exception: ExceptionName): string {
  const request = {
    id: '',
    facts: {},
    log: { error: () => undefined },
    server: { services: { config: { dev: false } } },
  }
  return errorReply(new ComptoirError('ANY', exception, ''), request as unknown as FastifyRequest).data.name // all of a request that a reply needs
}

t.test('every call of defineError is one that this test can read', async (t) => {
  const calls = [...sources].flatMap(([file, text]) =>
    file === 'core/errors.ts' ? [] : [...text.matchAll(/\bdefineError(<[^(]*>)?\(/g)].map(() => file),
  )
  t.strictSame(
    calls,
    defined.map(({ file }) => file),
  )
})

t.test('docs/errors.md has a row for each code, and no other', async (t) => {
  t.strictSame(codes(documented), codes(defined))
})

t.test('docs/errors.md says what a client sees', async (t) => {
  const wireNames = new Map(documented.map(({ code, wireName }) => [code, wireName]))
  for (const { code, exception } of defined) t.equal(wireNames.get(code), wireNameOf(exception), code)
  for (const [, exception = '', wireName = ''] of page.matchAll(/^\| `([A-Z][A-Za-z]+)` \| `([\w.]+)` \|$/gm))
    t.equal(wireName, wireNameOf(exception as ExceptionName), exception)
})

t.test('every row tells a cause and a remedy in a sentence', async (t) => {
  for (const { code, cause, remedy } of documented) {
    t.match(cause, /^[A-Z`].+\.$/, `cause of ${code}`)
    t.match(remedy, /^[A-Z`].+\.$/, `remedy of ${code}`)
  }
})

t.test('a code is defined once, and its constant has its name', async (t) => {
  for (const { file, name, code } of defined) {
    t.equal(name, code, file)
    t.strictSame(
      defined.filter((one) => one.code === code).map((one) => one.file),
      [file],
      code,
    )
  }
})

t.test('every code is thrown', async (t) => {
  const uses = [...sources.values()].join('\n')
  const isThrown = (name: string): boolean =>
    new RegExp(`new ${name}\\(`).test(uses) || new RegExp(`,\\s*${name},?\\s*\\)`).test(uses)
  t.strictSame(
    defined.map(({ name }) => name).filter((name) => !isThrown(name)),
    [],
  )
})

t.test('errors without a code are not thrown', async (t) => {
  const BARE =
    /\b(?:new|throw) (?:Error|EvalError|RangeError|ReferenceError|SyntaxError|TypeError|URIError|AggregateError)\(/
  t.strictSame(
    [...sources].filter(([, text]) => BARE.test(text)).map(([file]) => file),
    [],
  )
})
