import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { introspect, updateSchema } from '../schema/index.ts'
import type { Schema } from '../schema/types.ts'
import { CHANGES_TABLE } from '../sql/changes.ts'
import type { Connection } from '../sql/connection.ts'
import type { Database } from '../sql/database.ts'
import { ident, join as joined, raw, sql } from '../sql/fragment.ts'

const STRUCTURE = 'structure.json'
const CHUNK = 1000

/** A sequence as the catalogue tells it; `last` is null before its first number. */
interface Sequence {
  readonly name: string
  readonly step: number
  readonly last: number | null
}

interface Structure {
  readonly schema: Schema
  readonly sequences: readonly Sequence[]
}

/** Saves structure and rows out of one snapshot: a file of JSON lines for each table. */
export async function savePostgres(db: Database, folder: string): Promise<void> {
  await mkdir(join(folder, 'tables'))
  await db.transaction('read', async (connection) => {
    const whole = await introspect(db, connection)
    // what processes announce to each other begins anew
    const schema = { ...whole, tables: new Map([...whole.tables].filter(([name]) => name !== CHANGES_TABLE)) }
    for (const table of schema.tables.keys()) {
      await pipeline(Readable.from(lines(connection, table)), createWriteStream(tableFile(folder, table)))
    }
    // after the rows: a sequence knows no snapshot and only ever counts on
    const sequences = await connection.rows(
      raw(`
      SELECT sequencename AS name, increment_by AS step, last_value AS last FROM pg_sequences WHERE schemaname = current_schema()`),
    )
    await writeFile(join(folder, STRUCTURE), JSON.stringify({ schema, sequences }, mapsAsLists))
  })
}

async function* lines(connection: Connection, table: string): AsyncGenerator<string> {
  await connection.run(sql`DECLARE saved NO SCROLL CURSOR FOR SELECT to_json(t)::text AS line FROM ${ident(table)} t`)
  for (;;) {
    const rows = await connection.rows<{ line: string }>(raw(`FETCH ${CHUNK} FROM saved`))
    if (rows.length === 0) break
    yield rows.map(({ line }) => `${line}\n`).join('')
  }
  await connection.run(raw('CLOSE saved'))
}

/** Fills an empty database: tables, then their rows, then what must hold between them. */
export async function fillPostgres(db: Database, folder: string): Promise<void> {
  const { schema, sequences } = JSON.parse(await readFile(join(folder, STRUCTURE), 'utf8'), listsAsMaps) as Structure
  await updateSchema(db, { ...schema, tables: withoutReferences(schema) })
  await db.transaction(
    'write',
    async (connection) => {
      for (const table of schema.tables.values())
        await load(connection, table.name, [...table.columns.keys()], tableFile(folder, table.name))
      for (const sequence of sequences) await proceed(connection, sequence)
    },
    true,
  )
  await updateSchema(db, schema)
  await db.knex.raw('ANALYZE')
}

function withoutReferences({ tables }: Schema): Schema['tables'] {
  return new Map(
    [...tables].map(([name, table]) => {
      const columns = new Map([...table.columns].map(([column, facts]) => [column, { ...facts, references: null }]))
      return [name, { ...table, columns }]
    }),
  )
}

async function load(connection: Connection, table: string, columns: readonly string[], file: string): Promise<void> {
  const names = joined(
    columns.map((name) => ident(name)),
    ', ',
  )
  let waiting: string[] = []
  const insert = async (): Promise<void> => {
    const rows = `[${waiting.join(',')}]`
    waiting = []
    await connection.run(
      sql`INSERT INTO ${ident(table)} (${names}) SELECT ${names} FROM json_populate_recordset(NULL::${ident(table)}, ${rows}::json)`,
    )
  }
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (waiting.push(line) >= CHUNK) await insert()
  }
  if (waiting.length > 0) await insert()
}

/** Has a sequence go on where it was. */
async function proceed(connection: Connection, { name, step, last }: Sequence): Promise<void> {
  await connection.run(raw(`CREATE SEQUENCE IF NOT EXISTS ${ident(name).text} INCREMENT BY ${Number(step)}`))
  if (last !== null) await connection.rows(sql`SELECT setval(${ident(name).text}, ${last})`)
}

const tableFile = (folder: string, table: string): string =>
  join(folder, 'tables', `${encodeURIComponent(table)}.jsonl`)

const mapsAsLists = (_key: string, value: unknown): unknown => (value instanceof Map ? { $map: [...value] } : value)

function listsAsMaps(_key: string, value: unknown): unknown {
  const isMap = typeof value === 'object' && value !== null && '$map' in value
  return isMap ? new Map(value.$map as [string, unknown][]) : value
}
