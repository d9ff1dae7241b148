import { groupBy, textIn, type Recs, type RecordsOf, type Values } from '#core'
import { recordId } from '#addons/base/tools/record-id.ts'
import { addEachFollowers } from '../thread/followers.ts'
import { sendNotices } from '../thread/notices.ts'
import { hasThreads } from '../thread/thread-set.ts'
import { MailActivity } from './mail_activity.ts'

/** Whoever is given an activity follows the record, and is told of it unless it was the own idea. */
export const MailActivityAssign = MailActivity.extend(
  Object,
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'mail.activity'>[]): Promise<Recs<'mail.activity'>> {
        const created = await super.create(values)
        await created._tell_assignees()
        return created
      }

      override async write(values: Values<'mail.activity'>): Promise<void> {
        const user = recordId(values.user_id)
        const before = user === null ? [] : await this.load(['user_id'])
        await super.write(values)
        await this.browse(before.filter((one) => one.user_id.id !== user).map(({ id }) => id))._tell_assignees()
      }

      async _tell_assignees(): Promise<void> {
        const all = await this.sudo('people are told what they are to do').load([
          'res_model',
          'res_id',
          'display_name',
          'res_name',
          'date_deadline',
          'user_id.partner_id',
        ])
        const onThreads = all.filter(
          (one) => one.res_model !== null && one.res_id && hasThreads(this.env, one.res_model),
        )
        for (const [name, group] of groupBy(onThreads, (one) => one.res_model ?? '')) {
          const followers = groupBy(group, (one) => one.res_id ?? 0)
          const partners = [...followers].map(
            ([id, list]) => [id, list.map((one) => one.user_id.partner_id.id)] as const,
          )
          await addEachFollowers(this.env, name, new Map(partners))
          if (this.env.context.mail_activity_quick_update) continue
          const notices = group
            .filter((one) => one.user_id.id !== this.env.uid)
            .map((one) => {
              const words = { activity: one.display_name, record: one.res_name ?? '', day: one.date_deadline }
              return {
                resId: one.res_id ?? 0,
                partnerIds: [one.user_id.partner_id.id],
                subject: textIn(this.env, 'mail', '{record}: {activity} assigned to you', words),
                body: textIn(this.env, 'mail', 'You are asked for {activity} on {record}, due on {day}.', words),
                recordName: words.record,
              }
            })
          await sendNotices(this.env, name, notices)
        }
      }
    },
)

declare module './mail_activity.ts' {
  interface MailActivity extends RecordsOf<typeof MailActivityAssign> {}
}
