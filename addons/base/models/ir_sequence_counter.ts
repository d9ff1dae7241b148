import { ident, raw, sql, type Env } from '#core'

/** The models whose records count. */
export type CountingModel = 'ir.sequence' | 'ir.sequence.date_range'

/** Where the numbers of a record are counted. */
export interface Counter {
  /** Counts from `next` in steps of `step`, from now on. */
  begin(env: Env, model: CountingModel, id: number, next: number, step: number): Promise<void>
  /** Draws so many numbers, in order. */
  draw(env: Env, model: CountingModel, id: number, step: number, count: number): Promise<readonly number[]>
  /** Which number comes next, of each id that counts here. */
  peek(env: Env, model: CountingModel, ids: readonly number[]): Promise<ReadonlyMap<number, number>>
  /** Counts here no longer. */
  end(env: Env, model: CountingModel, ids: readonly number[]): Promise<void>
}

const tableOf = (model: CountingModel): string => model.replaceAll('.', '_')
const counterName = (model: CountingModel, id: number): string => `${tableOf(model)}_${id}`

/**
 * Counts in the column `number_next`. Drawing locks the row until the transaction ends, and undoing the transaction
 * gives the number back: no gaps, but others wait.
 */
const column: Counter = {
  async begin(env, model, id, next) {
    await env.connection.run(sql`UPDATE ${ident(tableOf(model))} SET number_next = ${next} WHERE id = ${id}`)
    env.transaction.cache.forget(model, ['number_next', 'number_next_actual'], [id])
  },
  async draw(env, model, id, step, count) {
    const [row] = await env.connection.rows<{ next: number }>(sql`
      UPDATE ${ident(tableOf(model))} SET number_next = number_next + ${step * count} WHERE id = ${id}
      RETURNING number_next AS next`)
    env.transaction.cache.forget(model, ['number_next', 'number_next_actual'], [id])
    const first = Number(row?.next) - step * count
    return Array.from({ length: count }, (_, i) => first + i * step)
  },
  async peek(env, model, ids) {
    const rows = await env.connection.rows<{ id: number; number_next: number }>(sql`
      SELECT id, number_next FROM ${ident(tableOf(model))} WHERE ${env.dialect.anyOf(ident('id'), ids)}`)
    return new Map(rows.map((row) => [row.id, row.number_next]))
  },
  async end() {
    // the column stays
  },
}

/**
 * Counts in a sequence object of the database, which no transaction waits for. A number that was drawn is never given
 * back, so there may be gaps.
 */
const object: Counter = {
  async begin(env, model, id, next, step) {
    const name = ident(counterName(model, id))
    const [from, by] = [raw(String(next)), raw(String(step))]
    await env.connection.run(sql`CREATE SEQUENCE IF NOT EXISTS ${name} AS bigint MINVALUE -9007199254740991`)
    await env.connection.run(sql`ALTER SEQUENCE ${name} INCREMENT BY ${by} START WITH ${from} RESTART WITH ${from}`)
    env.transaction.cache.forget(model, ['number_next_actual'], [id])
  },
  async draw(env, model, id, _step, count) {
    const name = `"${counterName(model, id)}"`
    const rows = await env.connection.rows<{ drawn: string }>(sql`
      SELECT nextval(${name}::regclass) AS drawn FROM generate_series(1, ${count}::integer)`)
    env.transaction.cache.forget(model, ['number_next_actual'], [id])
    return rows.map((row) => Number(row.drawn))
  },
  async peek(env, model, ids) {
    if (ids.length === 0) return new Map()
    const idOf = new Map(ids.map((id) => [counterName(model, id), id]))
    const rows = await env.connection.rows<{ name: string; next: string }>(sql`
      SELECT sequencename AS name, COALESCE(last_value + increment_by, start_value) AS next FROM pg_sequences
      WHERE schemaname = current_schema() AND ${env.dialect.anyOf(ident('sequencename'), [...idOf.keys()])}`)
    return new Map(
      rows.flatMap(({ name, next }) => {
        const id = idOf.get(name)
        return id === undefined ? [] : [[id, Number(next)] as const]
      }),
    )
  },
  async end(env, model, ids) {
    for (const id of ids) await env.connection.run(sql`DROP SEQUENCE IF EXISTS ${ident(counterName(model, id))}`)
  },
}

/**
 * Where a sequence counts: without gaps always in its column; otherwise in an object of the database, where several
 * transactions may write at once. With one writer at a time the column serves as well.
 */
export function counterOf(env: Env, implementation: 'standard' | 'no_gap'): Counter {
  return implementation === 'standard' && env.dialect.concurrentWriters ? object : column
}
