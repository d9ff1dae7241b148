import type { FastifyInstance } from 'fastify'
import { PARAMS_INVALID } from '../errors.ts'
import { jsonRpcRoute, type Handler } from '../json-rpc.ts'
import { validator } from '../validate.ts'
import { askedPage } from './asked-page.ts'
import { inPage } from './in-page.ts'

const saveParams = validator<{
  model: string
  action: number | false
  path: string
  name: string
  isDefault: boolean
  isShared: boolean
}>(
  {
    type: 'object',
    required: ['model', 'action', 'path', 'name', 'isDefault', 'isShared'],
    properties: {
      model: { type: 'string' },
      action: { anyOf: [{ type: 'integer' }, { const: false }] },
      path: { type: 'string' },
      name: { type: 'string', minLength: 1 },
      isDefault: { type: 'boolean' },
      isShared: { type: 'boolean' },
    },
  },
  'params',
  PARAMS_INVALID,
)

/** Keeps the search of an address as a favourite: its domain without that of the action, its groups and its order. */
const save: Handler = (params, exchange) => {
  const { model, action: id, path, name, isDefault, isShared } = saveParams(params)
  return inPage(exchange, 'write', async (calls) => {
    const { search, state: full } = await askedPage(calls, path, { domain: [] })
    const order = full.order ?? search.order
    return calls.call('ir.filters', 'create_or_replace', [
      {
        name,
        model_id: model,
        action_id: id,
        user_id: isShared ? false : calls.env.uid,
        domain: pythonText(search.domain),
        context: pythonText({ ...search.context, group_by: search.groupBy }),
        sort: JSON.stringify(order === null ? [] : order.split(',').map((part) => part.trim())),
        is_default: isDefault,
      },
    ])
  })
}

/** Plain data as an expression. */
function pythonText(value: unknown): string {
  if (value === null || value === undefined || value === false) return 'False'
  if (value === true) return 'True'
  if (Array.isArray(value)) return `[${value.map(pythonText).join(', ')}]`
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, one]) => `${JSON.stringify(key)}: ${pythonText(one)}`)
      .join(', ')}}`
  return JSON.stringify(value)
}

/** What the search box asks. */
export async function searchRoutes(app: FastifyInstance): Promise<void> {
  jsonRpcRoute(app, '/odoo/search/save', 'lenient', save)
}
