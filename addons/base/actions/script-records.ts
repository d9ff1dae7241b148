import { ComptoirError, dayValue, Moment, type Env, type ExprObject, type Value } from '#core'
import { SCRIPT_CALL_INSIDE, SCRIPT_RECORDS_MANY } from './errors.ts'

/** Passes after which an expression that still asks for more is given up: each must have brought something new. */
const MAX_PASSES = 200

/** Methods that only look, so that an expression may call them anywhere. */
const LOOKING = new Set(['search', 'search_count', 'browse', 'mapped', 'exists', 'filtered_domain'])

/** Whether a method of records may stand inside an expression; others are statements of their own. */
export const isLooking = (method: string): boolean => LOOKING.has(method)

/**
 * Records as a script sees them. An expression cannot wait: what it reads that is not there yet is noted and reads as
 * nothing, then it is fetched for all records seen so far and the expression is evaluated again. So the number of
 * queries depends on what a script reads, not on how many records it reads it of.
 */
export class ScriptRecords {
  readonly env: Env
  readonly #values = new Map<string, Map<number, unknown>>()
  readonly #seen = new Map<string, Set<number>>()
  readonly #answers = new Map<string, Value>()
  #wanted = new Map<string, () => Promise<void>>()

  constructor(env: Env) {
    this.env = env
  }

  /** The records of a model with these ids, as a set. */
  set(model: string, ids: readonly number[]): ScriptSet {
    let seen = this.#seen.get(model)
    if (!seen) this.#seen.set(model, (seen = new Set()))
    for (const id of ids) seen.add(id)
    return new ScriptSet(this, model, ids)
  }

