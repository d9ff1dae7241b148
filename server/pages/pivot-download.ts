import type { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { type SheetColumn, type SheetRow, xlsxStream } from '../../core/tools/sheet/xlsx-write.ts'
import { parseSearch } from '../../views/types/search/state.ts'
import { valueOf } from '../../views/types/figures/measures.ts'
import { columnsOf, labelOf, sortedRows, type PivotInput } from '../../views/types/pivot/view-model.ts'
import { requireSession } from '../session-cookie.ts'
import { actionOf, givenAction } from './action.ts'
import { parseAddress } from './address.ts'
import { contentDisposition } from './file-name.ts'
import { PIVOT_DOWNLOAD, readPivot } from './kinds/pivot.ts'
import { viewRequest } from './multi-page.ts'
import { pageCall } from './page-call.ts'

/** `/web/pivot/xlsx?path=…`: the pivot of an address as a spreadsheet, with its groups to fold. */
export async function pivotDownload(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { path?: string } }>(PIVOT_DOWNLOAD, async (request, reply) => {
    const session = await requireSession(request)
    const url = new URL(request.query.path ?? '', 'http://localhost')
    const { name, input } = await pageCall(request, session, 'read', async (calls) => {
      const steps = parseAddress(url.pathname)
      const state = { ...parseSearch(url.searchParams), view: 'pivot' }
      const action = givenAction(await actionOf(calls, steps.at(-1) ?? {}), state.given)
      return { name: action.name, input: await readPivot(await viewRequest(calls, action, steps, state)) }
    })
    const sheet = sheetOf(input)
    reply.header('content-disposition', contentDisposition(`${name}.xlsx`, 'attachment'))
    return reply
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .send(xlsxStream({ name, ...sheet, parts: once(sheet.rows), tooLong: '…' }) as Readable)
  })
}

/** The table of a pivot as rows of a sheet: numbers as numbers, groups as deep as they stand. */
export function sheetOf(input: PivotInput): { columns: readonly SheetColumn[]; rows: readonly SheetRow[] } {
  const { cells, cols, page, state } = input
  const { measures } = state
  const columns = columnsOf(cols)
  const heads = columns.flatMap((column) =>
    measures.map(({ label, field, operator }): SheetColumn => {
      const groups = column.values.map((value) => value.label)
      const digits =
        field && operator !== 'count_distinct' && field.type !== 'integer' ? (field.digits || [16, 2])[1] : null
      return {
        label: [...(groups.length > 0 ? groups : [page.translate('Total')]), label].join(' › '),
        kind: 'number',
        ...(digits === null ? {} : { digits }),
      }
    }),
  )
  const rows = sortedRows(input).map((node): SheetRow => ({
    depth: node.level,
    isHead: node.isOpen,
    cells: [
      labelOf(node, page),
      ...columns.flatMap(({ path }) =>
        measures.map((measure, i) => {
          const group = cells.at(node.path, path)
          return group ? valueOf(group, measure, i) : null
        }),
      ),
    ],
  }))
  return { columns: [{ label: '', kind: 'text' }, ...heads], rows }
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value
}
