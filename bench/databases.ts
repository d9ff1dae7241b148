import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '#test/postgres.ts'
import type { Dialect } from './options.ts'

/** An empty database for one run of the benchmark. */
export interface BenchDatabase {
  readonly url: string
  drop(): Promise<void>
}

const NAME = 'comptoir_bench'

/** A new SQLite file, or a PostgreSQL server of its own with an empty database. */
export async function newDatabase(dialect: Dialect): Promise<BenchDatabase> {
  if (dialect === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'comptoir-bench-'))
    return {
      url: `sqlite:${join(folder, `${NAME}.sqlite`)}`,
      drop: async () => rmSync(folder, { recursive: true }),
    }
  }
  const server = await startPostgres()
  await server.createDatabase(NAME)
  return { url: server.url(NAME), drop: () => server.stop() }
}
