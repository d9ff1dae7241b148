import { groupBy } from '../../tools/iter.ts'
import type { Env } from '../env.ts'
import type { ModelInfo } from '../model-info.ts'
import { RecordSet } from '../record-set.ts'
import type { Ref } from './import-drafts.ts'
import { type ExternalId, findExternalIds, giveExternalIds, removeExternalIds } from './external-ids.ts'

/** The module of external ids that a file gives without one. */
export const IMPORTED = '__import__'

/** What stands behind a reference: records of the right model, or a record of another. */
export interface Found {
  readonly ids: readonly number[]
  readonly otherModel?: string
  /** Whether the external id is left over from a record that is gone. */
  readonly gone?: boolean
}

/** Two are enough to know that a name is not unique. */
const AMBIGUOUS = 2

/** Records by what a file calls them; each name is asked for once. */
export class Lookups {
  readonly #env: Env
  readonly #module: string
  readonly #known = new Map<string, Found>()
  /** Names that nothing is called so far. */
  readonly #open = new Map<string, Ref>()
  /** Whether records were made since the open names were asked for. */
  #grown = false

  constructor(env: Env) {
    this.#env = env
    const { module } = env.context
    this.#module = typeof module === 'string' && module !== '' ? module : IMPORTED
  }

  /** An external id with its module. */
  complete(xmlid: string): string {
    return xmlid.includes('.') ? xmlid : `${this.#module}.${xmlid}`
  }

  find(ref: Ref): Found | undefined {
    return this.#known.get(this.#key(ref))
  }

  /** Gives records their external ids. */
  async give(made: readonly ExternalId[]): Promise<void> {
    const keyOf = ({ xmlid, model }: ExternalId): string => this.#key({ kind: 'xmlid', model, text: xmlid })
    await removeExternalIds(
      this.#env,
      made.filter((one) => this.#known.get(keyOf(one))?.gone).map(({ xmlid }) => xmlid),
    )
    await giveExternalIds(this.#env, made)
  }

  /** Asks for all of them, in one query per model and way of naming. */
  async ask(refs: Iterable<Ref>): Promise<void> {
    const unknown = new Map([...refs].map((ref) => [this.#key(ref), ref]))
    for (const group of groupBy(unknown.values(), ({ kind, model }) => `${kind} ${model}`).values()) {
      const found = await this.#foundBy(group)
      for (const ref of group) {
        const key = this.#key(ref)
        const one = found.get(ref.text) ?? { ids: [] }
        this.#known.set(key, one)
        if (one.ids.length > 0) this.#open.delete(key)
        else if (ref.kind === 'name') this.#open.set(key, ref)
      }
    }
  }

  /** Looks up names again which the records of the import that were saved by now may have. */
  async askAgain(refs: readonly Ref[]): Promise<void> {
    if (!this.#grown || !refs.some((ref) => this.#open.has(this.#key(ref)))) return
    this.#grown = false
    await this.ask(this.#open.values())
  }

  /** Takes notice that records were saved, and of the external ids that they got. */
  learn(made: readonly ExternalId[]): void {
    this.#grown = true
    for (const { xmlid, model, id } of made)
      this.#known.set(this.#key({ kind: 'xmlid', model, text: xmlid }), { ids: [id] })
  }

  #foundBy(group: readonly Ref[]): Promise<Map<string, Found>> {
    const { kind, model } = group[0] as Ref
    const texts = group.map(({ text }) => text)
    if (kind === 'name') return byName(this.#env, model, texts)
    return kind === 'dbid' ? byId(this.#env, model, texts) : this.#byXmlId(model, texts)
  }

  async #byXmlId(model: string, texts: readonly string[]): Promise<Map<string, Found>> {
    const known = await findExternalIds(
      this.#env,
      texts.map((text) => this.complete(text)),
    )
    const own = [...known.values()].filter((one) => one.model === model)
    const { ids } = await this.#env.model(model, [...new Set(own.map(({ id }) => id))]).exists()
    const there = new Set(ids)
    return new Map(
      texts.flatMap((text): (readonly [string, Found])[] => {
        const one = known.get(this.complete(text))
        if (!one) return []
        if (one.model !== model) return [[text, { ids: [], otherModel: one.model }]]
        return [[text, there.has(one.id) ? { ids: [one.id] } : { ids: [], gone: true }]]
      }),
    )
  }

  #key({ kind, model, text }: Ref): string {
    return `${kind} ${model} ${kind === 'xmlid' ? this.complete(text) : text}`
  }
}

/** Records that the user may see, archived ones too: whoever knows an id means that record. */
async function byId(env: Env, model: string, texts: readonly string[]): Promise<Map<string, Found>> {
  const ids = texts.filter((text) => /^\d{1,15}$/.test(text)).map(Number)
  const found = await env
    .model(model)
    .withContext({ active_test: false })
    .search([['id', 'in', ids]])
  const there = new Set(found.ids)
  return new Map(texts.map((text) => [text, { ids: there.has(Number(text)) ? [Number(text)] : [] }]))
}

/** Records by name, as an exact `name_search` finds them. */
async function byName(env: Env, model: string, names: readonly string[]): Promise<Map<string, Found>> {
  const fields = plainNameFields(env, env.registry.get(model))
  if (fields) return byFields(env, model, fields, names)
  const found = new Map<string, Found>()
  // a model that finds names in a way of its own has to be asked one name at a time
  for (const name of names) {
    const pairs = await env.model(model).name_search(name, [], '=', AMBIGUOUS)
    found.set(name, { ids: pairs.map(([id]) => id) })
  }
  return found
}

/** The text fields that names are looked up in, unless the model looks them up in a way of its own. */
function plainNameFields(env: Env, info: ModelInfo): readonly string[] | undefined {
  const records = env.model(info.name)
  const plain = RecordSet.prototype
  if (records.name_search !== plain.name_search || records._name_domain !== plain._name_domain) return undefined
  return info.recNamesSearch.every((name) => info.fields.get(name)?.kind.text) ? info.recNamesSearch : undefined
}

async function byFields(
  env: Env,
  model: string,
  fields: readonly string[],
  names: readonly string[],
): Promise<Map<string, Found>> {
  if (fields.length === 0) return new Map()
  const leaves = fields.map((field) => [field, 'in', names])
  const records = await env.model(model).search([...leaves.slice(1).map(() => '|'), ...leaves])
  const wanted = new Set(names)
  const ids = new Map<string, number[]>()
  for (const record of await records.load(fields)) {
    for (const text of new Set(fields.map((field) => record[field]))) {
      if (typeof text !== 'string' || !wanted.has(text)) continue
      const same = ids.get(text)
      if (same) same.push(record.id)
      else ids.set(text, [record.id])
    }
  }
  return new Map([...ids].map(([name, list]) => [name, { ids: list }]))
}
