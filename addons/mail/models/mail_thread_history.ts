import { escapeHtml, type Recs, type Values } from '#core'
import { recordId } from '#addons/base/tools/record-id.ts'
import { followAssigned, followHolders, isAssigning } from '../thread/assigned.ts'
import { authorOf } from '../thread/author.ts'
import { keepsHistory } from '../thread/context.ts'
import { addFollowers } from '../thread/followers.ts'
import { logNotes } from '../thread/messages.ts'
import { notifyOf } from '../thread/notify.ts'
import { threadSet } from '../thread/thread-set.ts'
import { keepBefore, keepRecomputed } from '../tracking/snapshots.ts'
import { MailThread } from './mail_thread.ts'
import { subtypeId } from './mail_message_subtype.ts'

/** The thread tells that a record was created and what changed; who is concerned follows it. */
export const MailThreadHistory = MailThread.def.extend(
  Object,
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'mail.thread'>[]): Promise<Recs<'mail.thread'>> {
        const created = await super.create(values)
        if (keepsHistory(this.env) && created.length > 0) await this._begin_threads(created.ids)
        return created
      }

      override async write(values: Values<'mail.thread'>): Promise<void> {
        if (!keepsHistory(this.env)) return super.write(values)
        const names = new Set(Object.keys(values))
        await keepBefore(this.env, this.modelName, this.ids, names)
        await super.write(values)
        const { user_id } = values as { readonly user_id?: unknown } // of the models that have it
        const user = recordId(user_id)
        if (user !== null && isAssigning(this.env, this.modelName)) {
          await followAssigned(this.env, this.modelName, new Map(this.ids.map((id) => [id, user])))
        }
        await followHolders(this.env, this.modelName, this.ids, names)
      }

      /** A thread for new records: who created them follows, and those to whom they were given; a message tells of it. */
      async _begin_threads(ids: readonly number[]): Promise<void> {
        const { env, modelName } = this
        const { mail_create_nosubscribe, mail_create_nolog } = env.context
        if (!mail_create_nosubscribe && env.user.active) {
          await addFollowers(env, modelName, ids, [env.user.partnerId], { areNew: true })
        }
        if (isAssigning(env, modelName)) {
          const records = await env.sudo('whoever is given a record follows it').model(modelName, ids).load(['user_id'])
          const given = records.flatMap((one): [number, number][] => {
            const user = recordId(one['user_id'])
            return user === null ? [] : [[one.id, user]]
          })
          await followAssigned(env, modelName, new Map(given))
        }
        await followHolders(env, modelName, ids, new Set(env.registry.get(modelName).fields.keys()))
        if (!mail_create_nolog) await this._tell_creation(ids)
      }

      async _tell_creation(ids: readonly number[]): Promise<void> {
        const thread = threadSet(this.env, this.modelName, ids)
        if (!thread) return
        const author = await authorOf(this.env, null, null)
        const xmlid = thread._creation_subtype()
        const subtype_id = xmlid === null ? null : await subtypeId(this.env, xmlid)
        const body = `<p>${escapeHtml(thread._creation_message())}</p>`
        const more = subtype_id === null ? {} : { subtype_id, is_internal: false }
        const messages = await logNotes(
          this.env,
          this.modelName,
          ids.map((resId) => ({ resId, body, more })),
          author,
        )
        if (subtype_id !== null) await notifyOf(thread, messages.ids)
      }
    },
)

MailThreadHistory.recomputed(keepRecomputed)
