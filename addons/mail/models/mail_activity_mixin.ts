import { abstractModel, field, type Recs, type RecordSet, type Values } from '#core'
import { dueDomain, mostUrgent, stateOf } from '../activity/deadline.ts'
import { planned, schedule, type ActivityFilter, type ActivityPlan } from '../activity/schedule.ts'

const groups = 'base.group_user'

export class MailActivityMixinFields {
  activity_ids = field.one2many('mail.activity', 'res_id', { string: 'Activities', groups, copy: false })
  activity_state = field.selection(
    { overdue: 'Overdue', today: 'Today', planned: 'Planned' },
    { string: 'Activity State', groups },
  )
  activity_user_id = field.many2one('res.users', { string: 'Responsible User', groups })
  activity_type_id = field.many2one('mail.activity.type', { string: 'Next Activity Type', groups })
  activity_type_icon = field.char({ string: 'Activity Type Icon', groups })
  activity_date_deadline = field.date({ string: 'Next Activity Deadline', groups })
  my_activity_date_deadline = field.date({ string: 'My Activity Deadline', groups })
  activity_summary = field.char({ string: 'Next Activity Summary', groups })
  activity_exception_decoration = field.selection({ warning: 'Alert', danger: 'Error' }, { groups })
  activity_exception_icon = field.char({ string: 'Icon', groups })
}

/** What records that activities are planned on can do. Other addons may add to it. */
export interface MailActivityMixin {
  activity_schedule(plan: ActivityPlan): Promise<Recs<'mail.activity'>>
  activity_reschedule(
    change: ActivityFilter & { readonly date_deadline?: string | null; readonly new_user_id?: number | null },
  ): Promise<Recs<'mail.activity'>>
  activity_feedback(
    done: ActivityFilter & { readonly feedback?: string | null; readonly attachment_ids?: readonly number[] | null },
  ): Promise<true>
  activity_unlink(filter: ActivityFilter): Promise<true>
}

export const MailActivityMixin = abstractModel<MailActivityMixin>()(
  'mail.activity.mixin',
  MailActivityMixinFields,
  (Base) =>
    class extends Base {
      /** What is planned on records ends with them: nothing is due on what is archived. */
      override async write(values: Values<'mail.activity.mixin'>): Promise<void> {
        await super.write(values)
        const { active } = values as { readonly active?: unknown } // of the models that have it
        if (active !== false) return
        const system = this.env.sudo('nothing is due on what is archived')
        await (await planned(system, this.modelName, this.ids, { only_automated: false })).unlink()
      }

      /** Plans the activity on each record; its type says when it is due and who does it, unless told. */
      async activity_schedule(plan: ActivityPlan): Promise<Recs<'mail.activity'>> {
        return schedule(this.env, this.modelName, this.ids, plan)
      }

      /** Moves planned activities of the records to another day or another person. Answers them. */
      async activity_reschedule(
        change: ActivityFilter & { readonly date_deadline?: string | null; readonly new_user_id?: number | null },
      ): Promise<Recs<'mail.activity'>> {
        const activities = await planned(this.env, this.modelName, this.ids, change)
        const { date_deadline, new_user_id } = change
        if (activities.length > 0) {
          await activities.write({
            ...(date_deadline ? { date_deadline } : {}),
            ...(new_user_id ? { user_id: new_user_id } : {}),
          })
        }
        return activities
      }

      /** Marks planned activities of the records as done. */
      async activity_feedback(
        done: ActivityFilter & {
          readonly feedback?: string | null
          readonly attachment_ids?: readonly number[] | null
        },
      ): Promise<true> {
        const activities = await planned(this.env, this.modelName, this.ids, done)
        if (activities.length > 0) await activities.action_feedback(done.feedback ?? null, done.attachment_ids ?? null)
        return true
      }

      /** Deletes planned activities of the records. */
      async activity_unlink(filter: ActivityFilter): Promise<true> {
        const activities = await planned(this.env, this.modelName, this.ids, filter)
        if (activities.length > 0) await activities.unlink()
        return true
      }
    },
  { description: 'Activity Mixin' },
)

const ids = { anyOf: [{ type: 'array', items: { type: 'integer' } }, { enum: [false, null] }], default: null }
const names = { anyOf: [{ type: 'array', items: { type: 'string' } }, { enum: [false, null] }], default: null }
const text = { anyOf: [{ type: 'string' }, { enum: [false, null] }], default: null }
const id = { anyOf: [{ type: 'integer' }, { enum: [false, null] }], default: null }
const flag = { type: ['boolean', 'null'], default: null }
const filter = { act_type_xmlids: names, user_id: id }
const only = { only_automated: flag }

