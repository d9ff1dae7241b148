import type { FastifyInstance } from 'fastify'
import { evaluate } from '../../core/expr/evaluate.ts'
import { scopeOf } from '../../views/arch/modifiers.ts'
import type { Next } from '../../views/client/follow.ts'
import type { Values } from '../../views/page.ts'
import { PARAMS_INVALID } from '../errors.ts'
import { jsonRpcRoute, type Handler } from '../json-rpc.ts'
import { validator } from '../validate.ts'
import { askedPage } from './asked-page.ts'
import { inPage } from './in-page.ts'
import type { ViewRequest } from './kinds/kind.ts'
import { nextOf } from './next.ts'
import { SELECTED, selectedIds, type Selected } from './selected.ts'

/** What the client itself can do with records, by the method that does it. */
const METHODS = {
  archive: 'action_archive',
  unarchive: 'action_unarchive',
  delete: 'unlink',
  duplicate: 'copy',
} as const

const actParams = validator<{ path: string; selected: Selected; act: keyof typeof METHODS | number }>(
  {
    type: 'object',
    required: ['path', 'selected', 'act'],
    properties: {
      path: { type: 'string' },
      selected: SELECTED,
      act: { anyOf: [{ enum: Object.keys(METHODS) }, { type: 'integer' }] },
    },
  },
  'params',
  PARAMS_INVALID,
)

/** Does something with selected records: what the client can do with all, or an action that is bound to their model. */
const act: Handler = (params, exchange): Promise<Next> => {
  const { path, selected, act: what } = actParams(params)
  return inPage(exchange, 'write', async (calls) => {
    const request = await askedPage(calls, path)
    const ids = await selectedIds(request, selected)
    if (typeof what === 'number') return runAction(request, ids, what, path)
    if (ids.length > 0) await request.calls.call(request.model, METHODS[what], [ids])
    return { kind: 'reload' }
  })
}

/** A bound action gets the records in its context, as `active_ids`. */
async function runAction(
  { calls, model, search }: ViewRequest,
  ids: readonly number[],
  action: number,
  path: string,
): Promise<Next> {
  const context = { active_model: model, active_id: ids[0] ?? false, active_ids: ids, active_domain: search.domain }
  const found = await calls.call<{ type: string }>('ir.actions.actions', 'load_action', [action], { context })
  if (found.type !== 'ir.actions.server') return nextOf(calls, { ...found, ...given(found, context) }, path)
  return nextOf(calls, await calls.call('ir.actions.server', 'run', [[action]], { context }), path)
}

/** The context of a window action, with the records that it is about. */
function given(action: object, context: Values): { context?: Values } {
  const text = (action as { context?: unknown }).context
  const own =
    typeof text === 'string' && text.trim() !== '' ? (evaluate(text, scopeOf({}, {}, context)) as Values) : (text ?? {})
  return { context: { ...context, ...(own as Values) } }
}

const pressParams = validator<{
  path: string
  selected: Selected
  call: { name: string; type: string; context?: string | null }
}>(
  {
    type: 'object',
    required: ['path', 'selected', 'call'],
    properties: {
      path: { type: 'string' },
      selected: SELECTED,
      call: {
        type: 'object',
        required: ['name', 'type'],
        properties: {
          name: { type: 'string' },
          type: { enum: ['object', 'action'] },
          context: { type: ['string', 'null'] },
        },
      },
    },
  },
  'params',
  PARAMS_INVALID,
)

/** Presses a button of the arch, of one row or for the selected records. */
const press: Handler = (params, exchange): Promise<Next> => {
  const { path, selected, call } = pressParams(params)
  return inPage(exchange, 'write', async (calls) => {
    const request = await askedPage(calls, path)
    const ids = await selectedIds(request, selected)
    const { page, model } = request
    if (call.type === 'action') {
      const action = await calls.call<{ id: number }>('ir.actions.actions', 'load_action', [call.name])
      return runAction(request, ids, action.id, path)
    }
    const [id = false] = ids
    const more = call.context ? (evaluate(call.context, scopeOf({ id }, {}, page.context)) as Values) : {}
    return nextOf(calls, await request.calls.call(model, call.name, [ids], { context: more }), path)
  })
}

/** What pages ask for records that are selected. */
export async function selectionRoutes(app: FastifyInstance): Promise<void> {
  jsonRpcRoute(app, '/odoo/selection/act', 'lenient', act)
  jsonRpcRoute(app, '/odoo/selection/press', 'lenient', press)
}
