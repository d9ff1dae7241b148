import { CsvError, parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { CSV_MALFORMED } from './errors.ts'

/** One record of a CSV text: its cells, and the line (from 1) on which it starts. */
export interface CsvRow {
  readonly line: number
  readonly cells: string[]
}

/** What a cell may be written from; null and undefined give an empty cell. */
export type CsvCell = string | number | boolean | bigint | null | undefined

/** What csv-parse gives for a record with `raw`: the cells, and the text they were read from with its line end. */
interface RawRow {
  readonly record: string[]
  readonly raw: string
}

/**
 * Records of a CSV text; quoted cells may hold line breaks, empty lines are skipped, a byte order mark is ignored.
 * Rows may differ in length. A broken quote raises CSV_MALFORMED with its line; `file` names
 * the text in it.
 */
export function parseCsv(text: string, file = 'CSV'): { rows: CsvRow[] } {
  const rows: CsvRow[] = []
  let line = 1
  for (const { record, raw } of records(text, file)) {
    if (raw.trim() !== '') rows.push({ line, cells: record })
    line += lineBreaks(raw)
  }
  return { rows }
}

/** CSV text of rows, with `\n` at the end of each; a cell is quoted where it must be. */
export function formatCsv(rows: readonly (readonly CsvCell[])[]): string {
  return stringify(
    rows.map((row) => row.map(cellText)),
    { record_delimiter: 'unix' },
  )
}

function records(text: string, file: string): RawRow[] {
  try {
    return parse(text, {
      bom: true,
      raw: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    }) as unknown as RawRow[] // the declared type of `parse` does not know `raw`
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = error['lines']
    throw new CSV_MALFORMED(file, typeof line === 'number' ? line : 1, error.message)
  }
}

function lineBreaks(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0
}

function cellText(value: CsvCell): string {
  return String(value ?? '')
}
