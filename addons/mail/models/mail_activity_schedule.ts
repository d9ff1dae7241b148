import { field, model, textIn, today, type Env, type RecordsOf, type Values } from '#core'
import { after } from '../activity/deadline.ts'
import { deadlineOf } from '../activity/next.ts'
import { threadSet } from '../thread/thread-set.ts'
import { todoType } from './mail_activity_type.ts'
import { PLAN_UNFIT, PLAN_WITHOUT_USER } from '../errors.ts'

/** Ids as a text: `[1, 2]` or `1, 2`. */
function idsIn(text: string): number[] {
  return [...text.matchAll(/\d+/g)].map(([id]) => Number(id))
}

/** The records that the list or form was opened on. */
function chosenIds(env: Env): string {
  const { active_ids: several, active_id: one } = env.context
  const ids = several ?? (one ? [one] : [])
  return ids.join(', ')
}

export class MailActivityScheduleFields {
  res_model = field.char({
    string: 'Model',
    required: true,
    default: (env) => env.context.active_model ?? 'res.partner',
  })
  res_ids = field.text({ string: 'Document IDs', default: chosenIds })
  plan_id = field.many2one('mail.activity.plan', { string: 'Plan', ondelete: 'cascade' })
  plan_date = field.date({ string: 'Plan Date', default: (env) => today(env.user.tz ?? 'UTC') })
  plan_on_demand_user_id = field.many2one('res.users', {
    string: 'Assigned To',
    ondelete: 'cascade',
    default: (env) => env.uid,
    help: 'Who does the activities for which the plan names nobody.',
  })
  activity_type_id = field.many2one('mail.activity.type', {
    string: 'Activity Type',
    ondelete: 'set null',
    default: todoType,
  })
  date_deadline = field.date({ string: 'Due Date', store: true, readonly: false })
  summary = field.char({ store: true, readonly: false })
  note = field.html({ store: true, readonly: false })
  activity_user_id = field.many2one('res.users', {
    string: 'Assigned to',
    default: (env) => env.uid,
    ondelete: 'set null',
  })
}

/** The dialog that plans an activity, or all of a plan, on records. */
export const MailActivitySchedule = model(
  'mail.activity.schedule',
  MailActivityScheduleFields,
  { description: 'Activity schedule plan Wizard', transient: true, recName: 'res_model' },
  (Base) =>
    class extends Base {
      /** Plans the activity on each record. */
      async action_schedule_activities(): Promise<Record<string, unknown>> {
        await this._schedule()
        return { type: 'ir.actions.act_window_close' }
      }

      /** Tells that the activity was done on each record, without having been planned. */
      async action_schedule_activities_done(): Promise<Record<string, unknown>> {
        await this.env['mail.activity'].browse(await this._schedule())._action_done()
        return { type: 'ir.actions.act_window_close' }
      }

      /**
       * Plans all activities of the plan on each record; a note in each thread tells of it.
       * @throws PLAN_UNFIT, PLAN_WITHOUT_USER
       */
      async action_schedule_plan(): Promise<Record<string, unknown>> {
        const values: Values<'mail.activity'>[] = []
        for (const dialog of await this.load([
          'res_model',
          'res_ids',
          'plan_date',
          'plan_on_demand_user_id',
          'plan_id.name',
          'plan_id.res_model',
          'plan_id.template_ids.*',
        ])) {
          const { plan_id: plan, res_model, plan_on_demand_user_id: asked } = dialog
          if (!plan || plan.res_model !== res_model) throw new PLAN_UNFIT(plan?.name ?? '', res_model)
          const ids = idsIn(dialog.res_ids ?? '')
          const from = dialog.plan_date ?? today(this.env.user.tz ?? 'UTC')
          for (const step of plan.template_ids) {
            const user = step.responsible_type === 'on_demand' ? asked?.id : step.responsible_id?.id
            if (user === undefined) throw new PLAN_WITHOUT_USER(plan.name)
            const count = step.delay_from === 'before_plan_date' ? -step.delay_count : step.delay_count
            const activity = {
              res_model,
              activity_type_id: step.activity_type_id.id,
              summary: step.summary,
              note: step.note,
              user_id: user,
              automated: true,
              date_deadline: after(from, count, step.delay_unit ?? 'days'),
            }
            for (const res_id of ids) values.push({ ...activity, res_id })
          }
          await this._tell_plan(res_model, ids, plan.name)
        }
        await this.env['mail.activity'].create(values)
        return { type: 'ir.actions.act_window_close' }
      }

      async _tell_plan(modelName: string, ids: readonly number[], plan: string): Promise<void> {
        const thread = threadSet(this.env, modelName, ids)
        if (!thread || ids.length === 0) return
        await thread.message_log({ body: textIn(this.env, 'mail', 'The plan "{plan}" was started', { plan }) })
      }

      /** Plans the activities of the dialogs. Answers their ids. */
      async _schedule(): Promise<readonly number[]> {
        const dialogs = await this.load([
          'res_model',
          'res_ids',
          'activity_type_id',
          'date_deadline',
          'summary',
          'note',
          'activity_user_id',
        ])
        const values = dialogs.flatMap((one) =>
          idsIn(one.res_ids ?? '').map((res_id): Values<'mail.activity'> => ({
            res_model: one.res_model,
            res_id,
            activity_type_id: one.activity_type_id?.id ?? null,
            summary: one.summary,
            note: one.note,
            user_id: one.activity_user_id?.id ?? this.env.uid,
            ...(one.date_deadline ? { date_deadline: one.date_deadline } : {}),
          })),
        )
        return (await this.env['mail.activity'].create(values)).ids
      }
    },
)

MailActivitySchedule.computeBatch(
  'date_deadline',
  ['activity_type_id.delay_count', 'activity_type_id.delay_unit', 'activity_type_id.delay_from'],
  async (dialogs, env) =>
    new Map(
      dialogs.map(({ id, activity_type_id: type }) => {
        const delay = type && {
          delay_count: type.delay_count,
          delay_unit: type.delay_unit ?? 'days',
          delay_from: type.delay_from ?? 'current_date',
        }
        return [id, delay ? deadlineOf(env, delay, null) : today(env.user.tz ?? 'UTC')]
      }),
    ),
)
  .compute('summary', ['activity_type_id.summary'], ({ activity_type_id }) => activity_type_id?.summary ?? null)
  .compute('note', ['activity_type_id.default_note'], ({ activity_type_id }) => activity_type_id?.default_note ?? null)
  .callable('action_schedule_activities')
  .callable('action_schedule_activities_done')
  .callable('action_schedule_plan')

export interface MailActivitySchedule extends RecordsOf<typeof MailActivitySchedule> {}
declare module '#core' {
  interface Models {
    'mail.activity.schedule': { fields: MailActivityScheduleFields; records: MailActivitySchedule }
  }
}
