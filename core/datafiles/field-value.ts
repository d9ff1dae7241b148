import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ComptoirError } from '../errors.ts'
import { evaluate } from '../expr/evaluate.ts'
import { callable, type Scope, type Value } from '../expr/values.ts'
import { commandFromTuple } from '../fields/command.ts'
import type { FieldInfo } from '../fields/info.ts'
import { isMany } from '../orm/values.ts'
import { DATA_FILE, DATA_REF, DATA_VALUE } from './errors.ts'
import { completeId, type Loading } from './loading.ts'
import type { Place } from './place.ts'
import type { Content } from './steps.ts'
import { valueOfText } from './text-value.ts'

/** The external ids that a value names, so that all of a file can be looked up at once. */
export function* namedIds(content: Content): Generator<string> {
  if (content.form === 'ref') yield content.id
  else if (content.form === 'refs') yield* content.ids
  else if (content.form === 'eval') yield* refsIn(content.source)
  else if (content.form === 'search') yield* refsIn(content.domain)
  else if (content.form === 'markup') for (const [, id = ''] of content.text.matchAll(REFERENCE)) yield id
  else if (content.form === 'list') for (const item of content.items) yield* namedIds(item)
}

const REFERENCE = /%\(([\w.]+)\)d/g

function* refsIn(source: string): Generator<string> {
  for (const [, , id = ''] of source.matchAll(/\bref\(\s*(['"])([^'"]+)\1/g)) yield id
}

/** What a value in a data file is for a field, in the form that `create` takes. @throws DATA_REF, DATA_VALUE, DATA_FILE */
export async function fieldValue(loading: Loading, content: Content, field: FieldInfo, place: Place): Promise<unknown> {
  switch (content.form) {
    case 'text':
      return valueOfText(content.text, field, place)
    case 'typed':
      return content.type === 'int' && field.comodel ? Number(content.text) : valueOfText(content.text, field, place)
    case 'ref':
      return loose(field, await idOf(loading, content.id, place))
    case 'refs':
      return many(field, await Promise.all(content.ids.map((id) => idOf(loading, id, place))))
    case 'search':
      return many(field, await found(loading, content, field.comodel, place))
    default:
      return loose(field, await plainValue(loading, content, place))
  }
}

/** What a value is where no field says how to read it: an argument of a function, an item of a list. */
export async function plainValue(loading: Loading, content: Content, place: Place): Promise<unknown> {
  switch (content.form) {
    case 'text':
    case 'markup':
      return marked(loading, content.text, place)
    case 'typed':
      return content.type === 'char' || content.type === 'file' ? content.text : Number(content.text)
    case 'ref':
      return idOf(loading, content.id, place)
    case 'refs':
      return Promise.all(content.ids.map((id) => idOf(loading, id, place)))
    case 'eval':
      return evaluated(loading, content.source, place)
    case 'search':
      return found(loading, content, content.model, place)
    case 'content':
      return fileContent(loading, content.file, content.base64, place)
    case 'list':
      return Promise.all(content.items.map((item) => plainValue(loading, item, place)))
    case 'records':
      throw new DATA_VALUE(place, 'records stand only in a field')
  }
}

/** The database id behind an external one. @throws DATA_REF with the id that was meant perhaps */
export async function idOf(loading: Loading, id: string, place: Place): Promise<number> {
  const name = completeId(loading, id)
  await loading.xmlIds.ask([name])
  const known = loading.xmlIds.find(name)
  if (!known || loading.xmlIds.isGone(name)) throw new DATA_REF(place, name, await loading.xmlIds.nearest(name, loading.module))
  return known.id
}

/** A Python expression, in which `ref('id')` is the id of a record. @throws DATA_VALUE, DATA_REF */
export async function evaluated(loading: Loading, source: string, place: Place): Promise<unknown> {
  const ids = new Map<string, number>()
  for (const id of refsIn(source)) ids.set(id, await idOf(loading, id, place))
  const ref = callable(([id]): Value => {
    const known = typeof id === 'string' ? ids.get(id) : undefined
    if (known === undefined) throw new DATA_VALUE(place, 'ref() takes an external id written out as text')
    return known
  })
  const scope: Scope = { ref, version: '18.0' }
  try {
    return evaluate(source, scope)
  } catch (error) {
    if (error instanceof ComptoirError && !error.code.startsWith('DATA_')) throw new DATA_VALUE(place, error.message)
    throw error
  }
}

async function found(loading: Loading, content: Content & { form: 'search' }, comodel: string | null, place: Place): Promise<unknown[]> {
  const model = content.model ?? comodel
  if (!model) throw new DATA_VALUE(place, 'a search needs a model')
  const domain = await evaluated(loading, content.domain, place)
  if (!Array.isArray(domain)) throw new DATA_VALUE(place, 'a search is a domain')
  const records = await loading.env.model(model).search(domain)
  if (content.use === 'id') return [...records.ids]
  return (await records.load([content.use])).map((record) => record[content.use])
}

async function marked(loading: Loading, text: string, place: Place): Promise<string> {
  let out = text
  for (const [whole, id = ''] of text.matchAll(REFERENCE)) out = out.replace(whole, String(await idOf(loading, id, place)))
  return out
}

function fileContent(loading: Loading, file: string, base64: boolean, place: Place): string {
  const path = join(loading.folder, file.replace(new RegExp(`^${loading.module}/`), ''))
  try {
    return readFileSync(path, base64 ? 'base64' : 'utf8')
  } catch {
    throw new DATA_FILE(place, path)
  }
}

/** A list of ids: all of them for an x2many field, the first for a many2one. */
function many(field: FieldInfo, ids: readonly unknown[]): unknown {
  return isMany(field) ? [{ set: ids }] : (ids[0] ?? null)
}

function loose(field: FieldInfo, value: unknown): unknown {
  if (isMany(field) && Array.isArray(value)) return value.map((tuple: unknown) => commandFromTuple(tuple, field))
  return value === false && field.type !== 'boolean' ? null : value
}