  /** The result of an evaluation once all that it reads is there. */
  async settled<T>(evaluate: () => T): Promise<T> {
    for (let pass = 0; ; pass++) {
      this.#wanted = new Map()
      const attempt = attempted(evaluate)
      if (this.#wanted.size === 0 || pass >= MAX_PASSES) return attempt()
      for (const fetch of this.#wanted.values()) await fetch()
    }
  }

  /** Forgets what was read: something was changed since. */
  forget(): void {
    this.#values.clear()
    this.#answers.clear()
  }

  /** What records hold in a field: one value per id, or undefined while it is not there. */
  read(model: string, ids: readonly number[], field: string): readonly unknown[] | undefined {
    const known = this.#values.get(`${model}.${field}`)
    if (ids.every((id) => known?.has(id))) return ids.map((id) => known?.get(id))
    this.#wanted.set(`${model}.${field}`, () => this.#fetch(model, ids, field))
    return undefined
  }

  /** The answer to a question that needs the database; undefined while it is not there. */
  ask(key: string, question: () => Promise<Value>): Value | undefined {
    const known = this.#answers.get(key)
    if (known === undefined) this.#wanted.set(key, async () => void this.#answers.set(key, await question()))
    return known
  }

  async #fetch(model: string, ids: readonly number[], field: string): Promise<void> {
    const all = [...(this.#seen.get(model) ?? ids)]
    const rows = await this.#load(model, all, ids, field)
    const key = `${model}.${field}`
    const values = this.#values.get(key) ?? new Map<number, unknown>()
    for (const row of rows) values.set(row.id, row[field])
    this.#values.set(key, values)
  }

  /** Of all records seen, or of those asked for alone when some of the others are gone or out of reach. */
  async #load(
    model: string,
    all: readonly number[],
    asked: readonly number[],
    field: string,
  ): Promise<readonly ({ readonly id: number } & Readonly<Record<string, unknown>>)[]> {
    if (all.length > asked.length) {
      try {
        return await this.env.model(model, all).load([field])
      } catch (error) {
        if (!(error instanceof ComptoirError)) throw error
      }
    }
    return this.env.model(model, asked).load([field])
  }
}

function attempted<T>(evaluate: () => T): () => T {
  try {
    const value = evaluate()
    return () => value
  } catch (error) {
    return () => {
      throw error
    }
  }
}

/** A set of records in a script: fields are attributes, as in Odoo; a field of several records takes a relation. */
export class ScriptSet implements ExprObject {
  readonly #records: ScriptRecords
  readonly model: string
  readonly ids: readonly number[]

  constructor(records: ScriptRecords, model: string, ids: readonly number[]) {
    this.#records = records
    this.model = model
    this.ids = ids
  }

  exprNumber(): number {
    if (this.ids.length > 1) throw new SCRIPT_RECORDS_MANY(this.model, this.ids.length, 'the number of a record')
    return this.ids[0] ?? 0
  }

  exprItems(): readonly Value[] {
    return this.ids.map((id) => this.#records.set(this.model, [id]))
  }

  exprGet(name: string): Value | undefined {
    if (name === 'id') return this.ids.length === 0 ? false : this.exprNumber()
    if (name === 'ids') return this.ids
    if (name === '_name') return this.model
    const field = this.#records.env.registry.get(this.model).fields.get(name)
    if (!field) return undefined
    if (this.ids.length === 0) return field.comodel ? this.#records.set(field.comodel, []) : false
    if (this.ids.length > 1 && !field.comodel)
      throw new SCRIPT_RECORDS_MANY(this.model, this.ids.length, `the field ${name}`)
    const values = this.#records.read(this.model, this.ids, name)
    if (field.comodel) return this.#records.set(field.comodel, [...new Set((values ?? []).flatMap(idsIn))])
    return values ? scriptValue(field.type, values[0]) : false
  }

  exprCall(name: string, args: Value[], kwargs: Readonly<Record<string, Value>>): Value {
    const set = (ids: readonly number[]): ScriptSet => this.#records.set(this.model, ids)
    const target = this.#records.env.model(this.model, this.ids)
    const key = (): string =>
      JSON.stringify([
        this.model,
        this.ids,
        name,
        args.map(plain),
        Object.fromEntries(Object.entries(kwargs).map(([one, value]) => [one, plain(value)])),
      ])
    switch (name) {
      case 'browse':
        return set([plain(args[0] ?? [])].flat().filter((id): id is number => typeof id === 'number'))
      case 'mapped':
        return String(args[0])
          .split('.')
          .reduce<Value>((value, step) => (value instanceof ScriptSet ? mapped(value, step) : false), set(this.ids))
      case 'search': {
        const options = {
          ...(typeof kwargs['limit'] === 'number' && { limit: kwargs['limit'] }),
          ...(typeof kwargs['order'] === 'string' && { order: kwargs['order'] }),
        }
        return (
          this.#records.ask(key(), async () => set((await target.search(domainOf(args[0]), options)).ids)) ?? set([])
        )
      }
      case 'filtered_domain':
        return (
          this.#records.ask(key(), async () =>
            set(inOrder(this.ids, (await target.search([['id', 'in', [...this.ids]], ...domainOf(args[0])])).ids)),
          ) ?? set([])
        )
      case 'exists':
        return this.#records.ask(key(), async () => set((await target.exists()).ids)) ?? set([])
      case 'search_count':
        return this.#records.ask(key(), () => target.search_count(domainOf(args[0]))) ?? 0
      default:
        throw new SCRIPT_CALL_INSIDE(this.model, name)
    }
  }
}

function mapped(set: ScriptSet, field: string): Value {
  if (set.ids.length === 0) return []
  const items = set.exprItems().map((one) => (one as ScriptSet).exprGet(field) ?? false)
  const sets = items.filter((one) => one instanceof ScriptSet)
  return sets.length === items.length ? (set.exprGet(field) ?? false) : items
}

const inOrder = (ids: readonly number[], found: readonly number[]): readonly number[] =>
  ids.filter((id) => found.includes(id))

const domainOf = (value: Value | undefined): readonly unknown[] =>
  Array.isArray(value) ? (plain(value as Value) as unknown[]) : []

/** A value of an expression without objects: records become their ids. */
export function plain(value: Value): unknown {
  if (value instanceof ScriptSet)
    return value.ids.length === 1 ? value.ids[0] : value.ids.length === 0 ? false : value.ids
  if (Array.isArray(value)) return value.map((one: Value) => plain(one))
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Moment) return value.text
  if ('exprGet' in value) return (value as ExprObject).exprNumber?.() ?? false
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one as Value)]))
}

/** Ids in what a relation holds: nothing, a record or several. */
function idsIn(value: unknown): readonly number[] {
  return typeof value === 'object' && value !== null && 'ids' in value
    ? (value as { readonly ids: readonly number[] }).ids
    : []
}

/** What a field without relation is for a script: empty is False, an unset number 0, as in Odoo; a day can be counted with. */
function scriptValue(type: string, value: unknown): Value {
  if (value === null || value === undefined) return NUMBERS.has(type) ? 0 : false
  if (type === 'date') return dayValue(String(value))
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return value as Value // fields hold plain data, and the evaluator makes moments of dates
}

const NUMBERS = new Set(['integer', 'float', 'monetary'])
