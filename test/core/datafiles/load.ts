import type { Env } from '#core'
import { readCsvFile } from '#core/datafiles/csv-file.ts'
import { loadSteps } from '#core/datafiles/load-steps.ts'
import type { Loading } from '#core/datafiles/loading.ts'
import { readXmlFile } from '#core/datafiles/xml-file.ts'
import { XmlIds } from '#core/datafiles/xml-id.ts'
import { baseRuntime } from '#addons/base/test/base-env.ts'
import { openEnv, type DialectName } from '#test/env.ts'
import { library } from '#test/models/library.ts'

type Test = Parameters<typeof baseRuntime>[0]

export interface LoadOptions {
  readonly mode?: 'init' | 'update'
  readonly folder?: string
}

/** What the loader keeps between the files of an addon named `library`. */
export function loadingOf(env: Env, { mode = 'init', folder = '/nowhere' }: LoadOptions = {}): Loading {
  return { env, xmlIds: new XmlIds(env), module: 'library', folder, mode, named: new Set() }
}

/** Loads the inside of an `<odoo>` as the file `data/a.xml` of an addon named `library`. */
export async function loadXml(env: Env, body: string, options: LoadOptions = {}): Promise<Loading> {
  const loading = loadingOf(env, options)
  await loadSteps(loading, readXmlFile(`<odoo>${body}</odoo>`, 'data/a.xml'), 'data/a.xml')
  return loading
}

/** Loads a CSV file of that name. */
export async function loadCsv(env: Env, file: string, text: string, options: LoadOptions = {}): Promise<Loading> {
  const loading = loadingOf(env, options)
  await loadSteps(loading, readCsvFile(text, file), file)
  return loading
}

/** The id behind an external id of the library. */
export async function idOf(env: Env, name: string): Promise<number | undefined> {
  const found = await env.xmlId(name.includes('.') ? name : `library.${name}`)
  return found?.[1]
}

const SYSTEM = { uid: 1, su: true, context: { lang: 'en_US', active_test: false } } as const

/** Gives, for each test, an environment of the system on a database with the models of base and of the library. */
export async function libraryEnvs(t: Test, dialect: DialectName): Promise<(t: Test) => Promise<Env>> {
  const runtime = await baseRuntime(t, dialect, [library])
  return (t) => openEnv(t, runtime, SYSTEM)
}

/** Runs work as one call of the system on such a database; what fails leaves nothing. */
export async function libraryCalls(t: Test): Promise<<T>(work: (env: Env) => Promise<T>) => Promise<T>> {
  const runtime = await baseRuntime(t, 'sqlite', [library])
  return (work) => runtime.call(SYSTEM, 'write', work)
}
