import type { FieldInfo } from '../../fields/info.ts'
import type { ModelInfo } from '../model-info.ts'
import { isMany } from '../values.ts'

/** One step of a path, seen from the model that has the field. */
export interface Hop {
  readonly model: ModelInfo
  readonly field: FieldInfo
}

/** A change of the key's field makes `field` of the records at the other end of `path` stale. */
export interface Trigger {
  readonly model: ModelInfo
  readonly field: FieldInfo
  /** From the computed field's model to the changed one; empty when they are the same record. */
  readonly path: readonly Hop[]
}

/** What depends on what, over relations, for the stored computed fields of one database. */
export interface Graph {
  /** `model.field` -> what a change of it makes stale. */
  readonly triggers: ReadonlyMap<string, readonly Trigger[]>
  /** Stored computed fields in an order in which each comes after what it depends on (as far as there is one). */
  readonly order: ReadonlyMap<FieldInfo, number>
  /** Stored computed field -> those that its value may come from, itself among them when it depends on itself. */
  readonly upstream: ReadonlyMap<FieldInfo, ReadonlySet<FieldInfo>>
  /** `model.field` of many2ones that a path goes through backwards: their old value matters when they change. */
  readonly backward: ReadonlySet<string>
}

const MAX_DEPTH = 12

/** Expands the dependencies of every stored computed field down to fields that are stored. */
export function buildGraph(models: ReadonlyMap<string, ModelInfo>, mistakes: string[]): Graph {
  const triggers = new Map<string, Map<string, Trigger>>()
  const backward = new Set<string>()
  const edges = new Map<FieldInfo, Set<FieldInfo>>()

  const add = (key: string, trigger: Trigger): void => {
    let known = triggers.get(key)
    if (!known) triggers.set(key, (known = new Map()))
    const id = `${trigger.model.name}.${trigger.field.name}:${trigger.path.map((hop) => hop.field.name).join('.')}`
    known.set(id, trigger)
  }

  const follow = (
    target: Hop,
    start: ModelInfo,
    path: readonly string[],
    before: readonly Hop[],
    depth: number,
  ): void => {
    if (depth > MAX_DEPTH) {
      mistakes.push(`${target.model.name}.${target.field.name} depends on itself through fields that are not stored.`)
      return
    }
    let model: ModelInfo | undefined = start
    let hops = before
    for (const [i, name] of path.entries()) {
      const field: FieldInfo | undefined = model?.fields.get(name)
      if (!model || !field) return
      if (!field.stored) {
        // what it is made of counts instead of the value itself
        for (const below of dependencies(field)) follow(target, model, below, hops, depth + 1)
        if (i === path.length - 1 || !field.related) return
        // a relation that mirrors a path: go on from the end of that path
        follow(target, model, [...field.related, ...path.slice(i + 1)], hops, depth + 1)
        return
      }
      add(`${model.name}.${field.name}`, { ...target, path: hops })
      if (field.computes.length > 0) edges.get(target.field)?.add(field)
      hops = [...hops, { model, field }]
      const comodel: ModelInfo | undefined = field.comodel ? models.get(field.comodel) : undefined
      if (field.type === 'one2many' && comodel && field.inverse) {
        backward.add(`${comodel.name}.${field.inverse}`)
        add(`${comodel.name}.${field.inverse}`, { ...target, path: hops })
      }
      if (comodel?.activeField && isMany(field))
        add(`${comodel.name}.${comodel.activeField}`, { ...target, path: hops })
      model = comodel
    }
  }

  for (const model of models.values()) {
    if (model.kind === 'abstract') continue
    for (const field of model.fields.values()) {
      if (!field.stored || (field.computes.length === 0 && !field.related)) continue
      edges.set(field, new Set())
      for (const path of dependencies(field)) follow({ model, field }, model, path, [], 0)
    }
  }
  return {
    triggers: new Map([...triggers].map(([key, list]) => [key, [...list.values()]])),
    order: orderOf(edges),
    upstream: closureOf(edges),
    backward,
  }
}

/** The paths that a computed or related field reads. */
export function dependencies(field: FieldInfo): readonly (readonly string[])[] {
  if (field.related) return [field.related]
  return field.computes.flatMap((statement) => statement.depends.map((path) => path.split('.')))
}

/** Depth-first numbering; a field that depends on itself (through other records) keeps the number it gets. */
function orderOf(edges: ReadonlyMap<FieldInfo, ReadonlySet<FieldInfo>>): ReadonlyMap<FieldInfo, number> {
  const order = new Map<FieldInfo, number>()
  const visiting = new Set<FieldInfo>()
  const visit = (field: FieldInfo): void => {
    if (order.has(field) || visiting.has(field)) return
    visiting.add(field)
    for (const below of edges.get(field) ?? []) visit(below)
    order.set(field, order.size)
  }
  for (const field of edges.keys()) visit(field)
  return order
}

function closureOf(
  edges: ReadonlyMap<FieldInfo, ReadonlySet<FieldInfo>>,
): ReadonlyMap<FieldInfo, ReadonlySet<FieldInfo>> {
  return new Map(
    [...edges.keys()].map((field) => {
      const reached = new Set<FieldInfo>()
      const waiting = [field]
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        for (const below of edges.get(next) ?? []) {
          if (reached.has(below)) continue
          reached.add(below)
          waiting.push(below)
        }
      }
      return [field, reached]
    }),
  )
}
