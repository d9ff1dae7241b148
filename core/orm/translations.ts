import { FIELD_UNKNOWN } from '../fields/errors.ts'
import type { FieldInfo } from '../fields/info.ts'
import { checkAsked, checkFields } from '../security/access.ts'
import { checkAccess } from './check-access.ts'
import { fetchColumns } from './columns.ts'
import { updateRows } from './compute/flush.ts'
import { modified } from './compute/modified.ts'
import { checkConstraints } from './constraints.ts'
import type { Env } from './env.ts'
import { FIELD_REQUIRED } from './errors.ts'
import { internals } from './internals.ts'
import { activeLanguages } from './languages.ts'
import type { ModelInfo } from './model-info.ts'
import type { Datum } from './statements.ts'
import { FIELD_NOT_TRANSLATED, LANGUAGES_INACTIVE, TRANSLATION_WRONG } from './transfer/errors.ts'
import { sameValue } from './values.ts'
import { explained } from './violations.ts'

/** The language that texts are in where no other has one. */
const ENGLISH = 'en_US'

/** A text in one language; `source` is the English one, which also stands in where the language has none. */
export interface Translation {
  readonly lang: string
  readonly source: string | false
  readonly value: string | false
}

/** How a client shows translations; texts are translated as a whole, so that their source is not shown beside them. */
export interface TranslationInfo {
  readonly translation_type: 'char' | 'text'
  readonly translation_show_source: false
}

/**
 * The texts of a field of one record in the given languages, or in all that are active.
 * @throws FIELD_UNKNOWN, LANGUAGES_INACTIVE, RECORD_MISSING, ACCESS_MODEL, ACCESS_RULE, ACCESS_FIELD
 */
export async function getFieldTranslations(
  env: Env,
  model: string,
  id: number,
  name: string,
  langs?: readonly string[],
): Promise<[Translation[], TranslationInfo]> {
  const field = fieldOf(env, model, name)
  checkAsked(env, [field])
  if (langs) await checkLanguages(env, langs)
  const codes = langs && langs.length > 0 ? langs : await languagesInUse(env)
  const texts = new Map<string, string | false>()
  for (const lang of new Set([ENGLISH, ...codes])) {
    const [record] = await env.with({ context: { lang } }).model(model, [id]).load([name])
    texts.set(lang, (record?.[name] as string | null | undefined) ?? false)
  }
  const source = texts.get(ENGLISH) as string | false
  const list = codes.map((lang): Translation => ({ lang, source, value: texts.get(lang) as string | false }))
  return [list, { translation_type: field.type === 'char' ? 'char' : 'text', translation_show_source: false }]
}

/**
 * Writes the texts of a field by language. `false` removes the text of a language, which then shows the English one;
 * removing the English text removes all. Answers `true`.
 * @throws FIELD_UNKNOWN, LANGUAGES_INACTIVE, TRANSLATION_WRONG, FIELD_NOT_TRANSLATED, FIELD_REQUIRED, ACCESS_MODEL,
 *   ACCESS_RULE, ACCESS_FIELD
 */
export async function updateFieldTranslations(
  env: Env,
  model: string,
  ids: readonly number[],
  name: string,
  values: Readonly<Record<string, string | false | null>>,
): Promise<boolean> {
  const info = env.registry.get(model)
  const field = fieldOf(env, model, name)
  await checkAccess(env, model, ids, 'write')
  checkFields(env, [field], 'write')
  await checkLanguages(env, Object.keys(values))
  const texts = Object.fromEntries(Object.entries(values).map(([lang, value]) => [lang, accepted(field, value)]))
  return write(env, info, field, ids, texts)
}

function fieldOf(env: Env, model: string, name: string): FieldInfo {
  const field = env.registry.get(model).fields.get(name)
  if (!field) throw new FIELD_UNKNOWN(model, name).with({ model, field: name })
  return field
}

/** English first, because it is always there. */
async function languagesInUse(env: Env): Promise<string[]> {
  const active = await activeLanguages(env.registry, env.transaction)
  return [...new Set([ENGLISH, ...[...active.keys()].sort()])]
}

async function checkLanguages(env: Env, codes: readonly string[]): Promise<void> {
  const known = new Set(await languagesInUse(env))
  const inactive = codes.filter((code) => !known.has(code))
  if (inactive.length > 0) throw new LANGUAGES_INACTIVE(inactive).with({ langs: inactive })
}

function accepted(field: FieldInfo, value: unknown): string | null {
  if (value === null || value === false || value === undefined) return null
  if (typeof value !== 'string')
    throw new TRANSLATION_WRONG(field.model, field.name).with({ model: field.model, field: field.name })
  return field.kind.accept(value, field) as string | null
}

type Texts = Readonly<Record<string, string | null>>

/** Writes where the texts are kept: a mirrored field has them on the record at the end of its path. */
async function write(
  env: Env,
  info: ModelInfo,
  field: FieldInfo,
  ids: readonly number[],
  texts: Texts,
): Promise<boolean> {
  if (field.related) return writeThrough(env, info, field.related, ids, texts)
  if (!field.translate || field.column === null)
    throw new FIELD_NOT_TRANSLATED(info.name, field.name).with({ model: info.name, field: field.name })
  await fetchColumns(env, info, ids, [field])
  const changed: number[] = []
  for (const id of ids) {
    const record = env.transaction.cache.record(info.name, id)
    const before = record[field.name] as Texts | null
    const after = merged(before, texts)
    if (after === null && field.required)
      throw new FIELD_REQUIRED(info.description, info.name, field.label, field.name).with({
        model: info.name,
        field: field.name,
      })
    if (sameValue(field, before, after)) continue
    record[field.name] = after
    if (info.logAccess) Object.assign(record, { write_uid: env.uid, write_date: env.transaction.now })
    changed.push(id)
  }
  const log = info.logAccess ? ['write_uid', 'write_date'].map((name) => info.fields.get(name) as FieldInfo) : []
  await explained(env, info, changed, () => updateRows(env, info, [field, ...log], changed))
  await modified(env, info, [field], changed)
  await checkConstraints(env, info, changed, new Set([field.name]))
  return true
}

/** A text without an English one stands for English too, so that no language finds nothing. */
function merged(before: Texts | null, texts: Texts): Texts | null {
  if (texts[ENGLISH] === null) return null
  const all = { ...before, ...texts }
  const kept = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null)
  const [first] = kept
  if (!first) return null
  return { [ENGLISH]: first[1], ...Object.fromEntries(kept) }
}

async function writeThrough(
  env: Env,
  info: ModelInfo,
  path: readonly string[],
  ids: readonly number[],
  texts: Texts,
): Promise<boolean> {
  const system = env.sudo('the way to a related record')
  const [through, ...rest] = path as [string, ...string[]]
  const relation = info.fields.get(through) as FieldInfo
  const comodel = env.registry.get(relation.comodel as string)
  const owners = await internals.loadData(system, info, ids, [through])
  const targets = [...new Set(owners.flatMap((owner) => (owner[through] as Datum | null)?.id ?? []))]
  const target = comodel.fields.get(rest[0] as string) as FieldInfo
  if (rest.length > 1) return writeThrough(env, comodel, rest, targets, texts)
  await checkAccess(env, comodel.name, targets, 'write')
  checkFields(env, [target], 'write')
  return write(env, comodel, target, targets, texts)
}
