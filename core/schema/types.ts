/*
 * A database schema as plain data: what models ask for (`desired.ts`) and what a database has (`introspect.ts`)
 * are described in the same words, so that a plan is the difference between two values.
 */

export type DialectName = 'sqlite' | 'postgres'

/** What happens to a row when the row that it points to is deleted. */
export type DeleteRule = 'set null' | 'restrict' | 'cascade' | 'no action'

/** A foreign key of one column to the `id` of another table. */
export interface Reference {
  /** Name of the constraint; SQLite does not tell it, there it is empty. */
  readonly name: string
  readonly table: string
  readonly onDelete: DeleteRule
}

export interface Column {
  readonly name: string
  /** The database's own name of the type, lower case: `integer`, `timestamp(0)`. */
  readonly type: string
  readonly notNull: boolean
  readonly references: Reference | null
  /** SQL of the value that rows get which exist before the column does; only in a desired schema. */
  readonly fill: string | null
  /** SQL of the default value in the table's definition; only of columns that no model declares. */
  readonly default: string | null
  /** Names that it had before; only in a desired schema. */
  readonly renamedFrom?: readonly string[]
}

/** A constraint of a table. On SQLite a unique constraint is an index instead. */
export interface Constraint {
  readonly name: string
  readonly kind: 'unique' | 'check'
  /** What follows the key word, in parentheses and on one line: `(name, country_id)`, `(amount >= 0)`. */
  readonly definition: string
  /** Whether models declare it; if not, a person made it by hand. */
  readonly ours: boolean
}

export interface Index {
  readonly name: string
  readonly unique: boolean
  /** What follows `ON table`, on one line: `("name")`, `USING gin (…)`, `("a") WHERE "a" IS NOT NULL`. */
  readonly definition: string
  /** The extension that the definition needs, and the definition to take where the database has none. */
  readonly needs: { readonly extension: string; readonly otherwise: string } | null
  /** Whether models declare it; if not, a person made it by hand. */
  readonly ours: boolean
}

export interface Table {
  readonly name: string
  readonly columns: ReadonlyMap<string, Column>
  /** `['id']`, or both columns of a relation table. */
  readonly primaryKey: readonly string[]
  readonly constraints: ReadonlyMap<string, Constraint>
  readonly indexes: ReadonlyMap<string, Index>
  /** Names that it had before; only in a desired schema. */
  readonly renamedFrom?: readonly string[]
}

export interface View {
  readonly name: string
  /** The query, as written. */
  readonly sql: string
}

export interface Schema {
  readonly dialect: DialectName
  /** Whether it describes all that should be there; if not, what it does not mention is nobody's business. */
  readonly complete: boolean
  readonly tables: ReadonlyMap<string, Table>
  readonly views: ReadonlyMap<string, View>
  /** Functions by name, with a digest of their body. */
  readonly functions: ReadonlyMap<string, string>
  /** Extensions that are installed, or that this user may install; only in the schema of a database. */
  readonly extensions: ReadonlyMap<string, 'installed' | 'available'>
}

/** A condition that rows must meet before a step: no value of the column may be empty. */
export interface RequiredCheck {
  readonly table: string
  readonly column: string
  /** SQL that counts the offending rows as `rows`. */
  readonly sql: string
}

export interface Step {
  /** One line for people. */
  readonly describes: string
  /** Statements, run in order. */
  readonly sql: readonly string[]
  /** Whether data is lost. */
  readonly destructive: boolean
  /** Looked at before `sql` runs. */
  readonly checks: readonly RequiredCheck[]
  /** Tables whose foreign keys the database does not verify by itself in this step, so that it must be asked to. */
  readonly verify: readonly string[]
}

export interface Plan {
  readonly steps: readonly Step[]
  /** What is in the database but declared nowhere: `table old_thing`, `column res_partner.fax`. */
  readonly leftAlone: readonly string[]
}
