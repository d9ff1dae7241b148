import type BetterSqlite from 'better-sqlite3'
import type { Connection, QueryListener, Row } from '../connection.ts'
import type { TypedColumn } from '../dialect.ts'
import { ident, values, type Sql } from '../fragment.ts'
import { formatDatetime } from '../../tools/dates.ts'
import { Lru } from '../../tools/lru.ts'
import { COUNT_CHANGES } from '../changes.ts'

const STATEMENTS = 500
const prepared = new WeakMap<BetterSqlite.Database, Lru<string, BetterSqlite.Statement>>()

/** Prepares a statement once per connection. */
function statement(db: BetterSqlite.Database, text: string): BetterSqlite.Statement {
  let cache = prepared.get(db)
  if (!cache) prepared.set(db, (cache = new Lru(STATEMENTS)))
  let known = cache.get(text)
  if (!known) cache.set(text, (known = db.prepare(text)))
  return known
}

function bindable(value: unknown): unknown {
  if (value === undefined) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  return value instanceof Date ? formatDatetime(value) : value
}

/** A better-sqlite3 connection inside a transaction. Statements run at once; the promises are for the common interface. */
export class SqliteConnection implements Connection {
  queries = 0
  announced: number | null = null
  listener?: QueryListener | undefined
  readonly #db: BetterSqlite.Database
  #depth = 0

  constructor(db: BetterSqlite.Database) {
    this.#db = db
  }

  async rows<R extends Row = Row>(sql: Sql): Promise<R[]> {
    return this.#timed(sql, (prepared, params) =>
      prepared.reader ? prepared.all(params) : (prepared.run(params), []),
    ) as R[]
  }

  async run(sql: Sql): Promise<number> {
    return this.#timed(sql, (prepared, params) =>
      prepared.reader ? prepared.all(params).length : prepared.run(params).changes,
    )
  }

  async insert(table: string, columns: readonly TypedColumn[], rows: readonly (readonly unknown[])[]): Promise<void> {
    const text = `INSERT INTO ${ident(table).text} (${columns.map(({ name }) => ident(name).text).join(', ')}) VALUES ${values(columns).text}`
    this.queries++
    const start = this.listener ? performance.now() : 0
    const insert = statement(this.#db, text)
    for (const row of rows) insert.run(row.map(bindable))
    this.listener?.(text, performance.now() - start)
  }

  async script(statements: readonly string[]): Promise<void> {
    for (const text of statements) this.#db.exec(text)
  }

  enforceKeys(_table: string): Promise<void> {
    return Promise.resolve()
  }

  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    const name = `sp${++this.#depth}`
    this.control(`SAVEPOINT ${name}`)
    try {
      const result = await work()
      this.control(`RELEASE ${name}`)
      return result
    } catch (error) {
      this.control(`ROLLBACK TO ${name}`)
      this.control(`RELEASE ${name}`)
      throw error
    } finally {
      this.#depth--
    }
  }

  async announce(subjects: readonly string[]): Promise<void> {
    const insert = statement(this.#db, 'INSERT INTO comptoir_change (subject, n) VALUES (?, 1)')
    for (const subject of subjects) insert.run(subject)
  }

  /** Takes the snapshot, and sees which changes it holds. */
  countChanges(): void {
    this.announced = (statement(this.#db, COUNT_CHANGES).get() as { n: number }).n
  }

  /** BEGIN, COMMIT and the like: not counted as queries. */
  control(text: string): void {
    statement(this.#db, text).run()
  }

  #timed<T>(sql: Sql, call: (prepared: BetterSqlite.Statement, params: unknown[]) => T): T {
    this.queries++
    const start = this.listener ? performance.now() : 0
    const result = call(statement(this.#db, sql.text), sql.params.map(bindable))
    this.listener?.(sql.text, performance.now() - start)
    return result
  }
}
