import { basename } from 'node:path'
import { parseCsv } from '../tools/csv.ts'
import { DATA_SYNTAX } from './errors.ts'
import type { Content, FieldStep, RecordStep } from './steps.ts'

/** `data/res.country.csv` and `res.country-extra.csv` hold records of `res.country`. */
export function modelOfFile(file: string): string {
  return basename(file)
    .replace(/\.csv$/, '')
    .replace(/-.*$/, '')
}

/** One column: the field, and how its cells are written. */
interface Column {
  readonly field: string
  readonly as: 'text' | 'refs' | 'id'
}

function columnOf(header: string): Column {
  const [, field = '', suffix] = /^(\.?[a-z0-9_]+)(?:[/:](\.?id))?$/i.exec(header.trim()) ?? []
  return { field, as: suffix === 'id' ? 'refs' : suffix === '.id' ? 'id' : 'text' }
}

/**
 * Reads a CSV file with external ids: its header names `id` and fields, `field/id` for external ids of relations
 * (several with commas), `field/.id` for database ids. An empty cell says nothing.
 * @throws DATA_SYNTAX, CSV_MALFORMED
 */
export function readCsvFile(text: string, file: string, noupdate = false): RecordStep[] {
  const [header, ...rows] = parseCsv(text, file).rows
  if (!header) return []
  const columns = header.cells.map(columnOf)
  const wrong = columns.findIndex((column) => column.field === '')
  if (wrong >= 0) throw new DATA_SYNTAX({ file, line: header.line }, `'${header.cells[wrong]}' is no field in a header`)
  const model = modelOfFile(file)
  return rows.map(({ line, cells }) => {
    if (cells.length !== columns.length) {
      throw new DATA_SYNTAX({ file, line }, `the row has ${cells.length} cells, the header ${columns.length}`)
    }
    const fields: FieldStep[] = []
    let id: string | null = null
    for (const [i, { field, as }] of columns.entries()) {
      const cell = cells[i] as string
      if (field === 'id' && as === 'text') id = cell.trim() || null
      else if (cell !== '') fields.push({ line, name: field, content: contentOf(cell, as) })
    }
    return { kind: 'record', line, id, model, forcecreate: true, noupdate, context: null, fields }
  })
}

function contentOf(cell: string, as: Column['as']): Content {
  if (as === 'refs')
    return {
      form: 'refs',
      ids: cell
        .split(',')
        .map((id) => id.trim())
        .filter(Boolean),
    }
  return as === 'id' ? { form: 'typed', type: 'int', text: cell } : { form: 'text', text: cell }
}
