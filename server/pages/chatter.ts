import type { FastifyInstance } from 'fastify'
import { chatterView } from '../../views/chatter/view-model.ts'
import type { ThreadData } from '../../views/chatter/thread.ts'
import type { PageContext, ViewNode } from '../../views/page.ts'
import { PARAMS_INVALID } from '../errors.ts'
import { jsonRpcRoute, type Handler } from '../json-rpc.ts'
import { requireSession } from '../session-cookie.ts'
import { validator } from '../validate.ts'
import { fragmentHtml } from './answer.ts'
import { checkCsrf } from './csrf.ts'
import { pageCall, type PageCalls } from './page-call.ts'
import { pageContext } from './page-context.ts'

const ACTIVITY_TYPES = 'mail.activity.type'
const FIRST_PAGE = 30

/** The chatter of a record with its newest messages, as whoever looks may see it. */
export async function drawChatter(
  calls: PageCalls,
  model: string,
  id: number,
  page: PageContext,
  limit = FIRST_PAGE,
): Promise<ViewNode> {
  const { env } = calls
  const thread = await calls.call<ThreadData>(model, 'mail_thread_data', [[id]], { limit })
  const hasActivities = env.registry.get(model).fields.has('activity_ids')
  const activityTypes = hasActivities
    ? await calls.call<{ id: number; name: string }[]>(ACTIVITY_TYPES, 'search_read', [
        ['|', ['res_model', '=', false], ['res_model', '=', model]],
        ['name'],
      ])
    : null
  return chatterView(thread, { partner: env.user.partnerId, activityTypes }, page, new Date())
}

const chatterParams = validator<{ model: string; id: number; limit?: number }>(
  {
    type: 'object',
    required: ['model', 'id'],
    properties: {
      model: { type: 'string' },
      id: { type: 'integer' },
      limit: { type: 'integer', minimum: 1, maximum: 1000 },
    },
  },
  'params',
  PARAMS_INVALID,
)

/** The chatter of a record drawn anew: after something was done in it, or with more messages. */
const chatter: Handler = async (params, { request }) => {
  const { model, id, limit } = chatterParams(params)
  const session = await requireSession(request)
  checkCsrf(request, request.headers['x-csrf-token'])
  return pageCall(request, session, 'read', async (calls) => {
    const node = await drawChatter(calls, model, id, await pageContext(calls, {}), limit)
    return { html: fragmentHtml(node.template, node, calls.env.lang) }
  })
}

/** What the chatter beside a form asks. */
export async function chatterRoutes(app: FastifyInstance): Promise<void> {
  jsonRpcRoute(app, '/odoo/chatter', 'lenient', chatter)
}
