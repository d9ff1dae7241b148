import type { Scope } from '../../core/expr/values.ts'
import type { Modifiers } from '../arch/modifiers.ts'
import type { XmlElement } from '../arch/node.ts'
import type { FieldDescription, PageContext, Values } from '../page.ts'

/** A field where a view shows it. */
export interface FieldPlace {
  /** Model of the record that has the field. */
  readonly model: string
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
  /** The view that it stands in. */
  readonly view: 'list' | 'form' | 'kanban'
  /** Whether the record may not change it now. */
  readonly readonly: boolean
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

/** Records that a widget shows all of, to choose from. */
export interface ChoiceQuestion {
  readonly model: string
  /** A list, or an expression over the record that gives one. */
  readonly domain: string | null
  /** A field of that model that says which of them fold away. */
  readonly foldField?: string
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
  /** Records that it offers, read with the record: they come as `page.choices`. */
  choices?(place: FieldPlace, models: PageContext['models']): ChoiceQuestion | null
  /** What the templates read beside what all fields have. */
  view(input: FieldInput): Readonly<Record<string, unknown>>
}

/** Text of a value that may be missing. */
export const textOf = (value: unknown): string =>
  value === false || value === null || value === undefined ? '' : String(value)

/** A record as `web_read` answers it with its name. */
export interface Named {
  readonly id: number
  readonly display_name: string
}

/** The record that a many2one holds, or `null`. */
export const namedOf = (value: unknown): Named | null =>
  typeof value === 'object' && value !== null && 'id' in value ? (value as Named) : null

/** What is compared with the keys of choices: the id of a record, else the value. */
export const keyOf = (value: unknown): unknown => namedOf(value)?.id ?? value

/** The domain of the records that a relation offers: an expression over the record, or a list. */
export function domainOf({ attributes, description }: FieldPlace): string | null {
  if (attributes['domain']) return attributes['domain']
  if (typeof description.domain === 'string') return description.domain
  return Array.isArray(description.domain) && description.domain.length > 0 ? JSON.stringify(description.domain) : null
}

/** All records that a many2one or many2many may hold, for widgets that show them all. */
export const allRecords = (place: FieldPlace): ChoiceQuestion | null =>
  place.description.relation ? { model: place.description.relation, domain: domainOf(place) } : null

/** What a selection or many2one may be, with its label, in order. */
export function choicesOf({ place, page, value }: FieldInput): readonly Choice[] {
  const { description, name } = place
  const all: readonly Omit<Choice, 'selected'>[] = description.selection
    ? description.selection.map(([key, label]) => ({ key, label, folded: false }))
    : (page.choices?.[name] ?? []).map(({ id, display_name, folded }) => ({ key: id, label: display_name, folded }))
  const current = keyOf(value)
  return all.map((one) => ({ ...one, selected: one.key === current }))
}

export interface Choice {
  readonly key: string | number
  readonly label: string
  readonly folded: boolean
  readonly selected: boolean
}
