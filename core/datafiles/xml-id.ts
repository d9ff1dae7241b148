import { suggest } from '../expr/suggest.ts'
import type { Env } from '../orm/env.ts'
import { exists } from '../orm/exists.ts'
import {
  findExternalIds,
  giveExternalIds,
  GONE,
  removeExternalIds,
  splitXmlId,
  type ExternalId,
} from '../orm/transfer/external-ids.ts'
import { groupBy } from '../tools/iter.ts'
import { sql } from '../sql/fragment.ts'

/** External ids of a database, as far as they were asked for; those that are given here are known at once. */
export class XmlIds {
  readonly #env: Env
  readonly #known = new Map<string, ExternalId>()
  readonly #asked = new Set<string>()
  /** Names of records that were deleted. */
  readonly #gone = new Set<string>()

  constructor(env: Env) {
    this.#env = env
  }

  /** Brings the named ids (`module.name`) into memory: one query for all that were not asked for before. */
  async ask(names: Iterable<string>): Promise<void> {
    const fresh = [...new Set(names)].filter((name) => !this.#asked.has(name))
    for (const name of fresh) this.#asked.add(name)
    for (const [name, found] of await findExternalIds(this.#env, fresh)) {
      this.#known.set(name, found)
      if (found.id === GONE) this.#gone.add(name)
    }
  }

  /** Finds out which of the ids, asked for before, stand for a record that was deleted: one query per model. */
  async askGone(names: Iterable<string>): Promise<void> {
    const own = [...names].flatMap((name) => this.#known.get(name) ?? [])
    for (const [model, records] of groupBy(own, (one) => one.model)) {
      const ids = records.map(({ id }) => id)
      const there = new Set(this.#env.registry.has(model) ? await exists(this.#env, model, ids) : [])
      for (const { xmlid, id } of records) if (!there.has(id)) this.#gone.add(xmlid)
    }
  }

  /** What an id stands for, deleted or not; undefined when it was never given. */
  find(name: string): ExternalId | undefined {
    return this.#known.get(name)
  }

  isGone(name: string): boolean {
    return this.#gone.has(name)
  }

  /** Gives ids to records; an id whose record was deleted stands for the new one. */
  async give(list: readonly ExternalId[]): Promise<void> {
    const taken = list.map(({ xmlid }) => xmlid).filter((name) => this.#known.has(name))
    await removeExternalIds(this.#env, taken)
    await giveExternalIds(this.#env, list)
    for (const one of list) {
      this.#known.set(one.xmlid, one)
      this.#asked.add(one.xmlid)
      this.#gone.delete(one.xmlid)
    }
  }

  /** Forgets what stood for records that were just deleted. */
  forget(model: string, ids: readonly number[]): void {
    const deleted = new Set(ids)
    for (const [name, known] of this.#known)
      if (known.model === model && deleted.has(known.id)) this.#known.delete(name)
  }

  /**
   * The id that was most likely meant by one that stands for nothing, among those of the same addon and those that the
   * files in hand name: as it would be written in a file of `module`.
   */
  async nearest(name: string, module: string, named: Iterable<string>): Promise<string | undefined> {
    const [of, own] = splitXmlId(name)
    const rows = await this.#env.connection.rows<{ name: string }>(
      sql`SELECT name FROM ir_model_data WHERE module = ${of}`,
    )
    const inHand = [...named].map(splitXmlId).filter(([addon]) => addon === of)
    const found = suggest(own, [...rows.map((row) => row.name), ...inHand.map(([, one]) => one)])
    return found === undefined || of === module ? found : `${of}.${found}`
  }
}
