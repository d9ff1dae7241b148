import { field, type FieldName, type RecordsOf } from '#core'
import { ResUsers } from '#addons/base/models/res_users.ts'

export class ResUsersMailFields {
  notification_type = field.selection(
    { email: 'Handle by Emails', inbox: 'Handle in Comptoir' },
    {
      string: 'Notification',
      default: 'email',
      help: 'How the user is told of messages: by mails, or in the own inbox. People from outside get mails.',
    },
  )
}

/** Users choose how they are told of messages. */
export const ResUsersMail = ResUsers.extend(
  ResUsersMailFields,
  (Base) =>
    class extends Base {
      override SELF_WRITEABLE_FIELDS(): readonly FieldName<'res.users'>[] {
        return [...super.SELF_WRITEABLE_FIELDS(), 'notification_type']
      }
    },
)

ResUsersMail.constrain(['notification_type', 'share'], ({ notification_type, share }) =>
  notification_type === 'inbox' && share
    ? 'Only internal users have an inbox; people from outside get mails.'
    : undefined,
)

declare module '#addons/base/models/res_users.ts' {
  interface ResUsersFields extends ResUsersMailFields {}
  interface ResUsers extends RecordsOf<typeof ResUsersMail> {}
}
