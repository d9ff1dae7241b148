import { suggest } from '../expr/suggest.ts'
import type { Env } from '../orm/env.ts'
import { reserveIds } from '../orm/ids.ts'
import { groupBy } from '../tools/iter.ts'
import type { TypedColumn } from '../sql/dialect.ts'
import { or, sql } from '../sql/fragment.ts'

/** The record that an external id stands for. */
export interface XmlId {
  readonly model: string
  readonly id: number
  /** Whether upgrades leave the record alone. */
  readonly noupdate: boolean
}

/** An external id to be given: `name` is complete, `module.name`. */
export interface NewXmlId extends XmlId {
  readonly name: string
}

const COLUMNS: readonly TypedColumn[] = [
  { name: 'id', type: 'id' },
  { name: 'module', type: 'text' },
  { name: 'name', type: 'text' },
  { name: 'model', type: 'text' },
  { name: 'res_id', type: 'integer' },
  { name: 'noupdate', type: 'boolean' },
  { name: 'create_uid', type: 'integer' },
  { name: 'write_uid', type: 'integer' },
  { name: 'create_date', type: 'datetime' },
  { name: 'write_date', type: 'datetime' },
]

/** `sale.order_1` as its module and name. */
export function splitXmlId(name: string): [module: string, name: string] {
  const dot = name.indexOf('.')
  return [name.slice(0, dot), name.slice(dot + 1)]
}

/** External ids of a database, as far as they were asked for; those that are given here are known at once. */
export class XmlIds {
  readonly #env: Env
  readonly #known = new Map<string, XmlId>()
  readonly #asked = new Set<string>()
  /** Ids whose record was deleted. */
  readonly #gone = new Set<string>()

  constructor(env: Env) {
    this.#env = env
  }

  /** Brings the named ids (`module.name`) into memory: one query for all that were not asked for before. */
  async ask(names: Iterable<string>): Promise<void> {
    const fresh = [...new Set(names)].filter((name) => !this.#asked.has(name))
    for (const name of fresh) this.#asked.add(name)
    if (fresh.length === 0) return
    const parts = [...groupBy(fresh.map(splitXmlId), ([module]) => module)].map(([module, ids]) => {
      const among = this.#env.dialect.anyOf(
        sql`name`,
        ids.map(([, name]) => name),
      )
      return sql`(module = ${module} AND ${among})`
    })
    const rows = await this.#env.connection.rows<Row>(
      sql`SELECT module, name, model, res_id, noupdate FROM ir_model_data WHERE ${or(parts)}`,
    )
    for (const { module, name, model, res_id: id, noupdate } of rows) {
      this.#known.set(`${module}.${name}`, { model, id, noupdate: Boolean(noupdate) })
    }
  }

  /** Finds out which of the ids, asked for before, stand for a record that was deleted: one query per model. */
  async askGone(names: Iterable<string>): Promise<void> {
    const own = [...names].flatMap((name) => {
      const found = this.#known.get(name)
      return found ? [{ name, ...found }] : []
    })
    for (const [model, ids] of groupBy(own, (one) => one.model)) {
      const there = this.#env.registry.has(model)
        ? new Set(
            (
              await this.#env
                .model(
                  model,
                  ids.map(({ id }) => id),
                )
                .exists()
            ).ids,
          )
        : new Set<number>()
      for (const { name, id } of ids) if (!there.has(id)) this.#gone.add(name)
    }
  }

  /** What an id stands for, deleted or not; undefined when it was never given. */
  find(name: string): XmlId | undefined {
    return this.#known.get(name)
  }

  isGone(name: string): boolean {
    return this.#gone.has(name)
  }

  /** Gives ids to records; an id whose record was deleted stands for the new one. */
  async give(ids: readonly NewXmlId[]): Promise<void> {
    const { connection, uid } = this.#env
    const now = new Date()
    const fresh = ids.filter(({ name }) => !this.#known.has(name))
    for (const { name, model, id, noupdate } of ids) {
      if (this.#known.has(name)) {
        const [module, own] = splitXmlId(name)
        await connection.run(sql`
          UPDATE ir_model_data SET model = ${model}, res_id = ${id}, write_date = ${now}
          WHERE module = ${module} AND name = ${own}`)
      }
      this.#known.set(name, { model, id, noupdate })
      this.#asked.add(name)
      this.#gone.delete(name)
    }
    if (fresh.length === 0) return
    const rowIds = await reserveIds(this.#env, this.#env.registry.get('ir.model.data'), fresh.length)
    const rows = fresh.map(({ name, model, id, noupdate }, i) => [
      rowIds[i],
      ...splitXmlId(name),
      model,
      id,
      noupdate,
      uid,
      uid,
      now,
      now,
    ])
    await connection.insert('ir_model_data', COLUMNS, rows)
  }

  /** Forgets ids whose records are being deleted. */
  async remove(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const [module, own] = splitXmlId(name)
      await this.#env.connection.run(sql`DELETE FROM ir_model_data WHERE module = ${module} AND name = ${own}`)
      this.#known.delete(name)
    }
  }

  /** The id that was most likely meant by one that stands for nothing: as it would be written in a file of `module`. */
  async nearest(name: string, module: string): Promise<string | undefined> {
    const [of, own] = splitXmlId(name)
    const rows = await this.#env.connection.rows<Row>(sql`SELECT module, name FROM ir_model_data WHERE module = ${of}`)
    const found = suggest(
      own,
      rows.map((row) => row.name),
    )
    return found === undefined || of === module ? found : `${of}.${found}`
  }
}

interface Row extends Record<string, unknown> {
  readonly module: string
  readonly name: string
  readonly model: string
  readonly res_id: number
  readonly noupdate: unknown
}
