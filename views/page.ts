import type { Formatter } from './format.ts'

/** The text of the client in the user's language; `%s` is replaced by the values in order. */
export type Translate = (source: string, ...values: readonly string[]) => string

/** A field as `fields_get` and `get_views` describe it. */
export interface FieldDescription {
  readonly name: string
  readonly type: string
  readonly string: string
  readonly help?: string
  readonly required?: boolean
  readonly readonly?: boolean
  readonly sortable?: boolean
  readonly groupable?: boolean
  readonly searchable?: boolean
  readonly store?: boolean
  readonly relation?: string
  readonly relation_field?: string
  readonly model_field?: string
  readonly selection?: readonly (readonly [value: string, label: string])[]
  readonly digits?: readonly [number, number] | false
  readonly currency_field?: string
  readonly domain?: unknown
  readonly context?: unknown
  readonly translate?: boolean
  readonly size?: number
  readonly aggregator?: string
}

export type Fields = Readonly<Record<string, FieldDescription>>
/** Values of a record as the wire gives them. */
export type Values = Readonly<Record<string, unknown>>

export interface OfferedRecord {
  readonly id: number
  readonly display_name: string
  /** Whether it is shown only when asked for. */
  readonly folded: boolean
}

/** What every view of a page is drawn with. */
export interface PageContext {
  readonly format: Formatter
  readonly translate: Translate
  /** Descriptions of the fields of each model that the page's views use. */
  readonly models: Readonly<Record<string, Fields>>
  /** The user's context: `uid`, `lang`, `tz`, `allowed_company_ids`, and the action's. */
  readonly context: Values
  /** Today in the user's zone, `2026-03-31`. */
  readonly today: string
  /** The records that a field of the drawn record offers to choose from, in order. */
  readonly choices?: Readonly<Record<string, readonly OfferedRecord[]>>
}

/** A part of a page: the template that draws it and what that reads. */
export interface ViewNode {
  readonly template: string
  readonly [name: string]: unknown
}
