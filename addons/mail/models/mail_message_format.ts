import type { RecordsOf } from '#core'
import { formatMessages, type ShownMessage } from '../format/messages.ts'
import { MailMessage } from './mail_message.ts'

/** Messages with all that a page shows of them. */
export const MailMessageFormat = MailMessage.extend(
  Object,
  (Base) =>
    class extends Base {
      /** The messages of the set, in its order; see `ShownMessage`. */
      async message_format(): Promise<readonly ShownMessage[]> {
        await this.check_access('read')
        return formatMessages(this.env, this.ids)
      }
    },
)

MailMessageFormat.callable('message_format', { readonly: true })

declare module './mail_message.ts' {
  interface MailMessage extends RecordsOf<typeof MailMessageFormat> {}
}
