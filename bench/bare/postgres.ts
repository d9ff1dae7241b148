import pg from 'pg'
import type { TypedColumn } from '#core/sql/dialect.ts'
import { ident, join, sql } from '#core/sql/fragment.ts'
import { postgres } from '#core/sql/postgres/dialect.ts'
import type { Insertion, Recording, Replayer, Statement } from './recording.ts'

interface Prepared {
  readonly name: string
  readonly text: string
  readonly values: unknown[]
}

/** Replays on a pool; statements are prepared by name, and only what writes runs in a transaction. */
export function postgresReplayer(url: string): Replayer {
  const pool = new pg.Pool({ connectionString: url })
  let counter = 0
  const prepared = ({ text, params }: Statement): Prepared => ({
    name: `b${++counter}`,
    text: postgres.placeholders(text),
    values: [...params],
  })

  return {
    prepare({ statements, insertions, answer, writes }: Recording) {
      const inserts = insertions.map((insertion) => prepared(insertionOf(insertion)))
      const queries = inserts.length > 0 ? inserts : statements.map(prepared)
      return async () => {
        const client = await pool.connect()
        try {
          const ids: number[] = []
          if (writes) await client.query('BEGIN')
          for (const query of queries) {
            const { rows } = await client.query<{ id: number }>(query)
            if (inserts.length > 0) for (const { id } of rows) ids.push(id)
          }
          if (writes) await client.query('COMMIT')
          return inserts.length > 0 ? ids : answer
        } finally {
          client.release()
        }
      }
    },
  }
}

/** All rows in one statement: a statement per row would wait for the server 500 times. */
function insertionOf({ table, columns, rows }: Insertion): Statement {
  const names = join(
    columns.map(({ name }) => ident(name)),
    ', ',
  )
  const source = postgres.rowsTable(columns as readonly TypedColumn[], rows)
  return sql`INSERT INTO ${ident(table)} (${names}) SELECT ${names} FROM ${source} RETURNING id`
}
