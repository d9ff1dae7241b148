import { escapeHtml, groupBy, textIn, type Env, type Loaded, type RecordsOf, type Values } from '#core'
import { deadlineOf } from '../activity/next.ts'
import { authorOf } from '../thread/author.ts'
import { createMessages } from '../thread/messages.ts'
import { notifyOf } from '../thread/notify.ts'
import { hasThreads, threadSet } from '../thread/thread-set.ts'
import { MailActivity } from './mail_activity.ts'
import { subtypeId } from './mail_message_subtype.ts'

/** What is said of activities that are done. */
export interface Feedback {
  readonly feedback?: string | null
  readonly attachment_ids?: readonly number[] | null
}

/** What was left by activities that are done. */
export interface Done {
  /** Messages in the threads of the records, in the order of the activities. */
  readonly messages: readonly number[]
  /** Activities that were triggered. */
  readonly next: readonly number[]
}

const DONE_FIELDS = [
  'res_model',
  'res_id',
  'summary',
  'note',
  'date_deadline',
  'user_id.name',
  'attachment_ids',
  'activity_type_id.name',
  'activity_type_id.keep_done',
  'activity_type_id.chaining_type',
  'activity_type_id.triggered_next_type_id.summary',
  'activity_type_id.triggered_next_type_id.default_note',
  'activity_type_id.triggered_next_type_id.default_user_id',
  'activity_type_id.triggered_next_type_id.delay_count',
  'activity_type_id.triggered_next_type_id.delay_unit',
  'activity_type_id.triggered_next_type_id.delay_from',
] as const

/** Activities that are done leave a message, and plan what comes after them. */
export const MailActivityDone = MailActivity.extend(
  Object,
  (Base) =>
    class extends Base {
      /** Marks the activities as done. Answers the id of the message that it left, `null` where there is no thread. */
      async action_feedback(
        feedback: string | null = null,
        attachment_ids: readonly number[] | null = null,
      ): Promise<number | null> {
        const { messages } = await this._action_done({ feedback, attachment_ids })
        return messages[0] ?? null
      }

      /** Marks the activities as done without a word. */
      async action_done(): Promise<number | null> {
        return this.action_feedback()
      }

      /** Marks the one activity as done; unless that triggered the next one, answers the form to plan it. */
      async action_feedback_schedule_next(
        feedback: string | null = null,
        attachment_ids: readonly number[] | null = null,
      ): Promise<Record<string, unknown> | null> {
        const [activity] = await this.load(['res_model', 'res_id', 'activity_type_id', 'date_deadline'])
        const { next } = await this._action_done({ feedback, attachment_ids })
        if (next.length > 0 || !activity) return null
        return {
          type: 'ir.actions.act_window',
          name: textIn(this.env, 'mail', 'Schedule an Activity'),
          res_model: 'mail.activity',
          views: [[false, 'form']],
          target: 'new',
          context: {
            ...this.env.context,
            default_previous_activity_type_id: activity.activity_type_id?.id ?? false,
            default_res_id: activity.res_id ?? false,
            default_res_model: activity.res_model ?? false,
            activity_previous_deadline: activity.date_deadline,
          },
        }
      }

      /** The same without a word. */
      async action_done_schedule_next(): Promise<Record<string, unknown> | null> {
        return this.action_feedback_schedule_next()
      }

      /**
       * Marks activities as done: a message in each thread, what they trigger is planned, then they are archived or
       * deleted as their type says. A number of queries that does not grow with them.
       */
      async _action_done({ feedback = null, attachment_ids = null }: Feedback = {}): Promise<Done> {
        await this.check_access('write')
        const all = await this.sudo('what was done is told in the thread').load(DONE_FIELDS)
        const messages = await tell(this.env, all, feedback || null, attachment_ids || [])
        const triggered = all.flatMap((one) => nextOf(this.env, one) ?? [])
        const kept = all.filter((one) => one.activity_type_id?.keep_done).map(({ id }) => id)
        const gone = all.filter((one) => !one.activity_type_id?.keep_done).map(({ id }) => id)
        const system = this.env.sudo('the right to say that it is done was checked')['mail.activity']
        if (kept.length > 0) await system.browse(kept).write({ active: false, feedback: feedback || null })
        if (gone.length > 0) await system.browse(gone).unlink()
        const next = triggered.length > 0 ? (await this.env['mail.activity'].create(triggered)).ids : []
        return { messages, next }
      }
    },
)

