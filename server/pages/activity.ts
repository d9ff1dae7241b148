import type { FastifyInstance } from 'fastify'
import { popoverView, type ActivityType, type PlannedActivity } from '../../views/types/activity/view-model.ts'
import { PARAMS_INVALID } from '../errors.ts'
import { jsonRpcRoute, type Handler } from '../json-rpc.ts'
import { validator } from '../validate.ts'
import { fragmentHtml } from './answer.ts'
import { inPage } from './in-page.ts'
import type { PageCalls } from './page-call.ts'
import { pageContext } from './page-context.ts'

const FIELDS = ['res_id', 'activity_type_id', 'date_deadline', 'state', 'summary', 'user_id', 'can_write']

/** Types of activity that may be planned on records of a model. */
export function activityTypes({ call }: PageCalls, model: string): Promise<ActivityType[]> {
  return call('mail.activity.type', 'search_read', [
    ['|', ['res_model', '=', false], ['res_model', '=', model]],
    ['name'],
  ])
}

/** What is planned on records. */
export function plannedActivities(
  { call }: PageCalls,
  model: string,
  ids: readonly number[],
): Promise<PlannedActivity[]> {
  const domain = [
    ['res_model', '=', model],
    ['res_id', 'in', ids],
  ]
  return call('mail.activity', 'search_read', [domain, FIELDS], { order: 'date_deadline, id' })
}

const popoverParams = validator<{ model: string; id: number; type: number | null }>(
  {
    type: 'object',
    required: ['model', 'id', 'type'],
    properties: { model: { type: 'string' }, id: { type: 'integer' }, type: { type: ['integer', 'null'] } },
  },
  'params',
  PARAMS_INVALID,
)

/** What is planned on a record, and a form to plan more. */
const popover: Handler = (params, exchange) => {
  const { model, id, type } = popoverParams(params)
  return inPage(exchange, 'read', async (calls) => {
    const [record] = await calls.call<{ display_name: string }[]>(model, 'read', [[id], ['display_name']])
    const activities = await plannedActivities(calls, model, [id])
    const node = popoverView(
      { model, id, name: record?.display_name ?? String(id) },
      type === null ? activities : activities.filter((one) => one.activity_type_id && one.activity_type_id[0] === type),
      {
        types: await activityTypes(calls, model),
        type,
        canPlan: await calls.call<boolean>(model, 'has_access', [[id], 'read']),
      },
      await pageContext(calls, {}),
    )
    return { html: fragmentHtml(node.template, node, calls.env.lang) }
  })
}

/** What clocks and cells of activities ask. */
export async function activityRoutes(app: FastifyInstance): Promise<void> {
  jsonRpcRoute(app, '/odoo/activity', 'lenient', popover)
}
