import { fromZoneText } from '../moments.ts'
import type { PageContext, ViewNode } from '../page.ts'
import { relativeTime } from './relative-time.ts'
import type { ThreadActivity, ThreadChoices, ThreadData, ThreadMessage } from './thread.ts'

/** The thread of a record as the chatter beside its form shows it; `now` is what times are relative to. */
export function chatterView(thread: ThreadData, choices: ThreadChoices, page: PageContext, now: Date): ViewNode {
  const { today } = page
  const mayPost = thread.hasWriteAccess || thread.canPostOnReadonly
  return {
    template: 'chatter/template',
    model: thread.model,
    id: thread.id,
    partner: choices.partner,
    mayPost,
    recipients: thread.suggestedRecipients.filter(({ partner_id }) => partner_id),
    activityTypes: mayPost ? choices.activityTypes : null,
    today,
    isFollower: thread.isFollower,
    followers: thread.followers.map(({ partner }) => partner.name),
    attachments: thread.attachments,
    activities: thread.activities.map((one) => ({ ...one, ...activityView(one, page) })),
    days: daysOf(thread.messages, page, now),
    hasMore: thread.hasMoreMessages,
    more: thread.messages.length + PAGE,
  }
}

/** How many more messages each step shows. */
const PAGE = 30

function activityView(activity: ThreadActivity, { format, translate }: PageContext): object {
  const states: Readonly<Record<string, string>> = {
    overdue: translate('Overdue'),
    today: translate('Today'),
    planned: translate('Planned'),
  }
  return {
    type: activity.activity_type_id ? activity.activity_type_id[1] : '',
    due: format.date(activity.date_deadline),
    stateLabel: states[activity.state] ?? '',
  }
}

/** Messages under the day that they are of, in the zone of whoever looks. */
function daysOf(
  messages: readonly ThreadMessage[],
  page: PageContext,
  now: Date,
): { label: string; messages: object[] }[] {
  const label = new Intl.DateTimeFormat(page.format.language, { dateStyle: 'long', timeZone: page.format.zone })
  const days: { label: string; messages: object[] }[] = []
  for (const message of messages) {
    const date = instantOf(message.date)
    const day = date ? label.format(date) : ''
    if (days.at(-1)?.label !== day) days.push({ label: day, messages: [] })
    days.at(-1)?.messages.push(messageView(message, date, page, now))
  }
  return days
}

function messageView(message: ThreadMessage, date: Date | null, page: PageContext, now: Date): object {
  const author = message.author ? message.author.name : message.email_from || ''
  const { language, zone } = page.format
  return {
    id: message.id,
    author,
    letter: Array.from(author.trim())[0]?.toLocaleUpperCase(language) ?? '?',
    ago: date ? relativeTime(date, now, language) : '',
    iso: date?.toISOString() ?? '',
    at: date
      ? new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: zone }).format(date)
      : '',
    isNote: message.is_note,
    subject: message.subject || '',
    body: message.body || '',
    description: message.body ? '' : message.subtype_description || '',
    attachments: message.attachments,
    trackings: message.trackings.map((one) => ({
      field: one.changedField,
      from: valueText(one.oldValue, one.fieldType, page),
      to: valueText(one.newValue, one.fieldType, page),
    })),
  }
}

function valueText(
  { value, currencyId }: { readonly value: unknown; readonly currencyId: number | null | false },
  type: string,
  { format, translate }: PageContext,
): string {
  if (type === 'boolean') return value ? translate('Yes') : translate('No')
  if (type === 'monetary' && typeof value === 'number') return format.amount(value, currencyId || null)
  if (type === 'float' && typeof value === 'number') return format.number(value, 2)
  if (value === null || value === undefined || value === false || value === '') return translate('None')
  if (type === 'date') return format.date(String(value))
  if (value instanceof Date)
    return new Intl.DateTimeFormat(format.language, {
      dateStyle: 'short',
      timeStyle: 'short',
      timeZone: format.zone,
    }).format(value)
  if (type === 'datetime') return format.datetime(String(value))
  return String(value)
}

const instantOf = (date: Date | string | null | false): Date | null =>
  date ? (typeof date === 'string' ? fromZoneText(date) : date) : null