const feedbackParams = {
  feedback: { anyOf: [{ type: 'string' }, { enum: [false, null] }], default: null },
  attachment_ids: { anyOf: [{ type: 'array', items: { type: 'integer' } }, { enum: [false, null] }], default: null },
}

MailActivityDone.callable('action_feedback', { params: feedbackParams })
  .callable('action_done')
  .callable('action_feedback_schedule_next', { params: feedbackParams })
  .callable('action_done_schedule_next')

type DoneActivity = Loaded<'mail.activity', (typeof DONE_FIELDS)[number]>

/** A message in each thread, of which those are told who follow activities. One batch per model. */
async function tell(
  env: Env,
  activities: readonly DoneActivity[],
  feedback: string | null,
  files: readonly number[],
): Promise<number[]> {
  const told = activities.filter((one) => one.res_model !== null && one.res_id && hasThreads(env, one.res_model))
  if (told.length === 0) return []
  const author = await authorOf(env, null, null)
  const subtype_id = await subtypeId(env, 'mail.mt_activities')
  const ids: number[] = []
  for (const [name, group] of groupBy(told, (one) => one.res_model ?? '')) {
    const messages = await createMessages(
      env,
      group.map((one) => ({
        model: name,
        res_id: one.res_id,
        body: markup(env, one, feedback),
        message_type: 'notification',
        subtype_id,
        mail_activity_type_id: one.activity_type_id?.id ?? null,
        author_id: author.authorId,
        email_from: author.emailFrom,
        attachment_ids: [{ set: [...new Set([...one.attachment_ids.ids, ...files])] }],
      })),
    )
    const moved = [
      ...group.map((one) => [one.res_id ?? 0, one.attachment_ids.ids] as const),
      [group[0]?.res_id ?? 0, files] as const,
    ]
    for (const [res_id, attachments] of moved) {
      const system = env.sudo('files of what was done belong to the record')['ir.attachment']
      if (attachments.length > 0) await system.browse(attachments).write({ res_model: name, res_id })
    }
    const thread = threadSet(env, name, [])
    if (thread) await notifyOf(thread, messages.ids)
    ids.push(...messages.ids)
  }
  return ids
}

/** What the message says: what was done, by whom it was to be done, and the feedback. */
function markup(env: Env, activity: DoneActivity, feedback: string | null): string {
  const done = textIn(env, 'mail', '{activity} done', {
    activity: activity.activity_type_id?.name ?? textIn(env, 'mail', 'Activity'),
  })
  const parts = [`<strong>${escapeHtml(done)}</strong>`]
  if (activity.user_id.id !== env.uid) {
    parts.push(
      escapeHtml(textIn(env, 'mail', '(originally assigned to {user})', { user: activity.user_id.name ?? '' })),
    )
  }
  if (activity.summary) parts.push(`: ${escapeHtml(activity.summary)}`)
  const lines = [`<p>${parts.join(' ')}</p>`]
  if (activity.note) lines.push(`<div>${activity.note}</div>`)
  if (feedback) lines.push(`<div>${escapeHtml(feedback).replace(/\r?\n/g, '<br>')}</div>`)
  return lines.join('')
}

/** What the activity triggers, if its type says so. */
function nextOf(env: Env, activity: DoneActivity): Values<'mail.activity'> | undefined {
  const type = activity.activity_type_id
  const next = type?.chaining_type === 'trigger' ? type.triggered_next_type_id : null
  if (!type || !next || !activity.res_model) return undefined
  return {
    res_model: activity.res_model,
    res_id: activity.res_id,
    activity_type_id: next.id,
    previous_activity_type_id: type.id,
    summary: next.summary,
    note: next.default_note,
    user_id: next.default_user_id?.id ?? activity.user_id.id,
    date_deadline: deadlineOf(env, next, activity.date_deadline),
    automated: true,
  }
}

declare module './mail_activity.ts' {
  interface MailActivity extends RecordsOf<typeof MailActivityDone> {}
}