MailActivityMixin.def
  .callable('activity_schedule', {
    named: true,
    params: {
      act_type_xmlid: text,
      date_deadline: text,
      summary: text,
      note: text,
      activity_type_id: id,
      user_id: id,
      automated: flag,
    },
  })
  .callable('activity_reschedule', {
    named: true,
    params: { ...filter, date_deadline: text, new_user_id: id, ...only },
  })
  .callable('activity_feedback', { named: true, params: { ...filter, feedback: text, attachment_ids: ids, ...only } })
  .callable('activity_unlink', { named: true, params: { ...filter, ...only } })
  .compute('activity_state', ['activity_ids.date_deadline', 'activity_ids.user_id.tz'], ({ activity_ids }) =>
    mostUrgent(activity_ids.map((one) => stateOf(one.date_deadline, one.user_id.tz))),
  )
  .search('activity_state', async (operator, operand, env) => {
    const wanted = new Set(Array.isArray(operand) ? operand : [operand || null])
    const due = async (state: 'overdue' | 'today' | 'planned'): Promise<readonly unknown[]> => [
      'activity_ids',
      'any',
      await dueDomain(env, state),
    ]
    const [overdue, today, planned] = [await due('overdue'), await due('today'), await due('planned')]
    const cases: readonly (readonly [unknown, readonly unknown[]])[] = [
      ['overdue', [overdue]],
      ['today', ['&', today, '!', overdue]],
      ['planned', ['&', planned, '&', '!', overdue, '!', today]],
      [null, [['activity_ids', '=', false]]],
    ]
    const isNegative = operator === '!=' || operator === 'not in'
    const chosen = cases
      .filter(([state]) => wanted.has(state) || (state === null && wanted.has(false)))
      .map(([, domain]) => domain)
    if (chosen.length === 0) return [[isNegative ? 1 : 0, '=', 1]]
    const found = [...chosen.slice(1).map(() => '|'), ...chosen.flat()]
    return isNegative ? ['!', ...found] : found
  })
  .compute('activity_user_id', ['activity_ids.user_id'], ({ activity_ids }) => activity_ids[0]?.user_id.id ?? null)
  .search('activity_user_id', (operator, operand) => first(operator, operand, 'user_id'))
  .compute(
    'activity_type_id',
    ['activity_ids.activity_type_id'],
    ({ activity_ids }) => activity_ids[0]?.activity_type_id?.id ?? null,
  )
  .search('activity_type_id', (operator, operand) => first(operator, operand, 'activity_type_id'))
  .compute('activity_type_icon', ['activity_ids.icon'], ({ activity_ids }) => activity_ids[0]?.icon ?? null)
  .compute(
    'activity_date_deadline',
    ['activity_ids.date_deadline'],
    ({ activity_ids }) => activity_ids[0]?.date_deadline ?? null,
  )
  .search('activity_date_deadline', (operator, operand) => first(operator, operand, 'date_deadline'))
  .computeBatch(
    'my_activity_date_deadline',
    ['activity_ids.date_deadline', 'activity_ids.user_id'],
    async (records, env) =>
      new Map(
        records.map(({ id, activity_ids }) => [
          id,
          activity_ids.find((one) => one.user_id.id === env.uid)?.date_deadline ?? null,
        ]),
      ),
  )
  .search('my_activity_date_deadline', (operator, operand, env) =>
    operand
      ? [
          [
            'activity_ids',
            'any',
            [
              ['user_id', '=', env.uid],
              ['date_deadline', operator, operand],
            ],
          ],
        ]
      : [...(operator === '!=' ? [] : ['!']), ['activity_ids.user_id', '=', env.uid]],
  )
  .compute('activity_summary', ['activity_ids.summary'], ({ activity_ids }) => activity_ids[0]?.summary ?? null)
  .search('activity_summary', (operator, operand) => first(operator, operand, 'summary'))
  .compute(
    'activity_exception_decoration',
    ['activity_ids.activity_decoration'],
    ({ activity_ids }) =>
      (['danger', 'warning'] as const).find((kind) => activity_ids.some((one) => one.activity_decoration === kind)) ??
      null,
  )
  .compute(
    'activity_exception_icon',
    ['activity_ids.activity_decoration', 'activity_ids.icon'],
    ({ activity_ids }) => activity_ids.find((one) => one.activity_decoration)?.icon ?? null,
  )

/** A condition on what is due first, said of any that is planned; one on nothing at all asks for records without any. */
function first(operator: string, operand: unknown, name: string): readonly unknown[] {
  if (operand === false || operand === null) return [['activity_ids', operator === '!=' ? '!=' : '=', false]]
  return [['activity_ids', 'any', [[name, operator, operand]]]]
}

declare module '#core' {
  interface Models {
    'mail.activity.mixin': {
      fields: MailActivityMixinFields
      records: RecordSet<'mail.activity.mixin'> & MailActivityMixin
    }
  }
}
