import type pg from 'pg'
import type { Connection, QueryListener, Row } from '../connection.ts'
import type { TypedColumn } from '../dialect.ts'
import { ident, join, sql as fragment, type Sql } from '../fragment.ts'
import { formatDatetime } from '../../tools/dates.ts'
import { Lru } from '../../tools/lru.ts'
import { CHANGES_CHANNEL, COUNT_CHANGES } from '../changes.ts'
import { postgres } from './dialect.ts'

/** Statement text -> its text with `$n`, and the name under which the server keeps it prepared. */
const statements = new Lru<string, { text: string; name: string }>(1000)
let counter = 0

function statement(text: string): { text: string; name: string } {
  let known = statements.get(text)
  if (!known) statements.set(text, (known = { text: postgres.placeholders(text), name: `s${++counter}` }))
  return known
}

function bindable(value: unknown): unknown {
  if (value === undefined) return null
  return value instanceof Date ? formatDatetime(value) : value
}

/** A PostgreSQL connection inside a transaction. */
export class PostgresConnection implements Connection {
  queries = 0
  announced: number | null = null
  listener?: QueryListener | undefined
  readonly #client: pg.PoolClient
  #depth = 0

  constructor(client: pg.PoolClient) {
    this.#client = client
  }

  async rows<R extends Row = Row>(sql: Sql): Promise<R[]> {
    return (await this.#query(sql)).rows as R[]
  }

  async run(sql: Sql): Promise<number> {
    return (await this.#query(sql)).rowCount ?? 0
  }

  async insert(table: string, columns: readonly TypedColumn[], rows: readonly (readonly unknown[])[]): Promise<void> {
    const names = join(
      columns.map(({ name }) => ident(name)),
      ', ',
    )
    const bound = rows.map((row) => row.map(bindable))
    await this.run(
      fragment`INSERT INTO ${ident(table)} (${names}) SELECT ${names} FROM ${postgres.rowsTable(columns, bound)}`,
    )
  }

  async script(statements: readonly string[]): Promise<void> {
    if (statements.length > 0) await this.#client.query(statements.join(';\n'))
  }

  enforceKeys(_table: string): Promise<void> {
    return Promise.resolve()
  }

  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    const name = `sp${++this.#depth}`
    await this.control(`SAVEPOINT ${name}`)
    try {
      const result = await work()
      await this.control(`RELEASE ${name}`)
      return result
    } catch (error) {
      await this.control(`ROLLBACK TO ${name}`)
      await this.control(`RELEASE ${name}`)
      throw error
    } finally {
      this.#depth--
    }
  }

  async announce(subjects: readonly string[]): Promise<void> {
    await this.#client.query('INSERT INTO comptoir_change (subject, n) SELECT unnest($1::text[]), 1', [subjects])
    await this.control(`NOTIFY ${CHANGES_CHANNEL}`)
  }

  /** BEGIN, COMMIT and the like: not counted as queries. */
  async control(text: string): Promise<void> {
    await this.#client.query(text)
  }

  /** The same with a last statement that counts the announced changes: no further way to the server and back. */
  async controlAndCount(text: string): Promise<void> {
    // several statements in one text have several results, which the types of pg do not tell
    const results = (await this.#client.query(`${text}; ${COUNT_CHANGES}`)) as unknown as pg.QueryResult<{
      n: number
    }>[]
    this.announced = results.at(-1)?.rows[0]?.n ?? 0
  }

  async #query(sql: Sql): Promise<pg.QueryResult> {
    this.queries++
    const start = this.listener ? performance.now() : 0
    const result = await this.#client.query({ ...statement(sql.text), values: sql.params.map(bindable) })
    this.listener?.(sql.text, performance.now() - start)
    return result
  }
}
