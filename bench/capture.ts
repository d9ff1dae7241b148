import type { Runtime } from '#core/runtime.ts'
import type { Connection } from '#core/sql/connection.ts'
import type { Sql } from '#core/sql/fragment.ts'
import { formatDatetime } from '#core/tools/dates.ts'
import { callMethod, type MethodRequest } from '#core/wire/dispatch.ts'
import type { Insertion, Recording, Statement } from './bare/recording.ts'
import type { Operation, Sample } from './operations.ts'

/** A recording, and the number of statements of the call. */
export interface Capture {
  readonly recording: Recording
  readonly queries: number
}

/** A call that inserts more rows than this is compared with bare inserts. */
const MANY_ROWS = 100

/**
 * Runs an operation twice, so that what is read once per process is known, and records the second run: its statements
 * with their parameters and its result.
 */
export async function capture(runtime: Runtime, uid: number, operation: Operation, sample: Sample): Promise<Capture> {
  const { model, method, kwargs = {} } = operation
  const request = (run: number): MethodRequest => ({ uid, model, method, args: operation.args(sample, run), kwargs })
  await callMethod(runtime, request(-2))
  const tape = new Tape()
  const { result, queries } = await tape.record(runtime, () => callMethod(runtime, request(-1)))
  const many = tape.insertions.filter(({ rows }) => rows.length > MANY_ROWS)
  return { recording: { writes: tape.writes, statements: tape.statements, insertions: many, answer: result }, queries }
}

/** What went over the connections of a runtime while it was recorded. */
class Tape {
  readonly statements: Statement[] = []
  readonly insertions: Insertion[] = []
  writes = false

  /** Puts itself between the database and its connections for as long as the work runs. */
  async record<T>(runtime: Runtime, work: () => Promise<T>): Promise<T> {
    const { db } = runtime
    const transaction = db.transaction.bind(db)
    db.transaction = (mode, inner, alone) => {
      this.writes ||= mode === 'write'
      return transaction(mode, (connection) => inner(this.#listenTo(connection)), alone)
    }
    try {
      return await work()
    } finally {
      db.transaction = transaction
    }
  }

  #listenTo(connection: Connection): Connection {
    const rows = connection.rows.bind(connection)
    const run = connection.run.bind(connection)
    const insert = connection.insert.bind(connection)
    const keep = ({ text, params }: Sql): void => {
      this.statements.push({ text, params: params.map(plain) })
    }
    let inserting = false
    connection.rows = (statement) => {
      keep(statement)
      return rows(statement)
    }
    connection.run = (statement) => {
      if (!inserting) keep(statement) // an insertion may be built on it
      return run(statement)
    }
    connection.insert = async (table, columns, list) => {
      const kept = columns.flatMap(({ name }, i) => (name === 'id' ? [] : [i]))
      this.insertions.push({
        table,
        columns: kept.flatMap((i) => columns[i] ?? []),
        rows: list.map((row) => kept.map((i) => plain(row[i]))),
      })
      inserting = true
      await insert(table, columns, list).finally(() => (inserting = false))
    }
    return connection
  }
}

/** A parameter as JSON can carry it and both drivers take it. */
function plain(value: unknown): unknown {
  if (value === undefined) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  return value instanceof Date ? formatDatetime(value) : value
}
