import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { mistakesOf } from '../../core/arch/check-views.ts'
import { describeMistake } from '../../core/arch/source.ts'
import { readCsvFile } from '../../core/datafiles/csv-file.ts'
import { readXmlFile } from '../../core/datafiles/xml-file.ts'
import { parsePo } from '../../core/i18n/po-file.ts'
import { openRuntime } from '../../core/open.ts'
import type { Env } from '../../core/orm/env.ts'
import type { Runtime } from '../../core/runtime.ts'
import { sql } from '../../core/sql/fragment.ts'
import { groupBy } from '../../core/tools/iter.ts'
import { untranslated } from './untranslated.ts'
import { dataFile, readDataFile } from '../../core/addons/data-files.ts'
import { ordered } from '../../core/addons/graph.ts'
import { DEFAULT_PATHS, discoverAddons, PRODUCT_ROOT, type FoundAddon } from '../../core/addons/discover.ts'

/** How many texts without a translation are named. */
const SHOWN_TEXTS = 20

/** One thing that is wrong with an addon. */
export interface Finding {
  readonly severity: 'error' | 'warning'
  readonly addon: string
  readonly message: string
}

/**
 * Examines the product's addons and those of further folders: manifests, data and translation files, declared models, then, in the new database
 * at `url`, whether all of it can be installed, its views, and models that nobody has rights on. As much as can be
 * examined is: one mistake does not hide those after it, unless nothing can go on.
 */
export async function examineAddons(morePaths: readonly string[], url: string): Promise<Finding[]> {
  const findings: Finding[] = []
  let found: ReadonlyMap<string, FoundAddon>
  try {
    found = await discoverAddons([...DEFAULT_PATHS, ...morePaths])
  } catch (error) {
    return [finding('error', 'addons', error)]
  }
  for (const addon of found.values()) findings.push(...examineFiles(addon))
  findings.push(...(await examineTogether(ordered([...found.values()]), url, morePaths)))
  return findings
}

/** Installs one addon after the other, leaving out those that fail and what depends on them, and examines the result. */
async function examineTogether(
  addons: readonly FoundAddon[],
  url: string,
  addonsPaths: readonly string[],
): Promise<Finding[]> {
  const findings: Finding[] = []
  const fit: string[] = []
  let runtime: Runtime | undefined
  try {
    for (const { manifest } of addons) {
      if (manifest.depends.some(({ name }) => !fit.includes(name))) continue
      try {
        const next = await openRuntime({ url, addons: [...fit, manifest.name], addonsPaths, demo: true })
        await runtime?.close()
        runtime = next
        fit.push(manifest.name)
      } catch (error) {
        findings.push(finding('error', manifest.name, error))
      }
    }
    if (runtime) {
      const installed = new Map(
        addons.filter(({ manifest }) => fit.includes(manifest.name)).map((addon) => [addon.manifest.name, addon]),
      )
      const system = { uid: 1, su: true } as const
      findings.push(...(await runtime.call(system, 'read', examineInstalled)))
      findings.push(...(await runtime.call(system, 'read', (env) => examineTranslations(env, installed))))
    }
  } finally {
    await runtime?.close()
  }
  return findings
}

function examineFiles(addon: FoundAddon): Finding[] {
  const { name, data = [], demo = [] } = addon.manifest
  const findings: Finding[] = []
  const attempt = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      findings.push(finding('error', name, error))
    }
  }
  for (const file of [...data, ...demo]) {
    attempt(() => {
      const text = readDataFile(addon, file)
      const shown = relative(PRODUCT_ROOT, dataFile(addon, file))
      if (file.endsWith('.csv')) readCsvFile(text, shown)
      else readXmlFile(text, shown)
    })
  }
  const folder = join(addon.path, 'i18n')
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    if (file.endsWith('.po'))
      attempt(() => parsePo(readFileSync(join(folder, file), 'utf8'), relative(PRODUCT_ROOT, join(folder, file))))
  }
  const listed = new Set([...data, ...demo])
  for (const file of unlisted(addon, listed))
    findings.push({
      severity: 'warning',
      addon: name,
      message: `${file} is not listed in the manifest: it is never loaded.`,
    })
  return findings
}

/** Data files in the folders of an addon that its manifest does not name. */
function unlisted({ path }: FoundAddon, listed: ReadonlySet<string>): string[] {
  return ['data', 'views', 'security', 'demo', 'reports'].flatMap((folder) => {
    const files = existsSync(join(path, folder)) ? readdirSync(join(path, folder)) : []
    return files
      .filter((file) => /\.(xml|csv)$/.test(file))
      .map((file) => `${folder}/${file}`)
      .filter((file) => !listed.has(file))
  })
}

async function examineInstalled(env: Env): Promise<Finding[]> {
  const findings: Finding[] = []
  const views = await env.connection.rows<{ id: number }>(
    sql`SELECT id FROM ir_ui_view WHERE active = ${true} AND inherit_id IS NULL`,
  )
  for (const mistake of await mistakesOf(
    env,
    views.map(({ id }) => id),
  )) {
    const addon = mistake.view.xmlid?.split('.')[0] ?? 'views'
    findings.push({ severity: mistake.warning ? 'warning' : 'error', addon, message: describeMistake(mistake) })
  }
  const open = await env.connection.rows<{ model: string }>(
    sql`SELECT DISTINCT m.model FROM ir_model_access a JOIN ir_model m ON m.id = a.model_id WHERE a.active = ${true}`,
  )
  const reachable = new Set(open.map(({ model }) => model))
  for (const info of env.registry.models()) {
    if (info.kind === 'abstract' || reachable.has(info.name)) continue
    findings.push({
      severity: 'warning',
      addon: info.addons[0] ?? 'base',
      message: `nobody has rights on ${info.name}: add lines to security/ir.model.access.csv, unless only code may use it.`,
    })
  }
  return findings
}

/** Texts without a translation to a language that their addon, or one that it needs, speaks in part. */
async function examineTranslations(env: Env, addons: ReadonlyMap<string, FoundAddon>): Promise<Finding[]> {
  const languages = new Map([...addons.values()].map((addon) => [addon.manifest.name, languagesOf(addon)]))
  const findings: Finding[] = []
  for (const lang of new Set([...languages.values()].flat())) {
    const missing = await untranslated(env, addons, lang)
    for (const [addon, texts] of groupBy(missing, (text) => text.addon)) {
      if (!languages.get(addon)?.includes(lang)) continue
      const shown = texts.slice(0, SHOWN_TEXTS).map(({ source, place }) => `'${source}' (${place})`)
      const message = `i18n/${lang}.po lacks ${texts.length} texts: ${shown.join(', ')}${texts.length > SHOWN_TEXTS ? ', …' : ''}.`
      findings.push({ severity: 'warning', addon, message })
    }
  }
  return findings
}

function languagesOf({ path }: FoundAddon): string[] {
  const folder = join(path, 'i18n')
  const files = existsSync(folder) ? readdirSync(folder) : []
  return files.filter((file) => file.endsWith('.po')).map((file) => file.slice(0, -'.po'.length))
}

function finding(severity: Finding['severity'], addon: string, error: unknown): Finding {
  return { severity, addon, message: error instanceof Error ? error.message : String(error) }
}
