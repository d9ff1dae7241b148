import { existsSync, readFileSync } from 'node:fs'
import type { FieldInfo } from '../fields/info.ts'
import { fetchColumns } from '../orm/columns.ts'
import { updateRows } from '../orm/compute/flush.ts'
import { modified } from '../orm/compute/modified.ts'
import type { Env } from '../orm/env.ts'
import { findExternalIds } from '../orm/transfer/external-ids.ts'
import { parseCsv } from '../tools/csv.ts'
import { groupBy } from '../tools/iter.ts'
import { catalog, fileNames, poEntries, type TranslatedAddon } from './catalog.ts'
import { TRANSLATION_TABLE } from './errors.ts'
import { recordTexts, translateMarkup, type RecordText } from './record-texts.ts'

export interface LoadLanguageOptions {
  /** The addons whose translations are loaded; by default all that are known. */
  readonly addons?: readonly string[]
  /** Whether translations that are there, which people may have made, are replaced; by default not. */
  readonly overwrite?: boolean
}

/** The texts of one field in one record, by language; the cache holds translated fields like this. */
type ByLanguage = Readonly<Record<string, string>>

const HEADER = 'model,id,field,value'

/**
 * Gives the records that addons bring their texts in a language: from the addons' PO files and tables. Records that
 * are not there, and fields that are not translated, are passed over. Answers how many texts were written.
 * @throws PO_SYNTAX, TRANSLATION_TABLE, CSV_MALFORMED
 */
export async function loadLanguage(env: Env, lang: string, options: LoadLanguageOptions = {}): Promise<number> {
  const system = env.sudo('translations of addons belong to nobody')
  const addons = [...catalog.addons].filter(({ name }) => options.addons?.includes(name) ?? true)
  const texts = addons.flatMap((addon) => textsOfRecords(addon, lang))
  const ids = await findExternalIds(system, [...new Set(texts.map(({ xmlid }) => xmlid))])
  let written = 0
  for (const [key, ofField] of groupBy(texts, ({ model, field }) => `${model} ${field}`)) {
    const [model = '', name = ''] = key.split(' ')
    const field = system.registry.has(model) ? system.registry.get(model).fields.get(name) : undefined
    if (!field?.translate || field.column === null) continue
    const byRecord = groupBy(
      ofField.filter(({ xmlid }) => ids.get(xmlid)?.model === model),
      ({ xmlid }) => ids.get(xmlid)?.id ?? 0,
    )
    written += await writeTexts(system, field, lang, byRecord, options.overwrite ?? false)
  }
  return written
}

/** Writes the texts of one field, by record: one statement reads what is there, one writes what changes. */
async function writeTexts(
  env: Env,
  field: FieldInfo,
  lang: string,
  texts: ReadonlyMap<number, readonly RecordText[]>,
  overwrite: boolean,
): Promise<number> {
  const info = env.registry.get(field.model)
  await fetchColumns(env, info, [...texts.keys()], [field])
  const changed: number[] = []
  for (const [id, ofRecord] of texts) {
    const record = env.transaction.cache.find(info.name, id)
    const before = record?.[field.name] as ByLanguage | null | undefined
    const source = before?.['en_US']
    if (!record || source === undefined || (before?.[lang] !== undefined && !overwrite)) continue
    const value = translated(source, ofRecord)
    if (value === before?.[lang]) continue
    record[field.name] = { ...before, [lang]: value }
    changed.push(id)
  }
  if (changed.length === 0) return 0
  await updateRows(env, info, [field], changed)
  await modified(env, info, [field], changed)
  return changed.length
}

/** The text in the other language: the last that translates all of it, else with its pieces translated. */
function translated(source: string, texts: readonly RecordText[]): string {
  const whole = texts.findLast(({ isMarkup }) => !isMarkup)
  return whole ? whole.value : translateMarkup(source, new Map(texts.map((text) => [text.source, text.value])))
}

/** What an addon says of the texts of records in a language: in its PO files and in its tables. */
export function textsOfRecords(addon: TranslatedAddon, lang: string): RecordText[] {
  return [...recordTexts(poEntries(addon, lang)), ...tableTexts(addon, lang)]
}

/** What the tables of an addon say: CSV files with the columns `model,id,field,value`. */
function tableTexts(addon: TranslatedAddon, lang: string): RecordText[] {
  const files = addon.tables.flatMap((table) => fileNames(lang).map((name) => table.replace('{lang}', name)))
  return files.filter((file) => existsSync(file)).flatMap((file) => readTable(file, addon.name))
}

function readTable(file: string, addon: string): RecordText[] {
  const [header, ...rows] = parseCsv(readFileSync(file, 'utf8'), file).rows
  if (header?.cells.join(',') !== HEADER) throw new TRANSLATION_TABLE(file, HEADER)
  return rows.map(({ cells: [model = '', id = '', field = '', value = ''] }) => {
    const xmlid = id.includes('.') ? id : `${addon}.${id}`
    return { model, field, xmlid, isMarkup: false, source: '', value }
  })
}
