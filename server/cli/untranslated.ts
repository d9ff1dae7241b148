import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FoundAddon } from '../../core/addons/discover.ts'
import { textsIn } from '../../core/arch/texts.ts'
import { catalog } from '../../core/i18n/catalog.ts'
import { textsOfRecords } from '../../core/i18n/load-language.ts'
import type { Env } from '../../core/orm/env.ts'
import type { Registry } from '../../core/orm/registry.ts'
import { ident, sql } from '../../core/sql/fragment.ts'
import { parseXml } from '../../core/tools/xml.ts'

/** A text that people read and that an addon does not translate. */
export interface Untranslated {
  readonly addon: string
  readonly source: string
  /** Where it stands: a field, a view, a record, a file. */
  readonly place: string
  readonly isChoice?: boolean
}

/** Names of types of fields, which nobody translates. */
const TECHNICAL = new Set(['ttype', 'update_field_type'])
/** Models whose texts are labels in the code, and those that are named by what an addon says of itself. */
const LABELS = new Set(['ir.model', 'ir.model.fields', 'ir.model.fields.selection', 'ir.module.module'])
/** Examples of addresses and expressions, and signs: the same in every language. */
const NOT_WORDS = /^(?:\{\{[^}]*\}\}|[\w.-]+\.(?:com|org)|[^\p{L}]*)$/u
/** A text of code, `textIn(env, 'mail', 'Said by {name}', …)`. */
const IN_CODE = /textIn\(\s*[\w.]+,\s*'(\w+)',\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g

/**
 * The texts of installed addons without a translation to a language: labels, help and choices of fields, names of
 * models, texts of views, of code and of the records that addons bring. A text may be translated by an addon that the
 * one with the text depends on.
 */
export async function untranslated(
  env: Env,
  addons: ReadonlyMap<string, FoundAddon>,
  lang: string,
): Promise<Untranslated[]> {
  const texts = await writtenTexts(env, addons)
  const seen = new Set<string>()
  const missing = texts.filter(({ addon, source, isChoice }) => {
    const key = `${addon} ${source}`
    if (NOT_WORDS.test(source) || seen.has(key) || !addons.has(addon)) return false
    seen.add(key)
    // which addon brought a choice is not kept
    return !catalog.knows(lang, isChoice ? addons.keys() : needed(addons, addon), source)
  })
  return [...missing, ...(await recordTexts(env, addons, lang))]
}

/** The texts of labels, views and code of installed addons. */
export async function writtenTexts(env: Env, addons: ReadonlyMap<string, FoundAddon>): Promise<Untranslated[]> {
  return [...labels(env.registry), ...(await viewTexts(env)), ...[...addons.values()].flatMap(codeTexts)]
}

/** An addon with all that it depends on. */
function needed(addons: ReadonlyMap<string, FoundAddon>, name: string): Set<string> {
  const found = new Set<string>(['base'])
  const add = (one: string): void => {
    if (found.has(one) && one !== 'base') return
    found.add(one)
    for (const depends of addons.get(one)?.manifest.depends ?? []) add(depends.name)
  }
  add(name)
  return found
}

function labels(registry: Registry): Untranslated[] {
  return [...registry.models()].flatMap((model) => {
    const own = { addon: model.addons[0] ?? 'base', source: model.description, place: model.name }
    const fields = [...model.fields.values()].flatMap((field) => {
      const isNamed = typeof field.selection === 'object' && !TECHNICAL.has(field.name)
      const choices = isNamed ? Object.values(field.selection ?? {}) : []
      const place = `${model.name}.${field.name}`
      // who changes a field last depends on those before
      const addon = field.addons.at(-1) ?? 'base'
      return [
        ...[field.label, field.help ?? ''].map((source) => ({ addon, source, place })),
        ...choices.map((source) => ({ addon, source, place, isChoice: true })),
      ]
    })
    return [own, ...fields]
  })
}

async function viewTexts(env: Env): Promise<Untranslated[]> {
  const views = await env.connection.rows<{ module: string; name: string; arch_db: string | null }>(
    sql`SELECT d.module, d.name, v.arch_db FROM ir_ui_view v
      JOIN ir_model_data d ON d.model = ${'ir.ui.view'} AND d.res_id = v.id WHERE v.type <> ${'qweb'}`,
  )
  return views.flatMap(({ module, name, arch_db }) => {
    const root = parseXml(arch_db ?? '<data/>').documentElement
    const place = `${module}.${name}`
    return root ? textsIn(root).map((source) => ({ addon: module, source, place })) : []
  })
}

function codeTexts({ manifest, path }: FoundAddon): Untranslated[] {
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => file.endsWith('.ts') && !file.startsWith('test') && existsSync(join(path, file)))
    .flatMap((file) =>
      [...readFileSync(join(path, file), 'utf8').matchAll(IN_CODE)].map(([, , single, double]) => ({
        addon: manifest.name,
        source: (single ?? double ?? '').replace(/\\(.)/g, '$1'),
        place: `${manifest.name}/${file}`,
      })),
    )
}

/** Texts of records that addons bring, which hold their translations themselves. */
async function recordTexts(env: Env, addons: ReadonlyMap<string, FoundAddon>, lang: string): Promise<Untranslated[]> {
  const known = new Set(
    [...catalog.addons].flatMap((addon) =>
      textsOfRecords(addon, lang).map(({ model, field, xmlid }) => `${model} ${field} ${xmlid}`),
    ),
  )
  const missing: Untranslated[] = []
  for (const { name: model, table, kind, fields } of env.registry.models()) {
    if (kind !== 'model' || LABELS.has(model)) continue
    for (const field of fields.values()) {
      if (!field.translate || field.column === null || field.inherited) continue
      const source = env.dialect.jsonText(sql`t.${ident(field.name)}`, 'en_US')
      const rows = await env.connection.rows<{ module: string; name: string; source: string | null }>(
        sql`SELECT d.module, d.name, ${source} AS source FROM ${ident(table)} t
          JOIN ir_model_data d ON d.model = ${model} AND d.res_id = t.id`,
      )
      for (const { module, name, source } of rows) {
        if (!source || NOT_WORDS.test(source) || !addons.has(module)) continue
        const place = `${module}.${name}`
        if (!known.has(`${model} ${field.name} ${place}`))
          missing.push({ addon: module, source, place: `model:${model},${field.name}:${place}` })
      }
    }
  }
  return missing
}
