import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { pdfOf, type Paper } from '../../../core/tools/pdf/pdf.ts'
import { PARAMS_INVALID } from '../../errors.ts'
import { requireSession, sessionOf } from '../../session-cookie.ts'
import { answerPage } from '../answer.ts'
import { contentDisposition } from '../file-name.ts'
import { pageCall, type PageCalls } from '../page-call.ts'

/** What the model of reports answers; an addon declares it. */
interface Reports {
  _prepare_document(report: string, ids: readonly number[]): Promise<Prepared>
  _keep_document(report: string, id: number, name: string, content: Uint8Array): Promise<void>
}
interface Prepared {
  readonly name: string
  readonly documents: readonly string[]
  readonly paper: Paper
  readonly keepAs: string | null
  readonly kept: Uint8Array | null
}

/** Records that fit into the address of a document. */
const MOST = 2000

const reportsOf = ({ env }: PageCalls): Reports => env.model('ir.actions.report') as unknown as Reports

async function prepared(
  request: FastifyRequest,
  report: string,
  ids: readonly number[],
): Promise<Prepared & { lang: string }> {
  const session = await requireSession(request)
  request.facts.call = `report.${report}`
  return pageCall(request, session, 'read', async (calls) => ({
    ...(await reportsOf(calls)._prepare_document(report, ids)),
    lang: calls.env.lang,
  }))
}

/** Laying a document out takes long: between the transaction that reads and the one that keeps it, none is open. */
async function pdf(
  request: FastifyRequest,
  report: string,
  ids: readonly number[],
): Promise<{ name: string; content: Uint8Array }> {
  const { name, documents, paper, keepAs, kept } = await prepared(request, report, ids)
  const content = kept ?? (await pdfOf(documents, name, paper))
  if (keepAs !== null) {
    const session = await requireSession(request)
    await pageCall(request, session, 'write', (calls) =>
      reportsOf(calls)._keep_document(report, ids[0] ?? 0, keepAs, content),
    )
  }
  return { name, content }
}

function idsOf(text: string): number[] {
  const ids = text.split(',').filter(Boolean).map(Number)
  if (ids.length > MOST || ids.some((id) => !Number.isSafeInteger(id) || id < 1))
    throw new PARAMS_INVALID(`the address names up to ${MOST} records by their ids, separated by commas`)
  return [...new Set(ids)]
}

function sendPdf(
  reply: FastifyReply,
  { name, content }: { name: string; content: Uint8Array },
  kind: 'inline' | 'attachment',
): FastifyReply {
  return reply
    .type('application/pdf')
    .header('content-disposition', contentDisposition(`${name}.pdf`, kind))
    .header('cache-control', 'private, no-cache')
    .send(Buffer.from(content))
}

interface Place {
  readonly Params: { readonly name: string; readonly ids: string }
}

/** `/report`: documents of records, as pages and as PDF. `name` is the name of a report's template, or its id. */
export async function reportRoutes(app: FastifyInstance): Promise<void> {
  app.get<Place>('/report/html/:name/:ids', async (request, reply) => {
    const { name, ids } = request.params
    const document = await prepared(request, name, idsOf(ids))
    return answerPage(request, reply, {
      title: document.name,
      lang: document.lang,
      bodyClass: 'o_report',
      body: { template: 'frame/report', documents: document.documents },
    })
  })
  app.get<Place>('/report/pdf/:name/:ids', async (request, reply) => {
    if (!(await sessionOf(request))) return reply.redirect(`/web/login?redirect=${encodeURIComponent(request.url)}`)
    const { name, ids } = request.params
    return sendPdf(reply, await pdf(request, name, idsOf(ids)), 'inline')
  })
  for (const method of ['GET', 'POST'] as const) {
    app.route<{ Querystring: { data?: string }; Body: { data?: string } | null }>({
      method,
      url: '/report/download',
      handler: async (request, reply) => {
        const [name, ids] = downloaded(request.body?.data ?? request.query.data)
        return sendPdf(reply, await pdf(request, name, idsOf(ids)), 'attachment')
      },
    })
  }
}

/** The parameter `data` of downloads: JSON of the address and the kind, `["/report/pdf/base.partner_sheet/3,4", "qweb-pdf"]`. */
function downloaded(data: string | undefined): [name: string, ids: string] {
  let parsed: unknown
  try {
    parsed = JSON.parse(data ?? '')
  } catch {
    throw new PARAMS_INVALID('data is not JSON')
  }
  const [address, kind] = Array.isArray(parsed) ? (parsed as unknown[]) : []
  const [, name, ids] = /^\/report\/pdf\/([\w.-]+)\/([\d,]+)$/.exec(String(address)) ?? []
  if (name === undefined || ids === undefined || kind !== 'qweb-pdf')
    throw new PARAMS_INVALID('data is a list of the address of a PDF and qweb-pdf')
  return [name, ids]
}
