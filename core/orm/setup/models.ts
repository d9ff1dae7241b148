import type { FieldInfo } from '../../fields/info.ts'
import type { ModelInfo, OrderKey } from '../model-info.ts'
import type { Ctor, Spec } from '../model.ts'
import type { CallableStatement } from '../statements.ts'
import { RecordSet, type AnyRecordSet } from '../record-set.ts'
import { guardFields } from '../unloaded.ts'
import { inheritField, MANUAL, mergeFields, resolveField, type DraftField } from './fields.ts'
import { EVERY_MODEL, type LayeredModel } from './layers.ts'

/** A model whose own layers are merged; relations to other models are not resolved yet. */
export interface DraftModel {
  readonly layered: LayeredModel
  readonly spec: Spec
  readonly fields: Map<string, DraftField>
  readonly table: string
}

const AUTOMATIC: readonly (readonly [string, DraftField['type'], object, string?])[] = [
  ['id', 'integer', { string: 'ID', readonly: true, copy: false, aggregator: null }],
  ['display_name', 'char', { string: 'Display Name', readonly: true, store: false, copy: false }],
  ['create_uid', 'many2one', { string: 'Created by', readonly: true, copy: false }, 'res.users'],
  ['create_date', 'datetime', { string: 'Created on', readonly: true, copy: false }],
  ['write_uid', 'many2one', { string: 'Last Updated by', readonly: true, copy: false }, 'res.users'],
  ['write_date', 'datetime', { string: 'Last Updated on', readonly: true, copy: false }],
]
const LOGGED = new Set(['create_uid', 'create_date', 'write_uid', 'write_date'])

function automatic(name: string, type: DraftField['type'], options: object, comodel?: string): DraftField {
  return {
    name,
    type,
    options,
    addons: ['base'],
    comodel: comodel ?? null,
    inverse: null,
    labels: null,
    computes: [],
    related: null,
    inverseOf: null,
    search: null,
  }
}

/** Merges what the layers of a model say, and adds the fields that every model has. */
export function draftModel(layered: LayeredModel, mistakes: string[], hasUsers: boolean): DraftModel {
  // what an inherited abstract model says of itself gives way to what the model's own layers say, wherever it comes in
  const inherited = layered.layers.filter(({ def }) => def.name !== layered.name)
  const own = layered.layers.filter(({ def }) => def.name === layered.name)
  const spec: Spec = Object.assign({}, ...[...inherited, ...own].map((layer) => layer.def.spec), {
    sqlConstraints: Object.assign({}, ...layered.layers.map((layer) => layer.def.spec.sqlConstraints)),
    indexes: Object.assign({}, ...layered.layers.map((layer) => layer.def.spec.indexes)),
    delegate: Object.assign({}, ...layered.layers.map((layer) => layer.def.spec.delegate)),
    renamedFrom: own.flatMap((layer) => layer.def.spec.renamedFrom ?? []),
  })
  const logged = spec.logAccess !== false && !spec.view
  const everywhere = AUTOMATIC.filter(([name]) => logged || !LOGGED.has(name)).map(([name, type, options, comodel]) =>
    // without the addon base there are no users to point to
    comodel && !hasUsers ? automatic(name, 'integer', options) : automatic(name, type, options, comodel),
  )
  const fields = mergeFields(layered, everywhere, mistakes)
  if (spec.parentStore && !fields.has('parent_path')) {
    fields.set('parent_path', automatic('parent_path', 'char', { index: true, copy: false, readonly: true }))
  }
  return { layered, spec, fields, table: spec.table ?? tableOf(layered.name) }
}

const tableOf = (model: string): string => model.replaceAll('.', '_')

/** Resolves drafts to models, each once, delegated models first. */
export class ModelResolver {
  readonly #drafts: ReadonlyMap<string, DraftModel>
  readonly #mistakes: string[]
  readonly #digits: (name: string) => number
  readonly #mirrored = new Set<string>()
  readonly done = new Map<string, ModelInfo>()

  constructor(drafts: ReadonlyMap<string, DraftModel>, mistakes: string[], digits: (name: string) => number) {
    this.#drafts = drafts
    this.#mistakes = mistakes
    this.#digits = digits
    for (const draft of drafts.values()) {
      for (const field of draft.fields.values()) {
        if (field.type === 'one2many' && field.inverse) this.#mirrored.add(`${field.comodel}.${field.inverse}`)
      }
    }
  }

