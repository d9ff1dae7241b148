import { ident, raw, sql } from '../../sql/fragment.ts'
import { SqliteConnection } from '../../sql/sqlite/connection.ts'
import type { DeleteRule } from '../types.ts'

/** A column that refers to a table, and what happens to its row when that one is deleted. */
interface Key {
  readonly table: string
  readonly column: string
  readonly target: string
  readonly rule: DeleteRule
}

const KEYS = raw(`
  SELECT t.name AS "table", r."from" AS "column", r."table" AS target, lower(r.on_delete) AS rule
  FROM sqlite_schema t, pragma_foreign_key_list(t.name) r WHERE t.type = 'table'`)

/** What SQLite says when a key forbids a deletion: `violation` reads the code. */
class KeyViolation extends Error {
  readonly code = 'SQLITE_CONSTRAINT_FOREIGNKEY'
}

/**
 * A connection with foreign keys switched off, so that tables can be made anew. What the keys would have done after a
 * deletion is done here, from what the tables say of them.
 */
export class UnguardedConnection extends SqliteConnection {
  #keys: readonly Key[] | undefined

  override async script(statements: readonly string[]): Promise<void> {
    this.#keys = undefined
    await super.script(statements)
  }

  override async enforceKeys(target: string): Promise<void> {
    this.#keys ??= await this.rows<Key & Record<string, unknown>>(KEYS)
    for (const key of this.#keys) if (key.target === target) await this.#enforce(key)
  }

  /** The same for all tables: after statements that may have deleted rows of any. */
  async enforceAll(): Promise<void> {
    this.#keys ??= await this.rows<Key & Record<string, unknown>>(KEYS)
    for (const target of new Set(this.#keys.map((key) => key.target))) await this.enforceKeys(target)
  }

  async #enforce({ table, column, target, rule }: Key): Promise<void> {
    const dangling = sql`${ident(column)} IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM ${ident(target)} there WHERE there.id = ${ident(table, column)})`
    switch (rule) {
      case 'cascade': {
        const gone = await this.run(sql`DELETE FROM ${ident(table)} WHERE ${dangling}`)
        if (gone > 0) await this.enforceKeys(table)
        return
      }
      case 'set null':
        await this.run(sql`UPDATE ${ident(table)} SET ${ident(column)} = NULL WHERE ${dangling}`)
        return
      default: {
        const [row] = await this.rows(sql`SELECT 1 AS found FROM ${ident(table)} WHERE ${dangling} LIMIT 1`)
        if (row)
          throw new KeyViolation(
            `FOREIGN KEY constraint failed (${table}.${column} refers to rows of ${target} that are gone)`,
          )
      }
    }
  }
}
