/*
 * The open type registry. Addons add to these interfaces by declaration merging; nothing here exists at run time.
 */
import type { Field } from '../fields/field.ts'
import type { FillTemporal } from './group/fill.ts'
import type { RecordSet } from './record-set.ts'

/** Technical model name -> its field class and its record-set interface. */
export interface Models {
  base: { fields: object; records: RecordSet<'base'> }
}

/** Fields that every model has. The addon `base` adds `create_uid` and `write_uid`. */
export interface AutomaticFields {
  readonly id: Field<number>
  readonly display_name: Field<string>
  readonly create_date: Field<Date>
  readonly write_date: Field<Date>
}

/** Keys of the context that the core reads; an addon that owns a key merges it here. */
export interface Context {
  readonly lang?: string | null
  readonly tz?: string | null
  readonly uid?: number
  readonly active_test?: boolean
  readonly allowed_company_ids?: readonly number[]
  /** Whether binary fields read as their size in words. */
  readonly bin_size?: boolean
  /** Whether records read for a client come with the version that `write` takes. */
  readonly with_version?: boolean
  /** Whether the data files of addons are being loaded. */
  readonly install_mode?: boolean
  /** Whether groups by period show empty periods. */
  readonly fill_temporal?: boolean | FillTemporal
  /** Whether an export writes what an import reads: the records of a many2many in one cell. By default yes. */
  readonly import_compat?: boolean
  /** The module of external ids that an import gives without one; by default `__import__`. */
  readonly module?: string
  /** Whether external ids that an import gives protect their records from updates. */
  readonly noupdate?: boolean
  /** The most records that one import reads; the answer says where the next begins. */
  readonly _import_limit?: number
  /** `default_FIELD` gives the default of a field. */
  readonly [key: `default_${string}`]: unknown
}

export type ModelName = keyof Models
export type FieldsOf<N extends ModelName> = Models[N]['fields'] & AutomaticFields
export type Recs<N extends ModelName> = Models[N]['records']
export type FieldName<N extends ModelName> = keyof FieldsOf<N> & string
