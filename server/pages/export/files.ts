import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { formatCsv, type CsvCell } from '../../../core/tools/csv.ts'
import { guardFormula } from '../../../core/tools/sheet/guard.ts'
import { type SheetColumn, type SheetRow, XLSX_MAX_ROWS, xlsxStream } from '../../../core/tools/sheet/xlsx-write.ts'
import type { Session } from '../../../core/security/sessions.ts'
import { translator } from '../../../views/translate.ts'
import { EXPORT_TOO_LONG } from '../../errors.ts'
import { contentDisposition } from '../file-name.ts'
import { pageCall } from '../page-call.ts'
import { sheetColumns } from './columns.ts'
import { framed } from './frames.ts'
import type { ExportRequest } from './request.ts'
import { exportedRows, type ExportedRows } from './rows.ts'

export type ExportFormat = 'csv' | 'xlsx'

const TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Answers with a file that is written while it is read from the database. */
export async function sendExport(
  request: FastifyRequest,
  reply: FastifyReply,
  session: Session,
  asked: ExportRequest,
  { format, isFramed }: { format: ExportFormat; isFramed: boolean },
): Promise<FastifyReply> {
  const { columns, title, lang } = await pageCall(request, session, 'read', async ({ env }) => ({
    columns: sheetColumns(env, asked),
    title: env.registry.get(asked.model).description ?? asked.model,
    lang: env.lang,
  }))
  const rows = await exportedRows(request, session, asked)
  if (format === 'xlsx' && rows.total >= XLSX_MAX_ROWS) throw new EXPORT_TOO_LONG(rows.total, XLSX_MAX_ROWS - 1)
  // what is refused is refused before the file begins
  const { parts, done } = counted(await begun(rows))
  const file =
    format === 'csv'
      ? Readable.from(csvText(columns, parts), { objectMode: false })
      : (xlsxStream({
          name: title,
          columns,
          parts,
          tooLong: translator(lang)('Too long for a spreadsheet: export as CSV.'),
        }) as Readable)
  reply.header('content-disposition', contentDisposition(`${title} (${asked.model}).${format}`, 'attachment'))
  reply.header('x-export-records', String(rows.total))
  if (!isFramed) return reply.type(TYPES[format]).send(file)
  return reply.type('application/octet-stream').send(Readable.from(framed(file, done), { objectMode: false }))
}

/** The same rows with the first part read already. */
async function begun({ parts, total }: ExportedRows): Promise<ExportedRows> {
  const first = await parts.next()
  return {
    total,
    parts: (async function* () {
      if (!first.done) yield first.value
      yield* parts
    })(),
  }
}

function counted({ parts }: ExportedRows): { parts: AsyncGenerator<readonly SheetRow[]>; done: () => number } {
  let count = 0
  return {
    done: () => count,
    parts: (async function* () {
      for await (const part of parts) {
        yield part
        count += part.filter(({ isHead }) => !isHead).length
      }
    })(),
  }
}

async function* csvText(
  columns: readonly SheetColumn[],
  parts: AsyncIterable<readonly SheetRow[]>,
): AsyncGenerator<string> {
  // the mark tells spreadsheets that the file is UTF-8
  yield `\ufeff${formatCsv([columns.map(({ label }) => guardFormula(label))])}`
  for await (const part of parts) yield formatCsv(part.map(({ cells }) => cells.map(csvCell)))
}

function csvCell(value: unknown): CsvCell {
  if (typeof value === 'string') return guardFormula(value)
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : (value as CsvCell)
}
