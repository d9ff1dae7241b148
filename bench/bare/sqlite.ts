import BetterSqlite from 'better-sqlite3'
import { registerFunctions } from '#core/sql/sqlite/functions.ts'
import type { Insertion, Recording, Replayer } from './recording.ts'

/** Replays on one connection with the settings of the product; statements are prepared once. */
export function sqliteReplayer(path: string): Replayer {
  const db = new BetterSqlite(path)
  registerFunctions(db)
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = NORMAL',
    'foreign_keys = ON',
    'temp_store = MEMORY',
    'cache_size = -8000',
  ]) {
    db.pragma(pragma)
  }

  const inserter = ({ table, columns, rows }: Insertion): (() => number[]) => {
    const names = columns.map(({ name }) => `"${name}"`).join(', ')
    const insert = db.prepare(`INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`)
    return () => rows.map((row) => Number(insert.run(row).lastInsertRowid))
  }

  return {
    prepare({ statements, insertions, answer, writes }: Recording) {
      if (insertions.length > 0) {
        const inserters = insertions.map(inserter)
        return db.transaction(() => inserters.flatMap((insert) => insert()))
      }
      const prepared = statements.map(({ text, params }) => [db.prepare(text), params] as const)
      const replay = (): unknown => {
        for (const [statement, params] of prepared) {
          if (statement.reader) statement.all(params)
          else statement.run(params)
        }
        return answer
      }
      return writes ? db.transaction(replay) : replay
    },
  }
}
