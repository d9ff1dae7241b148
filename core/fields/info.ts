import type { ColumnType } from '../sql/dialect.ts'
import type { AnyOptions, FieldType, OnDelete, SelectionLabels } from './field.ts'
import type { Kind } from './kind.ts'
import type { ComputeStatement, InverseStatement, SearchStatement } from '../orm/statements.ts'

/** The relation table of a many2many: `column1` points to the field's model, `column2` to the other. */
export interface RelationTable {
  readonly table: string
  readonly column1: string
  readonly column2: string
}

/** One field of one model of one database, with all layers merged. Built by the registry, then never changed. */
export interface FieldInfo {
  readonly name: string
  /** The model that it belongs to. */
  readonly model: string
  readonly type: FieldType
  readonly kind: Kind
  readonly options: AnyOptions
  /** The addon that declared it first, and those that changed it. */
  readonly addons: readonly string[]
  readonly label: string
  readonly help: string | null

  /** Whether its values are kept: in a column, or for one2many and many2many in the related rows. */
  readonly stored: boolean
  /** The type of its column in the model's table, `null` when there is none. */
  readonly column: ColumnType | null
  readonly required: boolean
  readonly readonly: boolean
  readonly copy: boolean
  readonly index: boolean | 'trigram' | 'not null'
  readonly translate: boolean
  readonly companyDependent: boolean
  readonly groups: string | null
  readonly aggregator: string | null
  /** Whether records can be searched by it. */
  readonly searchable: boolean
  readonly sortable: boolean
  readonly groupable: boolean
  /** Declared by a person through `ir.model.fields`, not by code. */
  readonly manual: boolean

  readonly comodel: string | null
  /** The many2one of the comodel that a one2many mirrors. */
  readonly inverse: string | null
  readonly relation: RelationTable | null
  readonly ondelete: OnDelete
  readonly selection: SelectionLabels | null
  /** Decimals that are kept; `null` for all. */
  readonly digits: number | null
  readonly currencyField: string | null

  /** How it is computed: the layers from the base up; empty when it is not. */
  readonly computes: readonly ComputeStatement[]
  /** Whether a value that a person set is kept until the value is computed again. */
  readonly editable: boolean
  /** The path it mirrors, split. */
  readonly related: readonly string[] | null
  /** Whether `related` comes from a delegated model (`_inherits`). */
  readonly inherited: boolean
  readonly inverseOf: InverseStatement | null
  readonly search: SearchStatement | null
  readonly default: unknown
}
