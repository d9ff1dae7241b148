import type { FastifyInstance } from 'fastify'
import type { Fields, Values } from '../../views/page.ts'
import { drawnField, readFormArch, type FormArch } from '../../views/types/form/view-model.ts'
import { PARAMS_INVALID } from '../errors.ts'
import { jsonRpcRoute, type Exchange, type Handler } from '../json-rpc.ts'
import { requireSession } from '../session-cookie.ts'
import { validator } from '../validate.ts'
import { parseAddress, pathOf } from './address.ts'
import { fragmentHtml } from './answer.ts'
import { checkCsrf } from './csrf.ts'
import { pageCall, type PageCalls } from './page-call.ts'
import { pageContext } from './page-context.ts'
import { formAction } from './action.ts'
import { viewsOf } from './views.ts'

/** What a form of a page sends of itself. */
interface FormParams {
  readonly model: string
  readonly view: number | false
  readonly context: Values
  readonly id: number | null
  /** Of a saved record what changed, of a new one everything; as pages show it: a many2one as `{ id, display_name }`. */
  readonly changes: Values
}
interface ChangeParams extends FormParams {
  readonly field: string
}
interface SaveParams extends FormParams {
  readonly path: string
}

const form = {
  model: { type: 'string' },
  view: { anyOf: [{ type: 'integer' }, { const: false }] },
  context: { type: 'object' },
  id: { type: ['integer', 'null'] },
  changes: { type: 'object' },
}
const required = Object.keys(form)
const changeParams = validator<ChangeParams>(
  { type: 'object', required: [...required, 'field'], properties: { ...form, field: { type: 'string' } } }, 'params', PARAMS_INVALID)
const saveParams = validator<SaveParams>(
  { type: 'object', required: [...required, 'path'], properties: { ...form, path: { type: 'string' } } }, 'params', PARAMS_INVALID)

/** What changing one field brings: values, and the HTML of the fields that have others now. */
const change: Handler = (params, exchange) => {
  const { model, view, context, id, changes, field } = changeParams(params)
  return inPage(exchange, 'read', async (calls) => {
    const { arch, models } = await formOf(calls, model, view)
    const ids = id === null ? [] : [id]
    const { value, warning } = await calls.call<{ value: Values; warning?: object }>(
      model, 'onchange', [ids, wireValues(changes), [field], arch.specification], { context })
    const page = await pageContext(calls, models)
    const saved = id === null ? {} : ((await calls.call<Values[]>(model, 'web_read', [ids], { specification: arch.specification, context }))[0] ?? {})
    const record = { ...saved, ...changes, ...value }
    const patches: Record<string, string> = {}
    for (const name of Object.keys(value)) {
      const node = drawnField(arch, name, { model, record, page, mode: 'edit' })
      if (node) patches[name] = fragmentHtml(node.template, node, calls.env.lang)
    }
    return { values: value, patches, warning }
  })
}

/** Saves a form and tells where its record now is. */
const save: Handler = (params, exchange) => {
  const { model, context, id, changes, path } = saveParams(params)
  return inPage(exchange, 'write', async (calls) => {
    const [record] = await calls.call<{ id: number }[]>(model, 'web_save', [id === null ? [] : [id], wireValues(changes)], { specification: {}, context })
    const url = new URL(path, 'http://localhost')
    const steps = parseAddress(url.pathname)
    const last = steps.pop()
    return { id: record?.id, url: pathOf([...steps, { ...last, record: record?.id as number }]) + url.search }
  })
}

async function inPage<T>({ request }: Exchange, mode: 'read' | 'write', work: (calls: PageCalls) => Promise<T>): Promise<T> {
  const session = await requireSession(request)
  checkCsrf(request, request.headers['x-csrf-token'])
  return pageCall(request, session, mode, work)
}

async function formOf(calls: PageCalls, model: string, view: number | false): Promise<{ arch: FormArch; models: Readonly<Record<string, Fields>> }> {
  const { views, models } = await viewsOf(calls, formAction(model, view), ['form'])
  return { arch: readFormArch(views['form']?.arch ?? '<form/>', models[model] as Fields), models }
}

/** Values as pages hold them, as the wire takes them: a record by its id, records as commands. */
function wireValues(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, wireValue(value)]))
}

function wireValue(value: unknown): unknown {
  if (Array.isArray(value) && value.every(isRecord)) return [[6, 0, value.map(({ id }) => id)]]
  return isRecord(value) ? value.id : value
}

const isRecord = (value: unknown): value is { id: number } => typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'number'

/** What forms ask while a person works in them. */
export async function formRoutes(app: FastifyInstance): Promise<void> {
  jsonRpcRoute(app, '/odoo/form/change', 'lenient', change)
  jsonRpcRoute(app, '/odoo/form/save', 'lenient', save)
}
