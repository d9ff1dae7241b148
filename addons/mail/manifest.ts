import type { Manifest } from '#core'
import { manifest as base } from '#addons/base/manifest.ts'

export const manifest: Manifest = {
  name: 'mail',
  title: 'Discuss',
  version: '1.0.0',
  summary: 'Messages, followers, tracked changes and activities on every record',
  category: 'Productivity',
  depends: [base],
  data: [
    'data/res_users.xml',
    'data/mail_message_subtype.xml',
    'data/mail_activity_type.xml',
    'security/ir.model.access.csv',
    'security/ir_rules.xml',
    'data/ir_cron.xml',
    'views/ir_mail_server.xml',
    'views/fetchmail_server.xml',
    'views/mail_mail.xml',
    'views/mail_incoming.xml',
    'views/mail_alias.xml',
    'views/mail_template.xml',
    'views/mail_compose_message.xml',
    'views/res_company.xml',
    'views/mail_menus.xml',
  ],
}
