import type { FieldInfo } from '../fields/info.ts'
import type { Env } from '../orm/env.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Row } from '../sql/connection.ts'
import { loadData } from '../orm/load.ts'
import { displayNames } from './names.ts'

interface Definition {
  readonly name: string
  readonly type: string
  readonly default?: unknown
  readonly comodel?: string
}

/** Properties read as their definitions, each with the record's value; relations by `[id, name]`. */
export async function withDefinitions(
  env: Env,
  info: ModelInfo,
  field: FieldInfo,
  rows: readonly Row[],
): Promise<(row: Row) => unknown> {
  const [parent, definitionField] = (field.options.definition ?? '').split('.') as [string, string]
  const system = env.sudo('definitions of properties')
  const data = await loadData(
    system,
    info,
    rows.map((row) => row['id'] as number),
    [`${parent}.${definitionField}`],
  )
  const definitions = new Map(
    data.map((record) => {
      const owner = record[parent] as Record<string, unknown> | null
      return [record.id, (owner?.[definitionField] ?? []) as readonly Definition[]]
    }),
  )
  const valuesOf = (row: Row): Record<string, unknown> =>
    field.kind.fromColumn(row[field.name], field) as Record<string, unknown>
  const names = await relatedNames(env, rows, definitions, valuesOf)
  return (row) => {
    const values = valuesOf(row)
    return (definitions.get(row['id'] as number) ?? []).map((definition) => ({
      ...definition,
      value: shown(definition, values[definition.name] ?? definition.default ?? null, names),
    }))
  }
}

type Names = ReadonlyMap<string, ReadonlyMap<number, string>>

async function relatedNames(
  env: Env,
  rows: readonly Row[],
  definitions: ReadonlyMap<number, readonly Definition[]>,
  valuesOf: (row: Row) => Record<string, unknown>,
): Promise<Names> {
  const targets = new Map<string, Set<number>>()
  for (const row of rows) {
    const values = valuesOf(row)
    for (const { name, comodel } of definitions.get(row['id'] as number) ?? []) {
      if (!comodel || !env.registry.has(comodel)) continue
      const ids = targets.get(comodel) ?? new Set()
      for (const id of [values[name]].flat()) if (typeof id === 'number') ids.add(id)
      targets.set(comodel, ids)
    }
  }
  const names = new Map<string, ReadonlyMap<number, string>>()
  for (const [model, ids] of targets) names.set(model, await displayNames(env, model, [...ids]))
  return names
}

function shown({ type, comodel }: Definition, value: unknown, names: Names): unknown {
  const known = comodel ? names.get(comodel) : undefined
  const pair = (id: unknown): unknown[] => (known?.has(id as number) ? [[id, known.get(id as number)]] : [])
  if (type === 'many2one') return pair(value)[0] ?? false
  if (type === 'many2many') return Array.isArray(value) ? value.flatMap(pair) : []
  return value ?? false
}
