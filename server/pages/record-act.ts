import type { FastifyInstance } from 'fastify'
import type { Next } from '../../views/client/follow.ts'
import type { Values } from '../../views/page.ts'
import { PARAMS_INVALID } from '../errors.ts'
import { jsonRpcRoute, type Handler } from '../json-rpc.ts'
import { validator } from '../validate.ts'
import { parseAddress, pathOf, withoutRecord } from './address.ts'
import { inPage } from './in-page.ts'
import { nextOf } from './next.ts'
import { withContext, type PageCalls } from './page-call.ts'

type Act = 'duplicate' | 'archive' | 'unarchive' | 'delete'

const actParams = validator<{ model: string; id: number; context: Values; path: string; act: Act | number }>(
  {
    type: 'object',
    required: ['model', 'id', 'context', 'path', 'act'],
    properties: {
      model: { type: 'string' },
      id: { type: 'integer', minimum: 1 },
      context: { type: 'object' },
      path: { type: 'string' },
      act: { anyOf: [{ enum: ['duplicate', 'archive', 'unarchive', 'delete'] }, { type: 'integer' }] },
    },
  },
  'params',
  PARAMS_INVALID,
)

/** Does something with the record of a form: what the client can do with every record, or an action bound to its model. */
const act: Handler = (params, exchange): Promise<Next> => {
  const { model, id, context, path, act: what } = actParams(params)
  return inPage(exchange, 'write', async (plain) => {
    const calls = withContext(plain, context)
    switch (what) {
      case 'duplicate':
        return { kind: 'visit', url: besides(path, await calls.call<number>(model, 'copy', [id])) }
      case 'delete':
        await calls.call(model, 'unlink', [[id]])
        return { kind: 'visit', url: besides(path, null) }
      case 'archive':
      case 'unarchive':
        return nextOf(calls, await calls.call(model, `action_${what}`, [[id]]), path)
      default:
        return runAction(calls, { model, id, path }, what)
    }
  })
}

/** A bound action gets the record in its context, as `active_id`. */
async function runAction(
  calls: PageCalls,
  { model, id, path }: { model: string; id: number; path: string },
  action: number,
): Promise<Next> {
  const context = { active_model: model, active_id: id, active_ids: [id] }
  const found = await calls.call<{ type: string }>('ir.actions.actions', 'load_action', [action], { context })
  if (found.type !== 'ir.actions.server') return nextOf(calls, found, path)
  return nextOf(calls, await calls.call('ir.actions.server', 'run', [[action]], { context }), path)
}

/** The address of another record in the place of this one; of the list that it came from without any. */
function besides(path: string, id: number | null): string {
  const url = new URL(path, 'http://localhost')
  const steps = parseAddress(url.pathname)
  const list = withoutRecord(steps)
  if (id !== null) return pathOf([...list.slice(0, -1), { ...list.at(-1), record: id }]) + url.search
  const back = url.searchParams.get('in')
  return pathOf(list) + (back ? `?${back}` : '')
}

/** What the gear menu of a form asks. */
export async function recordActRoutes(app: FastifyInstance): Promise<void> {
  jsonRpcRoute(app, '/odoo/record/act', 'lenient', act)
}
