import type { FastifyInstance } from 'fastify'
import type { Fields, Values } from '../../views/page.ts'
import { listView, readListArch } from '../../views/types/list/view-model.ts'
import { PARAMS_INVALID } from '../errors.ts'
import { jsonRpcRoute, type Handler } from '../json-rpc.ts'
import { validator } from '../validate.ts'
import { actionOf, formAction } from './action.ts'
import { fragmentHtml } from './answer.ts'
import { inPage } from './in-page.ts'
import { pageContext } from './page-context.ts'
import { withContext, type PageCalls } from './page-call.ts'
import { recordForm } from './record-form.ts'
import { viewsOf } from './views.ts'

interface DialogQuestion {
  readonly model: string
  /** `null` for a new record. */
  readonly id: number | null
  readonly context: Values
  /** In front of ids of elements, so that the page has each once. */
  readonly prefix: string
}

interface PickQuestion {
  readonly model: string
  readonly domain: readonly unknown[]
  readonly context: Values
  /** What the names contain. */
  readonly text: string
  readonly multiple: boolean
  readonly page: number
  /** Whether the dialog around the list is drawn too. */
  readonly whole: boolean
}

const dialogParams = validator<DialogQuestion>(
  {
    type: 'object',
    required: ['model', 'id', 'context', 'prefix'],
    properties: {
      model: { type: 'string' },
      id: { type: ['integer', 'null'] },
      context: { type: 'object' },
      prefix: { type: 'string', pattern: '^\\w+$' },
    },
  },
  'params',
  PARAMS_INVALID,
)
const pickParams = validator<PickQuestion>(
  {
    type: 'object',
    required: ['model', 'domain', 'context', 'text', 'multiple', 'page', 'whole'],
    properties: {
      model: { type: 'string' },
      domain: { type: 'array' },
      context: { type: 'object' },
      text: { type: 'string' },
      multiple: { type: 'boolean' },
      page: { type: 'integer', minimum: 1 },
      whole: { type: 'boolean' },
    },
  },
  'params',
  PARAMS_INVALID,
)

/** A record, or a new one, in a dialog over the form that refers to it. */
const dialog: Handler = (params, exchange) => {
  const { model, id, context, prefix } = dialogParams(params)
  return inPage(exchange, 'read', async (calls) => {
    const shown = await recordForm(withContext(calls, context), formAction(model, false), id ?? 'new', prefix, context)
    const { name } = await actionOf(calls, { model })
    const title = id === null ? name : shown.name
    return { html: fragmentHtml('dialog/record', { title, content: shown.content }, calls.env.lang) }
  })
}

/** A list of records to choose from, with a search by name. */
const pick: Handler = (params, exchange) => {
  const asked = pickParams(params)
  return inPage(exchange, 'read', async (calls) => ({
    html: fragmentHtml(
      asked.whole ? 'dialog/pick' : 'dialog/picked',
      await pickView(withContext(calls, asked.context), asked),
      calls.env.lang,
    ),
  }))
}

const PAGE = 40

async function pickView(calls: PageCalls, { model, domain, text, multiple, page }: PickQuestion): Promise<object> {
  const action = await actionOf(calls, { model })
  const { views, models } = await viewsOf(calls, action, ['list'])
  const context = await pageContext(calls, models)
  const arch = readListArch(views['list']?.arch ?? '<list/>', model, models, context.context)
  const offset = (page - 1) * PAGE
  const { records, length } = await calls.call<{ records: Values[]; length: number }>(model, 'web_search_read', [], {
    domain: text.trim() === '' ? domain : [...domain, ['display_name', 'ilike', text.trim()]],
    specification: arch.specification,
    offset,
    limit: PAGE,
    order: arch.defaultOrder ?? false,
  })
  return {
    title: action.name,
    text,
    multiple,
    list: listView(arch, models[model] as Fields, records, context, {
      order: null,
      href: () => null,
      sortHref: () => '',
    }),
    from: records.length > 0 ? offset + 1 : 0,
    to: offset + records.length,
    total: length,
    previous: page > 1 ? page - 1 : null,
    next: offset + records.length < length ? page + 1 : null,
  }
}

/** What fields that refer to other records ask. */
export async function recordRoutes(app: FastifyInstance): Promise<void> {
  jsonRpcRoute(app, '/odoo/record/dialog', 'lenient', dialog)
  jsonRpcRoute(app, '/odoo/record/pick', 'lenient', pick)
}
