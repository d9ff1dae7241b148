import type { Fields, PageContext, Values, ViewNode } from '../../page.ts'
import { TemplateDrawing } from '../../qweb/draw.ts'
import type { KanbanArch } from '../kanban/arch.ts'

/** An activity that is planned on a record. */
export interface PlannedActivity {
  readonly id: number
  readonly res_id: number
  readonly activity_type_id: readonly [id: number, name: string] | false
  readonly date_deadline: string
  readonly state: 'overdue' | 'today' | 'planned' | 'done'
  readonly summary: string | false
  readonly user_id: readonly [id: number, name: string] | false
  readonly can_write?: boolean
}

export interface ActivityType {
  readonly id: number
  readonly name: string
}

/** What the table of activities is drawn from. */
export interface ActivityTable {
  readonly model: string
  readonly arch: KanbanArch
  readonly fields: Fields
  readonly page: PageContext
  readonly records: readonly Values[]
  readonly types: readonly ActivityType[]
  readonly activities: readonly PlannedActivity[]
  /** Whether the user may plan activities on these records. */
  readonly canPlan: boolean
  href(id: number): string | null
}

/** Records by types of activity: in each cell what is planned, coloured by how urgent it is. */
export function activityView(table: ActivityTable): ViewNode {
  const { model, page, records, types, activities } = table
  return {
    template: 'types/activity/template',
    model,
    types: types.map((type) => ({
      ...type,
      count: activities.filter((one) => isOf(one, type)).length,
    })),
    rows: records.map((record) => rowView(record, table)),
    today: page.today,
  }
}

function rowView(record: Values, table: ActivityTable): ViewNode {
  const { model, arch, fields, page, types, activities, canPlan, href } = table
  const id = Number(record['id'])
  const name = String(record['display_name'] || id)
  const own = activities.filter(({ res_id }) => res_id === id)
  const address = href(id)
  const drawing = new TemplateDrawing(
    arch.templates,
    { model, fields, values: record, places: arch.places, page },
    { controller: 'activity', href: address },
  )
  return {
    template: 'types/activity/row',
    id,
    name,
    href: address,
    parts: drawing.draw('activity-box'),
    cells: types.map((type) => {
      const here = own
        .filter((one) => isOf(one, type))
        .toSorted((a, b) => a.date_deadline.localeCompare(b.date_deadline))
      const [first] = here
      return {
        type: type.id,
        canPlan,
        state: first?.state ?? null,
        due: first && page.format.date(first.date_deadline),
        who: first?.user_id ? first.user_id[1] : '',
        more: here.length > 1 ? here.length : null,
        label: first
          ? `${type.name}, ${name}: ${stateLabel(first.state, page)}, ${page.format.date(first.date_deadline)}`
          : page.translate('Schedule an activity on %s', `${name}: ${type.name}`),
      }
    }),
  }
}

/** What is planned on one record, with a form to plan more: the content of a small dialog. */
export function popoverView(
  record: { readonly model: string; readonly id: number; readonly name: string },
  activities: readonly PlannedActivity[],
  choices: { readonly types: readonly ActivityType[]; readonly type: number | null; readonly canPlan: boolean },
  page: PageContext,
): ViewNode {
  return {
    template: 'types/activity/popover',
    ...record,
    activities: activities
      .toSorted((a, b) => a.date_deadline.localeCompare(b.date_deadline))
      .map((one) => ({
        id: one.id,
        state: one.state,
        stateLabel: stateLabel(one.state, page),
        due: page.format.date(one.date_deadline),
        type: one.activity_type_id ? one.activity_type_id[1] : '',
        summary: one.summary || '',
        who: one.user_id ? one.user_id[1] : '',
        canWrite: one.can_write !== false,
      })),
    types: choices.types.map((type) => ({ ...type, isOn: type.id === choices.type })),
    canPlan: choices.canPlan,
    today: page.today,
  }
}

const isOf = ({ activity_type_id: of }: PlannedActivity, { id }: ActivityType): boolean => of !== false && of[0] === id

/** How urgent something is, in words. */
export function stateLabel(state: string, { translate }: PageContext): string {
  const labels: Readonly<Record<string, string>> = {
    overdue: translate('Overdue'),
    today: translate('Today'),
    planned: translate('Planned'),
    done: translate('Done'),
  }
  return labels[state] ?? ''
}
