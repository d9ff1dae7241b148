import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { DatabaseCopy } from '../copy.ts'
import { DATABASE_IN_USE } from '../errors.ts'

const IN_USE = '55006'

/** A copy of a PostgreSQL database on the same server; nobody may be connected to the database meanwhile. @throws DATABASE_IN_USE */
export async function copyPostgres(url: string): Promise<DatabaseCopy> {
  const source = decodeURIComponent(new URL(url).pathname.slice(1))
  const name = `comptoir_copy_${randomUUID().replaceAll('-', '').slice(0, 16)}`
  try {
    await onServer(url, `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(source)}`)
  } catch (error) {
    throw (error as { code?: string }).code === IN_USE ? new DATABASE_IN_USE(source) : error
  }
  return {
    url: other(url, name),
    drop: () => onServer(url, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
  }
}

function other(url: string, name: string): string {
  const copy = new URL(url)
  copy.pathname = `/${encodeURIComponent(name)}`
  return copy.href
}

/** Runs a statement that belongs to no transaction, in the database that every server has. */
async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(other(url, 'postgres'))
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
