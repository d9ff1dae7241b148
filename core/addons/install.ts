import { checkAddonViews } from '../arch/check-views.ts'
import { takeDeferredViews } from '../arch/deferred.ts'
import { removeOrphans } from '../datafiles/orphans.ts'
import { loadLanguage } from '../i18n/load-language.ts'
import type { Env } from '../orm/env.ts'
import type { CacheSubject } from '../orm/process-caches.ts'
import type { Runtime } from '../runtime.ts'
import { bootstrap } from './bootstrap.ts'
import { addonChecksum, registryChecksum } from './checksum.ts'
import { loadDataFiles } from './data-files.ts'
import { readMemory, rememberAddon, rememberModels, type KnownAddon } from './installed.ts'
import type { LoadedAddon } from './load.ts'

export interface InstallOptions {
  /** Whether addons that are new to the database bring their demo data. */
  readonly demo: boolean
}

/** What data files may have changed of what is kept per process: all of it. */
const SUBJECTS: readonly CacheSubject[] = [
  'security',
  'lang',
  'parameters',
  'defaults',
  'currencies',
  'digits',
  'registry',
  'views',
  'actions',
]

/** Who loads data files: the system, in English, with archived records in sight. */
const SYSTEM = { uid: 1, su: true, context: { lang: 'en_US', active_test: false, install_mode: true } } as const

/**
 * Brings a database whose tables are there to what the addons' files say: records of models and fields, data files of
 * addons that are new or changed, their translations, demo data. One call: after an error nothing of it is left. A
 * database that is up to date costs two queries.
 * @throws ADDON_FILE, DATA_…, and what models refuse
 */
export async function installAddons(
  runtime: Runtime,
  addons: readonly LoadedAddon[],
  options: InstallOptions,
): Promise<void> {
  const checksums = new Map(addons.map((addon) => [addon.manifest.name, addonChecksum(addon)]))
  const modelsChecksum = registryChecksum(runtime.registry)
  const isCurrent = ({ manifest }: LoadedAddon, known: KnownAddon | undefined): boolean =>
    known?.isInstalled === true && known.checksum === checksums.get(manifest.name)

  const before = await runtime.call(SYSTEM, 'read', readMemory)
  const areCurrent = addons.every((addon) => isCurrent(addon, before.addons.get(addon.manifest.name)))
  if (areCurrent && before.modelsChecksum === modelsChecksum) return

  // processes that start together on one database install one after the other, and the later ones find it done
  await runtime.call(SYSTEM, 'alone', async (env) => {
    const memory = await readMemory(env)
    if (memory.addons.size === 0) await bootstrap(env)
    if (memory.modelsChecksum !== modelsChecksum) {
      await reflectModels(env)
      await rememberModels(env, modelsChecksum)
    }
    for (const addon of addons) {
      const known = memory.addons.get(addon.manifest.name)
      if (isCurrent(addon, known)) continue
      await (known?.isInstalled ? update(env, addon) : install(env, addon, options.demo))
      await rememberAddon(env, addon.manifest, known, checksums.get(addon.manifest.name) ?? '')
    }
    for (const subject of SUBJECTS) env.transaction.invalidated.add(subject)
  })
}

async function install(env: Env, addon: LoadedAddon, demo: boolean): Promise<void> {
  const { data = [], demo: demoFiles = [] } = addon.manifest
  await loadDataFiles(env, addon, { files: data, mode: 'init' })
  if (demo) await loadDataFiles(env, addon, { files: demoFiles, mode: 'init', noupdate: true })
  await checkAddonViews(env, addon.manifest.name, takeDeferredViews(env))
  await addon.hooks.postInit?.(env)
  await translate(env, addon)
}

async function update(env: Env, addon: LoadedAddon): Promise<void> {
  const named = await loadDataFiles(env, addon, { files: addon.manifest.data ?? [], mode: 'update' })
  await removeOrphans(env, addon.manifest.name, named)
  await checkAddonViews(env, addon.manifest.name, takeDeferredViews(env))
  await translate(env, addon)
}

/** Gives the addon's records their texts in the languages that are in use. */
async function translate(env: Env, { manifest }: LoadedAddon): Promise<void> {
  const languages = await (await env.model('res.lang').search([['active', '=', true]])).load(['code'])
  const codes = languages.map(({ code }) => String(code)).filter((code) => code !== 'en_US')
  for (const code of codes) await loadLanguage(env, code, { addons: [manifest.name] })
}

/** Records models and fields as rows, which rights and rules refer to. */
async function reflectModels(env: Env): Promise<void> {
  const models = env.model('ir.model') as unknown as { _reflect(models: readonly object[]): Promise<void> }
  await models._reflect([...env.registry.models()])
}
