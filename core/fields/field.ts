import type { Env } from '../orm/env.ts'
import type { ModelName } from '../orm/models.ts'

/** The kinds of fields, by the names that clients know (`ttype`). */
export type FieldType =
  | 'char'
  | 'text'
  | 'html'
  | 'integer'
  | 'float'
  | 'monetary'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'selection'
  | 'binary'
  | 'json'
  | 'reference'
  | 'many2one_reference'
  | 'properties'
  | 'properties_definition'
  | 'many2one'
  | 'one2many'
  | 'many2many'

declare const VALUE: unique symbol

/**
 * A field definition, as written in a model's field class. `V` is the type of the value that a record
 * holds; it exists only for the compiler.
 */
export interface Field<V> {
  readonly type: FieldType
  readonly options: AnyOptions
  readonly [VALUE]?: V
}
export interface ToOne<M extends ModelName, Null> extends Field<number | Null> {
  readonly comodel: M
  readonly empty: Null
}
export interface ToMany<M extends ModelName> extends Field<readonly number[]> {
  readonly comodel: M
  readonly many: true
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** A label per value, or a function that lists them for a user (installed languages, time zones). */
export type SelectionLabels =
  | Readonly<Record<string, string>>
  | ((env: Env) => Promise<Readonly<Record<string, string>>>)

export type OnDelete = 'set null' | 'restrict' | 'cascade'
export type Aggregator =
  | 'sum'
  | 'avg'
  | 'min'
  | 'max'
  | 'count'
  | 'count_distinct'
  | 'bool_and'
  | 'bool_or'
  | 'array_agg'

/** What every kind of field can be told. */
export interface Options<V> {
  /** The label; by default made from the name. */
  readonly string?: string
  readonly help?: string
  /** The name, or names, that the field had in earlier versions: its column and what is recorded of it are renamed. */
  readonly renamedFrom?: string | readonly string[]
  readonly required?: boolean
  /** Whether views refuse input; computed fields are read-only unless told `false` (then a person's value is kept). */
  readonly readonly?: boolean
  /** Whether there is a column; by default yes unless the field is computed. */
  readonly store?: boolean
  /** `'trigram'` asks for an index that serves `ilike` where the database has one. */
  readonly index?: boolean | 'trigram' | 'not null'
  /** Whether `copy` takes the value over; by default yes, but not for one2many and computed fields. */
  readonly copy?: boolean
  readonly default?: V | ((env: Env) => V | Promise<V>)
  /** External ids of groups, comma-separated, that may see the field; `!` before one excludes it. */
  readonly groups?: string
  /** Whether changes are shown in the record's history (order of display, or `true`). */
  readonly tracking?: boolean | number
  /** Whether each company has its own value. */
  readonly companyDependent?: boolean
  /** How groups summarise the field; `null` for not at all. */
  readonly aggregator?: Aggregator | null
  /** Whether the field may be exported; by default yes. */
  readonly exportable?: boolean
}
export interface TextOptions extends Options<string> {
  /** Longest text, in characters. */
  readonly size?: number
  /** Whether each language has its own value. */
  readonly translate?: boolean
  /** Whether white space at both ends is cut off (char only; by default yes). */
  readonly trim?: boolean
}
export interface HtmlOptions extends TextOptions {
  /** Whether markup that could run is removed when stored; by default yes. */
  readonly sanitize?: boolean
}
export interface NumberOptions extends Options<number> {
  /** Number of decimals that are kept, or the name of a `decimal.precision`. */
  readonly digits?: number | string
}
export interface MonetaryOptions extends Options<number> {
  /** The many2one to `res.currency` that gives the rounding; by default `currency_id`. */
  readonly currencyField?: string
}
export interface SelectionOptions<S> extends Options<S> {
  /** Whether groups without records are shown: a label for each value. */
  readonly groupExpand?: boolean
}
export interface BinaryOptions extends Options<Uint8Array> {
  /** Whether the content is kept as an attachment (by default) or in the column. */
  readonly attachment?: boolean
  /** Whether clients write and read content that is UTF-8 as the text itself, not as base64. */
  readonly plain?: boolean
}
export interface ReferenceOptions extends Options<string> {
  readonly selection?: SelectionLabels
}
export interface ManyToOneReferenceOptions extends Options<number> {
  /** The field of the same model that holds the name of the other model. */
  readonly modelField: string
  /** `cascade`: the record goes with the other one, where that shows it in a one2many. */
  readonly ondelete?: 'cascade'
}
export interface PropertiesOptions extends Options<Record<string, Json>> {
  /** `'parent_id.definition_field'`: where the definitions of the properties are kept. */
  readonly definition: string
}
export interface RelationOptions<V> extends Options<V> {
  /** Domain that views restrict choices to, as text. */
  readonly domain?: string
  readonly context?: Readonly<Record<string, unknown>>
  /** Whether records of other companies are refused. */
  readonly checkCompany?: boolean
}
export interface ManyToOneOptions extends RelationOptions<number> {
  /** What happens to this record when the other is deleted; by default `restrict` when required, else `set null`. */
  readonly ondelete?: OnDelete
  /** Whether groups without records are shown: a method of the comodel that answers the set, or `true` for all. */
  readonly groupExpand?: string | true
  /** Whether the record's fields belong to this model too (see `delegate`). */
  readonly delegate?: boolean
}
export interface OneToManyOptions extends RelationOptions<never> {
  /** Leaves on columns of the lines that all of them fulfil: the others are no lines of this field. */
  readonly filter?: readonly (readonly [column: string, operator: string, operand: unknown])[]
}
export interface ManyToManyOptions extends RelationOptions<readonly number[]> {
  /** The relation table and its two columns; by default made from the two tables' names. */
  readonly relation?: string
  readonly column1?: string
  readonly column2?: string
  readonly ondelete?: 'cascade' | 'restrict'
}

/** All options of all kinds, as the registry sees them. */
export interface AnyOptions
  extends
    Omit<Options<unknown>, 'default'>,
    Partial<
      Omit<
        TextOptions &
          HtmlOptions &
          NumberOptions &
          MonetaryOptions &
          BinaryOptions &
          ManyToManyOptions &
          OneToManyOptions &
          ManyToOneReferenceOptions &
          PropertiesOptions,
        keyof Options<unknown> | 'ondelete'
      >
    > {
  readonly default?: unknown
  readonly ondelete?: OnDelete
  readonly groupExpand?: string | boolean
  readonly delegate?: boolean
  readonly selection?: SelectionLabels
}
