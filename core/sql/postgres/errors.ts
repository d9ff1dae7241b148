import type { Violation } from '../connection.ts'

const CODES: Record<string, Violation['kind']> = {
  '23505': 'unique',
  '23503': 'foreign',
  '23001': 'foreign',
  '23502': 'required',
  '23514': 'check',
  '40001': 'conflict',
  '40P01': 'conflict',
  '55P03': 'conflict',
  '22003': 'range',
  '22021': 'range',
  '54000': 'range',
  '25006': 'readonly',
  '42P01': 'no table',
}

/** Reads an error of PostgreSQL by its SQLSTATE. */
export function postgresViolation(error: unknown): Violation {
  const { code, constraint, table, column } = error as Record<string, string | undefined>
  return {
    kind: CODES[code ?? ''] ?? 'other',
    ...(constraint ? { constraint } : {}),
    ...(table ? { table } : {}),
    ...(column ? { columns: [column] } : {}),
  }
}
