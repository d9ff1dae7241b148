/** One statement as the product sent it: SQL with `?`, and parameters that JSON can carry. */
export interface Statement {
  readonly text: string
  readonly params: readonly unknown[]
}

/** Rows that were inserted, without their ids: the bare route lets the database number them. */
export interface Insertion {
  readonly table: string
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly unknown[])[]
}

/** What one call did, for a route that does the same and nothing else. */
export interface Recording {
  readonly writes: boolean
  /** In order; of a call that inserts many rows only the insertions are replayed. */
  readonly statements: readonly Statement[]
  readonly insertions: readonly Insertion[]
  /** The result of the call: the bare route need not make it, only turn it into text. Unused by insertions. */
  readonly answer: unknown
}

/** What a bare server is started with: the database and its routes. */
export interface BareConfig {
  readonly url: string
  readonly recordings: Readonly<Record<string, Recording>>
}

/** Does on a database what recordings say. */
export interface Replayer {
  /** Gives the function that does what one recording says, and answers the ids of its insertions or its answer. */
  prepare(recording: Recording): () => unknown
}
