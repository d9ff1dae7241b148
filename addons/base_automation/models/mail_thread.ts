import type { Recs } from '#core'
import { MailThread } from '#addons/mail/models/mail_thread.ts'
import { applyMessages } from '../rules/messages.ts'

/** Messages set off the rules of the record's model. */
export const MailThreadAutomation = MailThread.def.extend(
  Object,
  (Base) =>
    class extends Base {
      override async _message_post_after_hook(messages: Recs<'mail.message'>): Promise<void> {
        await super._message_post_after_hook(messages)
        await applyMessages(this.env, this.modelName, messages.ids)
      }
    },
)