  resolve(name: string): ModelInfo | undefined {
    const known = this.done.get(name)
    if (known) return known
    const draft = this.#drafts.get(name)
    if (!draft) return undefined
    const fields = this.#fields(draft)
    const info = modelInfo(draft, fields, this.#mistakes)
    this.done.set(name, info)
    return info
  }

  #fields(draft: DraftModel): Map<string, FieldInfo> {
    const model = draft.layered.name
    const fields = new Map<string, FieldInfo>()
    for (const field of draft.fields.values()) {
      fields.set(
        field.name,
        resolveField(model, field, {
          mirrored: this.#mirrored.has(`${model}.${field.name}`),
          table: draft.table,
          comodelTable: field.comodel ? (this.#drafts.get(field.comodel)?.table ?? null) : null,
          digits: this.#digits,
        }),
      )
    }
    for (const [comodel, through] of Object.entries(draft.spec.delegate ?? {})) {
      const target = this.resolve(comodel)
      if (!target) {
        this.#mistakes.push(`${model} delegates to '${comodel}', which does not exist.`)
        continue
      }
      for (const inherited of target.fields.values()) {
        if (!fields.has(inherited.name)) fields.set(inherited.name, inheritField(model, through, inherited))
      }
    }
    return fields
  }
}

function modelInfo(draft: DraftModel, fields: Map<string, FieldInfo>, mistakes: string[]): ModelInfo {
  const { layered, spec, table } = draft
  const defs = layered.layers.map((layer) => layer.def)
  const recName = spec.recName ?? (fields.has('name') ? 'name' : fields.has('x_name') ? 'x_name' : null)
  const formerNames = spec.renamedFrom === undefined ? [] : [spec.renamedFrom].flat()
  const callables = new Map<string, CallableStatement>()
  for (const def of defs) for (const statement of def.callables) callables.set(statement.method, statement)
  return {
    name: layered.name,
    description: spec.description ?? layered.name,
    table,
    formerNames,
    formerTables: spec.table ? [] : formerNames.map(tableOf),
    kind: layered.abstract ? 'abstract' : spec.view ? 'view' : spec.transient ? 'transient' : 'model',
    viewSql: spec.view ?? null,
    order: parseSpecOrder(layered.name, spec.order ?? 'id', fields, mistakes),
    recName,
    idFrom: spec.idFrom ?? null,
    recNamesSearch: spec.recNamesSearch ?? (recName ? [recName] : []),
    parentName: spec.parentName ?? 'parent_id',
    parentStore: spec.parentStore ?? false,
    activeField: fields.has('active') ? 'active' : fields.has('x_active') ? 'x_active' : null,
    logAccess: fields.get('write_date')?.column === 'datetime',
    delegates: new Map(Object.entries(spec.delegate ?? {})),
    inherits: layered.inherits,
    fields,
    columns: [...fields.values()].filter((field) => field.column !== null),
    constraints: defs.flatMap((def) => def.constraints),
    sqlConstraints: Object.entries(spec.sqlConstraints ?? {}).map(([name, [definition, message]]) => ({
      name,
      definition,
      message,
    })),
    indexes: Object.entries(spec.indexes ?? {}).map(([name, definition]) => ({ name, definition })),
    onchanges: defs.flatMap((def) => def.onchanges),
    ondeletes: defs.flatMap((def) => def.ondeletes),
    recomputeds: defs.flatMap((def) => def.recomputeds),
    callables,
    // what an addon does to every model makes none of them its own
    addons: [
      ...new Set(
        layered.layers
          .filter(({ def }) => def.name !== EVERY_MODEL || layered.name === EVERY_MODEL)
          .map((layer) => layer.addon),
      ),
    ],
    manual: layered.layers[0]?.addon === MANUAL,
    RecordSet: recordSetClass(layered, fields, mistakes),
  }
}

/** The chain of mixins of a model's layers, from the base up, closed against reading what is not loaded. */
function recordSetClass(
  layered: LayeredModel,
  fields: ReadonlyMap<string, FieldInfo>,
  mistakes: string[],
): ModelInfo['RecordSet'] {
  let Class = RecordSet as unknown as Ctor<object>
  for (const { addon, def } of layered.layers) {
    const Below = Class
    Class = (def.mixin as (Base: Ctor<object>) => Ctor<object>)(Below)
    if (Class !== Below) Object.defineProperty(Class, 'name', { value: `${layered.name} (${addon})` })
  }
  for (const name of fields.keys()) {
    if (name in Class.prototype || ['env', 'modelName', 'ids'].includes(name)) {
      mistakes.push(
        `${layered.name}.${name} is a field and also something that every record set has: rename the field.`,
      )
    }
  }
  const Guarded = guardFields(Class, layered.name, fields.keys())
  Object.defineProperty(Guarded, 'name', { value: layered.name })
  return Guarded as unknown as new (env: never, model: string, ids: readonly number[]) => AnyRecordSet
}

function parseSpecOrder(
  model: string,
  order: string,
  fields: ReadonlyMap<string, FieldInfo>,
  mistakes: string[],
): OrderKey[] {
  return order.split(',').map((term) => {
    const match = /^\s*([a-z0-9_]+)(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?\s*$/i.exec(term)
    const field = match?.[1] ?? ''
    if (!fields.has(field)) mistakes.push(`${model} is ordered by '${term.trim()}', which is not a field.`)
    const nulls = match?.[3]?.toLowerCase() as 'first' | 'last' | undefined
    return { field, descending: match?.[2]?.toLowerCase() === 'desc', ...(nulls ? { nulls } : {}) }
  })
}
