import { FetchmailServer } from './models/fetchmail_server.ts'
import { IrMailServer } from './models/ir_mail_server.ts'
import { MailActivity } from './models/mail_activity.ts'
import { MailActivityAccess } from './models/mail_activity_access.ts'
import { MailActivityAssign } from './models/mail_activity_assign.ts'
import { MailActivityDone } from './models/mail_activity_done.ts'
import { MailActivityMixin } from './models/mail_activity_mixin.ts'
import { MailActivityPlan } from './models/mail_activity_plan.ts'
import { MailActivityPlanTemplate } from './models/mail_activity_plan_template.ts'
import { MailActivitySchedule } from './models/mail_activity_schedule.ts'
import { MailActivityType } from './models/mail_activity_type.ts'
import { MailAlias } from './models/mail_alias.ts'
import { MailAliasDomain } from './models/mail_alias_domain.ts'
import { MailComposeMessage } from './models/mail_compose_message.ts'
import { MailFollowers } from './models/mail_followers.ts'
import { MailAliasMixin } from './models/mail_alias_mixin.ts'
import { MailIncoming } from './models/mail_incoming.ts'
import { MailMail } from './models/mail_mail.ts'
import { MailMessageMail, MailNotificationMail } from './models/mail_mail_links.ts'
import { MailMessage } from './models/mail_message.ts'
import { MailMessageAccess } from './models/mail_message_access.ts'
import { MailMessageFormat } from './models/mail_message_format.ts'
import { MailMessageReaction } from './models/mail_message_reaction.ts'
import { MailMessageReads } from './models/mail_message_reads.ts'
import { MailMessageSubtype } from './models/mail_message_subtype.ts'
import { MailNotification } from './models/mail_notification.ts'
import { MailTemplate } from './models/mail_template.ts'
import { MailThread } from './models/mail_thread.ts'
import { MailThreadCounters } from './models/mail_thread_counters.ts'
import { MailThreadData } from './models/mail_thread_data.ts'
import { MailThreadHistory } from './models/mail_thread_history.ts'
import { MailTrackingValue } from './models/mail_tracking_value.ts'
import { MailThreadGateway } from './models/mail_thread_gateway.ts'
import { MailThreadReplies } from './models/mail_thread_gateway_replies.ts'
import { ResCompanyMail } from './models/res_company.ts'
import { ResPartnerMail } from './models/res_partner.ts'
import { ResUsersMail } from './models/res_users.ts'

/** The models in the order of their layers. */
export const models = [
  MailMessageSubtype,
  MailMessage,
  MailMessageAccess,
  MailMessageReads,
  MailMessageFormat,
  MailMessageReaction,
  MailFollowers,
  MailNotification,
  IrMailServer,
  MailAliasDomain,
  MailAlias,
  MailAliasMixin,
  MailIncoming,
  FetchmailServer,
  ResCompanyMail,
  MailMail,
  MailMessageMail,
  MailNotificationMail,
  MailTemplate,
  MailComposeMessage,
  MailActivityType,
  MailActivity,
  MailActivityAccess,
  MailActivityAssign,
  MailActivityDone,
  MailActivityMixin,
  MailActivityPlan,
  MailActivityPlanTemplate,
  MailActivitySchedule,
  MailThread,
  MailThreadCounters,
  MailThreadHistory,
  MailThreadData,
  MailTrackingValue,
  MailThreadReplies,
  MailThreadGateway,
  ResUsersMail,
  ResPartnerMail,
]
