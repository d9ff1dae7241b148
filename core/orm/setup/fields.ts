import type { AnyOptions, Field, FieldType, SelectionLabels } from '../../fields/field.ts'
import type { FieldInfo } from '../../fields/info.ts'
import type { ColumnType } from '../../sql/dialect.ts'
import { kinds } from '../../fields/kinds.ts'
import type { ComputeStatement, InverseStatement, SearchStatement } from '../statements.ts'
import type { LayeredModel } from './layers.ts'

/** The addon of models and fields that people declared in the database. */
export const MANUAL = 'manual'

/** A field as the layers declare it, before it knows of other models. */
export interface DraftField {
  name: string
  type: FieldType
  options: AnyOptions
  addons: string[]
  comodel: string | null
  inverse: string | null
  labels: SelectionLabels | null
  computes: ComputeStatement[]
  related: string | null
  inverseOf: InverseStatement | null
  search: SearchStatement | null
}

type Declared = Field<unknown> & { comodel?: string; inverse?: string; labels?: SelectionLabels }

function draftOf(name: string, declared: Declared, addon: string, below: DraftField | undefined): DraftField {
  const redefined = below && below.type === declared.type
  return {
    name,
    type: declared.type,
    options: redefined ? { ...below.options, ...declared.options } : declared.options,
    addons: [...(below?.addons ?? []), addon],
    comodel: declared.comodel ?? null,
    inverse: declared.inverse ?? null,
    labels: declared.labels ?? (declared.options.selection as SelectionLabels | undefined) ?? null,
    computes: below?.computes ?? [],
    related: below?.related ?? null,
    inverseOf: below?.inverseOf ?? null,
    search: below?.search ?? null,
  }
}

/** Merges the field classes and statements of a model's layers, from the base up, over the fields that every model has. */
export function mergeFields(
  model: LayeredModel,
  everywhere: readonly DraftField[],
  mistakes: string[],
): Map<string, DraftField> {
  const fields = new Map(everywhere.map((field) => [field.name, field]))
  const at = (addon: string, name: string, what: string): DraftField | undefined => {
    const found = fields.get(name)
    if (!found) mistakes.push(`${addon}: ${what} '${model.name}.${name}', which is not a field.`)
    return found
  }
  for (const { addon, def } of model.layers) {
    for (const [name, declared] of Object.entries(new def.fields()) as [string, Declared][]) {
      fields.set(name, draftOf(name, declared, addon, fields.get(name)))
    }
    for (const { field, labels } of def.selections) {
      const found = at(addon, field, 'adds values to')
      if (found && typeof found.labels !== 'function') found.labels = { ...found.labels, ...labels }
    }
    for (const { field, options } of def.changes) {
      const found = at(addon, field, 'changes')
      if (found) found.options = { ...found.options, ...options }
    }
    for (const { field, value } of def.defaults) {
      const found = at(addon, field, 'gives a default to')
      if (found) found.options = { ...found.options, default: value }
    }
    for (const statement of def.computes) {
      const found = at(addon, statement.field, 'computes')
      if (found) Object.assign(found, { computes: [...found.computes, { ...statement, addon }], related: null })
    }
    for (const { field, path } of def.relateds) {
      const found = at(addon, field, 'relates')
      if (found) Object.assign(found, { related: path, computes: [] })
    }
    for (const statement of def.inverses) {
      const found = at(addon, statement.field, 'inverts')
      if (found) found.inverseOf = statement
    }
    for (const statement of def.searches) {
      const found = at(addon, statement.field, 'makes searchable')
      if (found) found.search = statement
    }
  }
  return fields
}

/** `partner_id` -> `Partner`, `child_ids` -> `Child`, `date_order` -> `Date Order`. */
export function labelOf(name: string): string {
  const words = name
    .replace(/_ids?$/, '')
    .split('_')
    .filter(Boolean)
  return words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join(' ')
}

/** What a field's definition says by itself. `context` gives what only the registry knows. */
export function resolveField(
  model: string,
  draft: DraftField,
  context: { mirrored: boolean; table: string; comodelTable: string | null; digits: (name: string) => number },
): FieldInfo {
  const { name, type, options } = draft
  const kind = kinds[type]
  const derived = draft.computes.length > 0 || draft.related !== null
  const stored = options.store ?? !derived
  const editable = derived && options.readonly === false
  const column: ColumnType | null = !stored
    ? null
    : type === 'binary' && options.attachment === false
      ? 'text'
      : kind.column
  const required = options.required ?? false
  const digits = options.digits
  return {
    name,
    model,
    type,
    kind,
    options,
    addons: draft.addons,
    label: options.string ?? labelOf(name),
    help: options.help ?? null,
    stored,
    column,
    required,
    readonly: options.readonly ?? derived,
    copy: options.copy ?? (type !== 'one2many' && (!derived || (stored && editable))),
    index: options.index ?? (type === 'many2one' && context.mirrored),
    translate: options.translate ?? false,
    companyDependent: options.companyDependent ?? false,
    groups: options.groups ?? null,
    aggregator: options.aggregator === undefined ? (stored ? (kind.aggregator ?? null) : null) : options.aggregator,
    searchable: stored || draft.search !== null || draft.related !== null,
    sortable: column !== null && kind.column !== 'json' && kind.column !== null,
    groupable: kind.groupable && (column !== null || (type === 'many2many' && stored)),
    manual: draft.addons[0] === MANUAL,
    comodel: draft.comodel,
    inverse: draft.inverse,
    relation:
      type === 'many2many' && stored && context.comodelTable
        ? relationTable(options, context.table, context.comodelTable)
        : null,
    ondelete: options.ondelete ?? (required ? 'restrict' : 'set null'),
    selection: draft.labels,
    get digits() {
      return typeof digits === 'string' ? context.digits(digits) : (digits ?? null)
    },
    currencyField: type === 'monetary' ? (options.currencyField ?? 'currency_id') : null,
    computes: draft.computes,
    editable,
    related: draft.related?.split('.') ?? null,
    inherited: false,
    inverseOf: draft.inverseOf,
    search: draft.search,
    default: options.default,
  }
}

/** The relation table of a many2many between two tables: what is not said about it is made from their names. */
export function relationTable(
  options: AnyOptions,
  table: string,
  comodelTable: string,
): NonNullable<FieldInfo['relation']> {
  const [first, second] = [table, comodelTable].sort()
  return {
    table: options.relation ?? `${first}_${second}_rel`,
    column1: options.column1 ?? `${table}_id`,
    column2: options.column2 ?? (table === comodelTable ? `${comodelTable}_other_id` : `${comodelTable}_id`),
  }
}

/** A field of a delegated model, as the delegating one has it. */
export function inheritField(model: string, through: string, target: FieldInfo): FieldInfo {
  return {
    ...target,
    model,
    get digits() {
      return target.digits
    },
    stored: false,
    column: null,
    required: false,
    readonly: target.readonly,
    copy: target.copy,
    index: false,
    searchable: target.searchable,
    sortable: target.sortable,
    groupable: false,
    relation: null,
    computes: [],
    editable: true,
    related: [through, target.name],
    inherited: true,
    inverseOf: null,
    search: null,
    default: undefined,
  }
}
