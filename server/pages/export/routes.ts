import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { PARAMS_INVALID } from '../../errors.ts'
import { jsonRpcRoute, type Handler } from '../../json-rpc.ts'
import { requireSession } from '../../session-cookie.ts'
import { validator } from '../../validate.ts'
import { checkCsrf } from '../csrf.ts'
import { pageCall, type PageCalls } from '../page-call.ts'
import { columnLabels, exportFields, type FieldQuestion, searchExportFields } from './fields.ts'
import { type ExportFormat, sendExport } from './files.ts'
import { readExportRequest } from './request.ts'

const FORMATS: readonly ExportFormat[] = ['xlsx', 'csv']

const TEXT = { type: 'string', maxLength: 300 }

const fieldsParams = validator<FieldQuestion>(
  {
    type: 'object',
    required: ['model'],
    properties: {
      model: TEXT,
      prefix: TEXT,
      parent_name: { type: 'string', maxLength: 2000 },
      import_compat: { type: 'boolean' },
      parent_field_type: { type: ['string', 'null'] },
      parent_field: { type: ['object', 'null'] },
      exclude: { type: ['array', 'null'], items: { type: 'string' } },
    },
  },
  'params',
  PARAMS_INVALID,
)

const searchParams = validator<{ model: string; text: string; import_compat: boolean }>(
  {
    type: 'object',
    required: ['model', 'text', 'import_compat'],
    properties: { model: TEXT, text: { ...TEXT, minLength: 1 }, import_compat: { type: 'boolean' } },
  },
  'params',
  PARAMS_INVALID,
)

const namelistParams = validator<{ model: string; export_id: number }>(
  { type: 'object', required: ['model', 'export_id'], properties: { model: TEXT, export_id: { type: 'integer' } } },
  'params',
  PARAMS_INVALID,
)

const reading =
  <T>(work: (calls: PageCalls, params: unknown) => Promise<T> | T): Handler =>
  async (params, { request }) =>
    pageCall(request, await requireSession(request), 'read', async (calls) => work(calls, params))

const getFields = reading(({ env }, params) => exportFields(env, fieldsParams(params)))

const searchFields = reading(({ env }, params) => {
  const { model, text, import_compat: isCompatible } = searchParams(params)
  return searchExportFields(env, model, text, isCompatible)
})

/** The columns of a kept export with their labels. */
const namelist = reading(async ({ env, call }, params) => {
  const { model, export_id: id } = namelistParams(params)
  const [kept] = await call<{ export_fields: number[] }[]>('ir.exports', 'read', [[id], ['export_fields']])
  const lines = await call<{ name: string }[]>('ir.exports.line', 'read', [kept?.export_fields ?? [], ['name']])
  return columnLabels(
    env,
    model,
    lines.map(({ name }) => name),
  )
})

const formats = reading(() => FORMATS.map((tag) => ({ tag, label: tag.toUpperCase(), error: null })))

interface FileForm {
  readonly data?: string
  readonly csrf_token?: string
  readonly framed?: string
}

/** `/web/export`: records as files, and what can be in them. */
export async function exportRoutes(app: FastifyInstance): Promise<void> {
  jsonRpcRoute(app, '/web/export/get_fields', 'lenient', getFields)
  jsonRpcRoute(app, '/web/export/search_fields', 'lenient', searchFields)
  jsonRpcRoute(app, '/web/export/namelist', 'lenient', namelist)
  jsonRpcRoute(app, '/web/export/formats', 'lenient', formats)
  for (const format of FORMATS) {
    const send = async (request: FastifyRequest, reply: FastifyReply, form: FileForm): Promise<FastifyReply> => {
      const session = await requireSession(request)
      const asked = readExportRequest(form.data)
      return sendExport(request, reply, session, asked, { format, isFramed: form.framed === '1' })
    }
    app.get<{ Querystring: FileForm }>(`/web/export/${format}`, (request, reply) => send(request, reply, request.query))
    app.post<{ Body: FileForm | null }>(`/web/export/${format}`, async (request, reply) => {
      const form = request.body ?? {}
      checkCsrf(request, form.csrf_token ?? request.headers['x-csrf-token'])
      return send(request, reply, form)
    })
  }
}
