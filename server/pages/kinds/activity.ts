import type { Values } from '../../../views/page.ts'
import { activityView } from '../../../views/types/activity/view-model.ts'
import { readKanbanArch } from '../../../views/types/kanban/arch.ts'
import { allOf } from '../../../views/types/search/combine.ts'
import { activityTypes, plannedActivities } from '../activity.ts'
import { SMALL } from '../kanban/board.ts'
import { pagerOf } from '../kanban/pager.ts'
import type { ShownView, ViewKind, ViewRequest } from './kind.ts'

/** Records that something is planned on, by types of activity. */
export const activity: ViewKind = {
  type: 'activity',
  icon: 'clock',
  label: 'Activity',
  fits: ({ env }, model) => env.registry.get(model).fields.has('activity_ids'),
  async show(request: ViewRequest): Promise<ShownView> {
    const { calls, action, model, fields, page, search, state } = request
    const arch = readKanbanArch(request.arch, model, page.models)
    const limit = arch.limit ?? action.limit
    const offset = (state.page - 1) * limit
    const { records, length } = await calls.call<{ records: Values[]; length: number }>(model, 'web_search_read', [], {
      domain: allOf([search.domain, [['activity_ids', '!=', false]]]),
      specification: arch.specification,
      offset,
      limit,
      order: state.order ?? search.order ?? false,
      context: SMALL,
    })
    const ids = records.map(({ id }) => Number(id))
    const content = activityView({
      model,
      arch,
      fields,
      page,
      records,
      types: await activityTypes(calls, model),
      activities: await plannedActivities(calls, model, ids),
      canPlan: true,
      href: (id) => request.recordHref(id),
    })
    return { content, pager: pagerOf(request, offset, records.length, length), canCreate: arch.create }
  },
}
