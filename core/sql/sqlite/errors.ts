import type { Violation } from '../connection.ts'

const CODES: Record<string, Violation['kind']> = {
  SQLITE_CONSTRAINT_UNIQUE: 'unique',
  SQLITE_CONSTRAINT_PRIMARYKEY: 'unique',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'foreign',
  SQLITE_CONSTRAINT_TRIGGER: 'foreign',
  SQLITE_CONSTRAINT_NOTNULL: 'required',
  SQLITE_CONSTRAINT_CHECK: 'check',
  SQLITE_BUSY: 'conflict',
  SQLITE_BUSY_SNAPSHOT: 'conflict',
  SQLITE_LOCKED: 'conflict',
  SQLITE_READONLY: 'readonly',
  SQLITE_TOOBIG: 'range',
}

/** Reads an error of better-sqlite3: its code, and the table, columns or constraint that its message names. */
export function sqliteViolation(error: unknown): Violation {
  const { code, message } = error as { code?: string; message?: string }
  const kind = CODES[code ?? ''] ?? (message?.startsWith('no such table') ? 'no table' : 'other')
  const index = /index '([^']+)'/.exec(message ?? '')?.[1]
  if (index) return { kind, constraint: index }
  const named = /constraint failed: (.+)$/.exec(message ?? '')?.[1]
  if (!named) return { kind }
  if (kind === 'check') return { kind, constraint: named }
  const columns = named.split(', ').map((column) => column.slice(column.indexOf('.') + 1))
  return { kind, table: named.slice(0, named.indexOf('.')), columns }
}
