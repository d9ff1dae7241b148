/*
 * What a data file says, read but not yet carried out: nothing here knows a database.
 */

/** How the value of a field, or an argument of a function, is written. */
export type Content =
  /** Text, converted as the field asks for. */
  | { readonly form: 'text'; readonly text: string }
  /** A text of a stated type. */
  | { readonly form: 'typed'; readonly type: 'char' | 'int' | 'float' | 'file'; readonly text: string }
  /** The id of the record with an external id. */
  | { readonly form: 'ref'; readonly id: string }
  /** The ids of the records with these external ids. */
  | { readonly form: 'refs'; readonly ids: readonly string[] }
  /** A Python expression; `obj()` in it is a record of `model`. */
  | { readonly form: 'eval'; readonly source: string; readonly model: string | null }
  /** Records that a domain finds, by a field of theirs (`id` unless stated). */
  | { readonly form: 'search'; readonly domain: string; readonly model: string | null; readonly use: string }
  /** Markup as it stands; `%(external.id)d` in it becomes an id; `line` is that of its first element. */
  | { readonly form: 'markup'; readonly text: string; readonly line: number }
  /** The content of a file of the addon, as base64 or as text. */
  | { readonly form: 'content'; readonly file: string; readonly base64: boolean }
  | { readonly form: 'list'; readonly items: readonly Content[] }
  /** Records of a one2many, which get the record as their parent. */
  | { readonly form: 'records'; readonly records: readonly RecordStep[] }

export interface FieldStep {
  readonly line: number
  readonly name: string
  readonly content: Content
}

/** `<record>`: creates the record, or writes it when its external id is known. */
export interface RecordStep {
  readonly kind: 'record'
  readonly line: number
  readonly id: string | null
  readonly model: string
  /** Whether it is created in an upgrade when it is not there. */
  readonly forcecreate: boolean
  /** Whether upgrades leave it as people changed it. */
  readonly noupdate: boolean
  /** The context of its creation, as an expression. */
  readonly context: string | null
  readonly fields: readonly FieldStep[]
}

/** `<delete>`: deletes the record with an external id, or those that a domain finds. */
export interface DeleteStep {
  readonly kind: 'delete'
  readonly line: number
  readonly model: string
  readonly noupdate: boolean
  readonly id: string | null
  readonly search: string | null
}

/** `<function>`: calls a method. */
export interface FunctionStep {
  readonly kind: 'function'
  readonly line: number
  readonly model: string
  readonly name: string
  readonly noupdate: boolean
  readonly context: string | null
  /** An expression that gives the list of arguments, or … */
  readonly eval: string | null
  /** … each of them. */
  readonly args: readonly Content[]
}

export type Step = RecordStep | DeleteStep | FunctionStep

/** What holds for all steps of a part of a file. */
export interface Surroundings {
  readonly noupdate: boolean
  /** An expression that gives a dict, or null. */
  readonly context: string | null
}
