import { existsSync } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { ident, sql } from '../../core/sql/fragment.ts'
import { openDatabase } from '../../core/sql/open.ts'

/** Where the databases of a server are: beside the one that it serves. */
export interface Place {
  /** The URL that a database of a name has. The name has been checked. */
  url(name: string): string
  names(): Promise<string[]>
  drop(name: string): Promise<void>
  rename(from: string, to: string): Promise<void>
}

const ENDING = '.sqlite'
/** What belongs to an SQLite file. */
const COMPANIONS = ['', '-wal', '-shm', '.files']

/** The place of the database with a URL. */
export function placeOf(url: string): Place {
  return url.startsWith('sqlite:') ? sqlitePlace(resolve(url.slice('sqlite:'.length))) : postgresPlace(url)
}

/** Files in the folder of the served one. */
function sqlitePlace(served: string): Place {
  const folder = dirname(served)
  const pathOf = (name: string): string => join(folder, `${name}${ENDING}`)
  return {
    url: (name) => `sqlite:${pathOf(name)}`,
    names: async () =>
      (await readdir(folder)).filter((file) => file.endsWith(ENDING)).map((file) => basename(file, ENDING)),
    drop: async (name) => {
      for (const end of COMPANIONS) await rm(`${pathOf(name)}${end}`, { recursive: true, force: true })
    },
    rename: async (from, to) => {
      for (const end of COMPANIONS)
        if (existsSync(`${pathOf(from)}${end}`)) await rename(`${pathOf(from)}${end}`, `${pathOf(to)}${end}`)
    },
  }
}

/** Databases of the same PostgreSQL server that the same role owns. */
function postgresPlace(served: string): Place {
  const urlOf = (name: string): string => {
    const url = new URL(served)
    url.pathname = `/${name}`
    return url.href
  }
  const onServer = async <T>(work: (db: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>): Promise<T> => {
    const db = await openDatabase(urlOf('postgres'), { pool: 1 })
    try {
      return await work(db)
    } finally {
      await db.close()
    }
  }
  const filesOf = (name: string): string => join('var', 'files', name)
  return {
    url: urlOf,
    names: () =>
      onServer((db) =>
        db.transaction('read', async (connection) =>
          (
            await connection.rows<{ datname: string }>(sql`
              SELECT datname FROM pg_database
              WHERE NOT datistemplate AND datname <> 'postgres' AND pg_get_userbyid(datdba) = current_user
              ORDER BY datname`)
          ).map(({ datname }) => datname),
        ),
      ),
    // neither can be done inside a transaction
    drop: async (name) => {
      await onServer((db) => db.knex.raw(`DROP DATABASE ${ident(name).text} WITH (FORCE)`))
      await rm(filesOf(name), { recursive: true, force: true })
    },
    rename: async (from, to) => {
      await onServer((db) => db.knex.raw(`ALTER DATABASE ${ident(from).text} RENAME TO ${ident(to).text}`))
      if (existsSync(filesOf(from))) await rename(filesOf(from), filesOf(to))
    },
  }
}
