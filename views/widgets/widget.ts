import type { Scope } from '../../core/expr/values.ts'
import type { Modifiers } from '../arch/modifiers.ts'
import type { XmlElement } from '../arch/node.ts'
import type { FieldDescription, PageContext, Values } from '../page.ts'

/** A field where a view shows it. */
export interface FieldPlace {
  readonly name: string
  readonly description: FieldDescription
  /** Attributes of the arch's node. */
  readonly attributes: Readonly<Record<string, string>>
  /** The attribute `options`, evaluated. */
  readonly options: Values
  readonly modifiers: Modifiers
  /** Views of the other model that stand inside the node: kind -> its root. */
  readonly views: Readonly<Record<string, XmlElement>>
}

/** A place with the record that is shown in it. */
export interface FieldInput {
  readonly place: FieldPlace
  readonly value: unknown
  readonly record: Values
  readonly page: PageContext
  /** Unique in the page. */
  readonly domId: string
  readonly mode: 'read' | 'edit'
  /** What expressions of the view see of the record. */
  readonly scope: Scope
}

/** What a view asks the server for, for one field. */
export interface FieldSpecification {
  readonly fields?: Readonly<Record<string, FieldSpecification>>
  readonly limit?: number
  readonly order?: string
  readonly context?: Values
}

/** One way to show a field, with `read.hbs` and `edit.hbs` beside it. */
export interface Widget {
  /** The folder, which is also the value of the arch's attribute `widget`. */
  readonly name: string
  /** Kinds of field that it shows. */
  readonly types: readonly string[]
  /** Whether values stand at the right, one under the other. */
  readonly alignRight?: boolean
  /** What is read of a relation; by default the value alone. */
  specification?(place: FieldPlace, models: PageContext['models']): FieldSpecification
  /** Further fields of the record that it needs. */
  needs?(place: FieldPlace): readonly string[]
  /** What the templates read beside what all fields have. */
  view(input: FieldInput): Readonly<Record<string, unknown>>
}

/** Text of a value that may be missing. */
export const textOf = (value: unknown): string =>
  value === false || value === null || value === undefined ? '' : String(value)
