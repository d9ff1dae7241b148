import { checkAddonViews } from '../arch/check-views.ts'
import { takeDeferredViews } from '../arch/deferred.ts'
import { removeOrphans } from '../datafiles/orphans.ts'
import { loadLanguage } from '../i18n/load-language.ts'
import type { Env } from '../orm/env.ts'
import { loadDataFiles } from './data-files.ts'
import type { LoadedAddon } from './load.ts'

/**
 * Loads the data files of an addon that is new to the database, with its demo data if wanted, and runs its hook.
 * @throws ADDON_FILE, DATA_…
 */
export async function loadFiles(env: Env, addon: LoadedAddon, demo: boolean): Promise<void> {
  const { data = [], demo: demoFiles = [] } = addon.manifest
  await loadDataFiles(env, addon, { files: data, mode: 'init' })
  if (demo) await loadDataFiles(env, addon, { files: demoFiles, mode: 'init', noupdate: true })
  await checkAddonViews(env, addon.manifest.name, takeDeferredViews(env))
  await addon.hooks.postInit?.(env)
  await translate(env, addon)
}

/**
 * Loads the data files of an addon again and deletes what they no longer name.
 * @throws ADDON_FILE, DATA_…
 */
export async function reloadFiles(env: Env, addon: LoadedAddon): Promise<void> {
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
export async function reflectModels(env: Env): Promise<void> {
  const models = env.model('ir.model') as unknown as { _reflect(models: readonly object[]): Promise<void> }
  await models._reflect([...env.registry.models()])
}
