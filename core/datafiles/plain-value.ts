import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DATA_FILE, DATA_VALUE } from './errors.ts'
import { evaluated, evaluatedDomain } from './expression.ts'
import { recordOf, type Loading } from './loading.ts'
import { REFERENCE } from './named-ids.ts'
import type { Place } from './place.ts'
import type { Content } from './steps.ts'

/** What a value is where no field says how to read it: an argument of a function, an item of a list. */
export async function plainValue(loading: Loading, content: Content, place: Place): Promise<unknown> {
  switch (content.form) {
    case 'text':
      return content.text
    case 'typed':
      return typed(loading, content, place)
    case 'markup':
      return withIds(loading, content.text, place)
    case 'ref':
      return (await recordOf(loading, content.id, place)).id
    case 'refs':
      return Promise.all(content.ids.map(async (id) => (await recordOf(loading, id, place)).id))
    case 'eval':
      return evaluated(loading, content.source, place, content.model)
    case 'search':
      return foundRecords(loading, content, content.model, place)
    case 'content':
      return readFile(fileOf(loading, content.file, place), content.base64 ? 'base64' : 'utf8')
    case 'list':
      return Promise.all(content.items.map((item) => plainValue(loading, item, place)))
    default:
      throw new DATA_VALUE(place, 'records stand only in a field')
  }
}

/** What a domain finds: ids, or the values of the field `use`. */
export async function foundRecords(
  loading: Loading,
  content: Extract<Content, { form: 'search' }>,
  model: string | null,
  place: Place,
): Promise<unknown[]> {
  if (!model) throw new DATA_VALUE(place, "a search needs the attribute 'model'")
  const records = await loading.env.model(model).search(await evaluatedDomain(loading, content.domain, place))
  if (content.use === 'id') return [...records.ids]
  return (await records.load([content.use])).map((record) => record[content.use])
}

function typed(loading: Loading, { type, text }: Extract<Content, { form: 'typed' }>, place: Place): unknown {
  if (type === 'char') return text
  const trimmed = text.trim()
  if (type === 'file') {
    fileOf(loading, trimmed, place)
    return `${loading.module},${trimmed}`
  }
  if (trimmed === 'None') return null
  const number = Number(trimmed)
  if (trimmed === '' || !Number.isFinite(number) || (type === 'int' && !Number.isInteger(number))) {
    throw new DATA_VALUE(place, `'${trimmed}' is not of the type ${type}`)
  }
  return number
}

/** Markup with the database id for each `%(external.id)d`. */
async function withIds(loading: Loading, text: string, place: Place): Promise<string> {
  const ids = new Map<string, number>()
  for (const [, id = ''] of text.matchAll(REFERENCE)) ids.set(id, (await recordOf(loading, id, place)).id)
  return text.replace(REFERENCE, (whole, id: string) => String(ids.get(id) ?? whole))
}

/** The path of a file of the addon, written with or without the addon's name. @throws DATA_FILE */
function fileOf({ folder, module }: Loading, file: string, place: Place): string {
  const path = join(folder, file.startsWith(`${module}/`) ? file.slice(module.length + 1) : file)
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) return path
  throw new DATA_FILE(place, path)
}
