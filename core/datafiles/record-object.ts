import type { ExprObject, Value } from '../expr/values.ts'
import type { Env } from '../orm/env.ts'
import { formatDatetime } from '../tools/dates.ts'

/** A field of a record that an expression read. */
interface Wanted {
  readonly model: string
  readonly id: number
  readonly field: string
}

/**
 * Records as expressions see them. An expression cannot wait, so what it reads of a record is noted, reads as nothing
 * at first, and is there once it was fetched.
 */
export class RecordObjects {
  readonly #env: Env
  readonly #values = new Map<string, Value>()
  #wanted: Wanted[] = []

  constructor(env: Env) {
    this.#env = env
  }

  /** A record of a model: its fields are attributes, as a number it is its id. */
  object(model: string, id: number): ExprObject {
    return {
      exprNumber: () => id,
      exprGet: (field) => {
        if (field === 'id') return id
        if (!this.#env.registry.has(model) || !this.#env.registry.get(model).fields.has(field)) return undefined
        const known = this.#values.get(`${model},${id},${field}`)
        if (known === undefined) this.#wanted.push({ model, id, field })
        return known ?? null
      },
    }
  }

  /** Reads what was asked for and not there; tells whether there was anything. */
  async fetch(): Promise<boolean> {
    const wanted = this.#wanted
    this.#wanted = []
    for (const { model, id, field } of wanted) {
      const [record] = await this.#env.model(model, [id]).load([field])
      this.#values.set(`${model},${id},${field}`, this.#value(model, field, record?.[field]))
    }
    return wanted.length > 0
  }

  #value(model: string, name: string, value: unknown): Value {
    if (value === null || value === undefined) return null
    if (value instanceof Date) return formatDatetime(value)
    const { comodel, type } = this.#env.registry.get(model).fields.get(name) ?? {}
    if (!comodel) return value as Value // fields without a comodel hold plain data
    const { ids } = value as { readonly ids: readonly number[] }
    const records = ids.map((id) => this.object(comodel, id))
    return type === 'many2one' ? (records[0] ?? null) : records
  }
}
