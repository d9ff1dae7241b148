import { fromZoneText } from '../moments.ts'
import type { PageContext, ViewNode } from '../page.ts'
import { relativeTime } from './relative-time.ts'
import type { ThreadActivity, ThreadChoices, ThreadData, ThreadFile, ThreadMessage } from './thread.ts'

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
    recipients: thread.suggestedRecipients.map(({ partner_id, name, email }) => ({
      partner_id: partner_id || 0,
      name,
      email,
    })),
    activityTypes: mayPost ? choices.activityTypes : null,
    today,
    search: choices.search,
    users: marked(choices.users, [choices.user]),
    isFollower: thread.isFollower,
    followers: thread.followers.map(({ partner, subtype_ids }) => ({
      ...partner,
      mayChange: thread.hasWriteAccess || partner.id === choices.partner,
      subtypes: marked(choices.subtypes, subtype_ids),
    })),
    files: thread.attachments.map((one) => fileView(one, page)),
    activities: thread.activities.map((one) => ({
      ...one,
      ...activityView(one, page),
      users: marked(choices.users, [one.user.id]),
    })),
    days: daysOf(thread.messages, { page, now, partner: choices.partner, mayPost }),
    found: thread.messages.length,
    hasMore: thread.hasMoreMessages,
    more: thread.messages.length + PAGE,
  }
}

/** Emojis that are offered as reactions. */
const REACTIONS = ['👍', '❤️', '😄', '🎉', '😮', '😢'] as const
const KILO = 1024

/** Choices, each with whether it is taken. */
function marked<T extends { readonly id: number }>(choices: readonly T[], taken: readonly number[]): object[] {
  return choices.map((one) => ({ ...one, isOn: taken.includes(one.id) }))
}

/** A file with its size in words; browsers show pictures and PDF files themselves. */
function fileView({ id, name, mimetype, file_size }: ThreadFile, { format }: PageContext): object {
  const unit = file_size < KILO ? 'byte' : file_size < KILO ** 2 ? 'kilobyte' : 'megabyte'
  const amount = file_size / { byte: 1, kilobyte: KILO, megabyte: KILO ** 2 }[unit]
  const words = new Intl.NumberFormat(format.language, { style: 'unit', unit, maximumFractionDigits: 1 })
  return { id, name, size: words.format(amount), isShown: /^image\/|^application\/pdf$/.test(mimetype || '') }
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

/** Who looks at messages, where and when. */
interface Look {
  readonly page: PageContext
  readonly now: Date
  readonly partner: number | null
  readonly mayPost: boolean
}

/** Messages under the day that they are of, in the zone of whoever looks. */
function daysOf(messages: readonly ThreadMessage[], look: Look): { label: string; messages: object[] }[] {
  const { page } = look
  const label = new Intl.DateTimeFormat(page.format.language, { dateStyle: 'long', timeZone: page.format.zone })
  const days: { label: string; messages: object[] }[] = []
  for (const message of messages) {
    const date = instantOf(message.date)
    const day = date ? label.format(date) : ''
    if (days.at(-1)?.label !== day) days.push({ label: day, messages: [] })
    days.at(-1)?.messages.push(messageView(message, date, look))
  }
  return days
}

function messageView(message: ThreadMessage, date: Date | null, { page, now, partner, mayPost }: Look): object {
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
    isGone:
      !message.body &&
      !message.subtype_description &&
      message.message_type === 'comment' &&
      message.attachments.length === 0,
    isOwn:
      message.is_author &&
      message.message_type === 'comment' &&
      Boolean(message.body || message.attachments.length > 0),
    reactions: message.reactions.map(({ content, count, partners }) => ({
      content,
      count,
      names: partners.map(({ name }) => name).join(', '),
      isOwn: partners.some(({ id }) => id === partner),
    })),
    emojis: mayPost ? REACTIONS : [],
    files: message.attachments.map((one) => fileView(one, page)),
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
