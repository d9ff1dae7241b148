import type { FastifyInstance } from 'fastify'
import { PARAMS_INVALID } from '../../errors.ts'
import { type Handler, jsonRpcRoute } from '../../json-rpc.ts'
import { callModel } from '../../model-call.ts'
import { cleanAction } from '../../clean-action.ts'
import { requireSession } from '../../session-cookie.ts'
import { validator } from '../../validate.ts'

interface LoadParams {
  readonly action_id: number | string
  readonly context?: Record<string, unknown> | null
}

const loadParams = validator<LoadParams>(
  {
    type: 'object',
    required: ['action_id'],
    properties: { action_id: { type: ['integer', 'string'] }, context: { type: ['object', 'null'] } },
  },
  'params',
  PARAMS_INVALID,
)

/** An action by id, external id or path, as clients carry it out. */
const load: Handler = async (params, { request }) => {
  const { action_id, context } = loadParams(params)
  const { uid } = await requireSession(request)
  return callModel(request, {
    uid,
    model: 'ir.actions.actions',
    method: 'load_action',
    args: [action_id, context ?? null],
    kwargs: {},
  })
}

interface RunParams {
  readonly action_id: number
  readonly context?: Record<string, unknown> | null
}

const runParams = validator<RunParams>(
  {
    type: 'object',
    required: ['action_id'],
    properties: { action_id: { type: 'integer' }, context: { type: ['object', 'null'] } },
  },
  'params',
  PARAMS_INVALID,
)

/** Runs a server action on the records of the context; what the client does next, or nothing. */
const run: Handler = async (params, { request }) => {
  const { action_id, context } = runParams(params)
  const { uid } = await requireSession(request)
  const kwargs = context ? { context } : {}
  return cleanAction(
    await callModel(request, { uid, model: 'ir.actions.server', method: 'run', args: [[action_id]], kwargs }),
  )
}

const loadMenus: Handler = async (_params, { request }) => {
  const { uid } = await requireSession(request)
  return callModel(request, { uid, model: 'ir.ui.menu', method: 'load_web_menus', args: [false], kwargs: {} })
}

/** `/web/action`, and the menus that lead to actions. */
export async function webAction(app: FastifyInstance): Promise<void> {
  jsonRpcRoute(app, '/web/action/load', 'lenient', load)
  jsonRpcRoute(app, '/web/action/run', 'lenient', run)
  jsonRpcRoute(app, '/web/webclient/load_menus', 'lenient', loadMenus)
  for (const path of ['/web/webclient/load_menus', '/web/webclient/load_menus/:hash']) {
    app.get(path, async (request, reply) => {
      const { uid } = await requireSession(request)
      reply.header('cache-control', 'private, no-cache')
      return callModel(request, { uid, model: 'ir.ui.menu', method: 'load_web_menus', args: [false], kwargs: {} })
    })
  }
}
