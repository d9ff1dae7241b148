import type { FieldInfo } from '../../fields/info.ts'
import type { CompileContext } from '../../domain/compile.ts'
import { columnOf } from '../../domain/column.ts'
import { comodelOf } from '../../domain/field-facts.ts'
import { and, ident, join, raw, sql, type Sql } from '../../sql/fragment.ts'
import type { ModelInfo } from '../model-info.ts'
import type { Registry } from '../registry.ts'

/** Where SQL finds the values of a field: many2one fields to follow, then one with a column or a relation table. */
export interface Source {
  readonly steps: readonly FieldInfo[]
  readonly field: FieldInfo
}

/** The source of a stored field, or of one that mirrors a stored field behind many2one fields. */
export function sourceOf(field: FieldInfo, info: ModelInfo, registry: Registry): Source | undefined {
  if (field.column !== null || field.relation !== null) return { steps: [], field }
  const steps: FieldInfo[] = []
  let at = info
  for (const [i, name] of (field.related ?? []).entries()) {
    const next = at.fields.get(name)
    const source = next && sourceOf(next, at, registry)
    if (!next || !source) return undefined
    steps.push(...source.steps)
    if (i === (field.related as readonly string[]).length - 1) return { steps, field: source.field } // iterated above
    if (next.type !== 'many2one') return undefined
    steps.push(source.field)
    at = comodelOf(next, registry)
  }
  return undefined
}

/** The LEFT JOINs that the sources of one query need behind the model's table; their aliases begin with `_g`. */
export class Joins {
  readonly #context: CompileContext
  readonly #alias: string
  /** Comodel of a many2many -> the ids that the reader may see; absent for all. */
  readonly #reachable: ReadonlyMap<string, Sql>
  readonly #joins = new Map<string, { readonly alias: string; readonly text: Sql }>()

  constructor(context: CompileContext, alias: string, reachable: ReadonlyMap<string, Sql>) {
    this.#context = context
    this.#alias = alias
    this.#reachable = reachable
  }

  get text(): Sql {
    const joins = [...this.#joins.values()].map((one) => one.text)
    return joins.length > 0 ? join(joins, ' ') : raw('')
  }

  /** The values of a source: a column, or the ids that a many2many links to, NULL for none. */
  column({ steps, field }: Source): Sql {
    let alias = this.#alias
    for (const step of steps) alias = this.#step(step, alias)
    return field.relation ? this.#link(field, field.relation, alias) : columnOf(field, alias, this.#context)
  }

  #step(field: FieldInfo, from: string): string {
    const comodel = comodelOf(field, this.#context.registry)
    return this.#join(`${from}.${field.name}`, (alias) => {
      const on = sql`${ident(alias, 'id')} = ${columnOf(field, from, this.#context)}`
      return sql`LEFT JOIN ${ident(comodel.table)} AS ${ident(alias)} ON ${on}`
    })
  }

  #link(field: FieldInfo, { table, column1, column2 }: NonNullable<FieldInfo['relation']>, from: string): Sql {
    const alias = this.#join(`${from}.${field.name}`, (alias) => {
      const on = [sql`${ident(alias, column1)} = ${ident(from, 'id')}`]
      const reachable = this.#reachable.get(field.comodel as string) // relations have one
      if (reachable) on.push(sql`${ident(alias, column2)} IN ${reachable}`)
      return sql`LEFT JOIN ${ident(table)} AS ${ident(alias)} ON ${and(on)}`
    })
    return ident(alias, column2)
  }

  #join(key: string, make: (alias: string) => Sql): string {
    let known = this.#joins.get(key)
    if (!known) {
      const alias = `_g${this.#joins.size + 1}`
      this.#joins.set(key, (known = { alias, text: make(alias) }))
    }
    return known.alias
  }
}
