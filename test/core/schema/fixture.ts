import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import type { Test } from 'tap'
import { field } from '#core/fields/builders.ts'
import type { AnyModelDef, Spec } from '#core/orm/model.ts'
import { model } from '#core/orm/model.ts'
import { Registry } from '#core/orm/registry.ts'
import { raw } from '#core/sql/fragment.ts'
import type { Row } from '#core/sql/connection.ts'
import type { Database } from '#core/sql/database.ts'
import { openDatabase } from '#core/sql/open.ts'
import { postgresForTests } from '#test/postgres.ts'

type Relation = (comodel: string, options?: object) => unknown

/** `field.many2one` and `field.many2many` to models that only a test knows. */
export const many2one = field.many2one as unknown as Relation
export const many2many = field.many2many as unknown as Relation

/** A model for a test: fields by name (made with `field`), and what its spec says. */
export interface TestModel extends Spec {
  readonly fields: Readonly<Record<string, unknown>>
}

/** A registry of the models given, by name. Nobody logs who wrote what unless a spec asks for it. */
export function registryOf(models: Readonly<Record<string, TestModel>>): Registry {
  const layers = Object.entries(models).map(([name, { fields, ...spec }]) => {
    function Fields(this: object): void {
      Object.assign(this, fields)
    }
    const mixin = (Base: unknown): unknown => Base
    return model(name as never, Fields as never, { logAccess: false, ...spec }, mixin as never) as AnyModelDef
  })
  return Registry.build([{ addon: 'test', models: layers }])
}

/** Runs a test on an empty database of each kind. */
export function onBoth(t: Test, name: string, test: (t: Test, db: Database) => Promise<void>): void {
  void t.test(`${name} (SQLite)`, async (t) => test(t, await emptySqlite(t)))
  void t.test(`${name} (PostgreSQL)`, async (t) => test(t, await emptyPostgres(t)))
}

export async function emptySqlite(t: Test): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-schema-'))
  const db = await openDatabase(`sqlite:${join(folder, 'test.sqlite')}`)
  t.teardown(async () => {
    await db.close()
    rmSync(folder, { recursive: true })
  })
  return db
}

export async function emptyPostgres(t: Test): Promise<Database> {
  const server = await postgresForTests()
  const name = `schema_${randomBytes(6).toString('hex')}`
  await server.createDatabase(name)
  const db = await openDatabase(server.url(name))
  t.teardown(async () => {
    await db.close()
    await server.dropDatabase(name)
  })
  return db
}

/** Runs a statement in a transaction of its own and gives its rows. */
export async function ask(db: Database, statement: string): Promise<Row[]> {
  return db.transaction('write', (connection) => connection.rows(raw(statement)))
}
