import type { Env } from '../orm/env.ts'
import type { Runtime } from '../runtime.ts'
import { sql } from '../sql/fragment.ts'
import type { Connection } from '../sql/connection.ts'
import { bootstrap } from './bootstrap.ts'
import { addonChecksum, registryChecksum } from './checksum.ts'
import { loadDataFiles } from './data-files.ts'
import type { LoadedAddon } from './load.ts'

const REGISTRY_CHECKSUM = 'base.registry_checksum'

/** What a database remembers of an addon. */
interface Installed extends Record<string, unknown> {
  readonly id: number
  readonly name: string
  readonly state: string
  readonly checksum: string | null
}

/** Names of the addons that a database has; none when it is empty. */
export async function installedAddons(connection: Connection): Promise<string[]> {
  try {
    const rows = await connection.savepoint(() => connection.rows<{ name: string }>(sql`SELECT name FROM ir_module_module WHERE state = 'installed' ORDER BY name`))
    return rows.map((row) => row.name)
  } catch {
    return []
  }
}

/**
 * Brings a database whose tables are there to what the addons' files say: records of models and fields, data files of
 * addons that are new or changed, demo data. One call: after an error nothing of it is left.
 * @throws DATA_…, and what models refuse
 */
export async function installAddons(runtime: Runtime, addons: readonly LoadedAddon[], options: { readonly demo: boolean }): Promise<void> {
  const system = { uid: 1, su: true, context: { lang: 'en_US', active_test: false, install_mode: true } } as const
  const checksums = new Map(addons.map((addon) => [addon.manifest.name, addonChecksum(addon)]))
  const registry = registryChecksum(runtime.registry)
  const upToDate = await runtime.call(system, 'read', async (env) => {
    const known = await modules(env)
    return addons.every(({ manifest: { name } }) => known.get(name)?.checksum === checksums.get(name)) && (await parameter(env)) === registry
  })
  if (upToDate) return
  await runtime.call(system, 'write', async (env) => {
    const known = await modules(env)
    if (known.size === 0) await bootstrap(env)
    if ((await parameter(env)) !== registry) {
      await reflect(env)
      await remember(env, registry)
    }
    for (const addon of addons) {
      const before = known.get(addon.manifest.name)
      const checksum = checksums.get(addon.manifest.name) as string
      if (before?.state === 'installed' && before.checksum === checksum) continue
      await loadAddonData(env, addon, before?.state === 'installed', options.demo)
      await record(env, addon, before?.id, checksum)
    }
    for (const subject of ['security', 'lang', 'parameters', 'defaults', 'currencies', 'digits', 'registry'] as const) env.transaction.invalidated.add(subject)
  })
}

async function loadAddonData(env: Env, addon: LoadedAddon, installed: boolean, demo: boolean): Promise<void> {
  const { data = [], demo: demoFiles = [] } = addon.manifest
  await loadDataFiles(env, addon, data, installed ? 'update' : 'init')
  if (installed) return
  if (demo) await loadDataFiles(env, addon, demoFiles, 'init', true)
  await addon.hooks.postInit?.(env)
}

async function modules(env: Env): Promise<Map<string, Installed>> {
  const rows = await env.connection.rows<Installed>(sql`SELECT id, name, state, checksum FROM ir_module_module`)
  return new Map(rows.map((row) => [row.name, row]))
}

async function parameter(env: Env): Promise<string | undefined> {
  const [row] = await env.connection.rows<{ value: string }>(sql`SELECT value FROM ir_config_parameter WHERE key = ${REGISTRY_CHECKSUM}`)
  return row?.value
}

async function remember(env: Env, checksum: string): Promise<void> {
  const parameters = env.model('ir.config_parameter')
  const known = await parameters.search([['key', '=', REGISTRY_CHECKSUM]])
  if (known.length > 0) await known.write({ value: checksum })
  else await parameters.create([{ key: REGISTRY_CHECKSUM, value: checksum }])
}

/** Records models and fields as rows, which rights and rules refer to. */
async function reflect(env: Env): Promise<void> {
  const source = env.model('ir.model') as unknown as { _reflect(models: readonly object[]): Promise<void> }
  await source._reflect([...env.registry.models()])
}

async function record(env: Env, { manifest }: LoadedAddon, id: number | undefined, checksum: string): Promise<void> {
  const values = {
    name: manifest.name,
    shortdesc: manifest.title,
    summary: manifest.summary ?? null,
    description: manifest.description ?? null,
    author: manifest.author ?? null,
    license: manifest.license ?? null,
    application: manifest.application ?? false,
    auto_install: Boolean(manifest.autoInstall),
    state: 'installed',
    latest_version: manifest.version,
    installed_version: manifest.version,
    checksum,
  }
  const rows = env.model('ir.module.module', id === undefined ? [] : [id])
  if (id === undefined) await rows.create([{ ...values, dependencies_id: manifest.depends.map(({ name }) => ({ create: { name } })) }])
  else await rows.write(values)
}
