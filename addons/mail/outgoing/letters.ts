import addressparser from 'nodemailer/lib/addressparser'
import type { Env } from '#core'
import { formatEmailAddress } from '#addons/base/tools/email-address.ts'
import { aliasDomains, type DomainFacts } from '../models/mail_alias_domain.ts'
import { activeServers, routeOf } from './servers.ts'
import type { Letter, Outcome, SmtpServer } from './session.ts'

/** A mail that was claimed, ready to be handed over. */
export interface Prepared {
  readonly mailId: number
  /** By whom it goes out; `undefined` when no server is set up. */
  readonly server: SmtpServer | undefined
  /** What is still to be sent: one letter per contact, one for all further addresses. */
  readonly letters: readonly Letter[]
  /** What cannot be sent at all: contact or address -> why. */
  readonly unsendable: ReadonlyMap<string, Outcome>
  /** Address, or the key of a contact without one -> contact. */
  readonly contacts: ReadonlyMap<string, number>
}

/** The key of a contact without an address among the outcomes. */
const contactKey = (partnerId: number): string => `partner:${partnerId}`

/** Makes a mail ready: what the server said to an address before is not sent again. `undefined` when it is gone. */
export async function prepareMail(env: Env, mailId: number): Promise<Prepared | undefined> {
  const found = await env['mail.mail'].browse([mailId]).exists()
  const [mail] = await found.load([
    'subject',
    'body_html',
    'email_from',
    'email_to',
    'email_cc',
    'reply_to',
    'message_id',
    'references',
    'headers',
    'progress',
    'date',
    'mail_server_id',
    'recipient_ids.email',
    'recipient_ids.name',
    'attachment_ids.name',
    'attachment_ids.mimetype',
    'attachment_ids.raw',
  ])
  if (!mail) return undefined
  const domain = domainOf(await aliasDomains(env), mail.reply_to, mail.email_from)
  const from = mail.email_from ?? domain?.defaultFrom ?? null
  const route =
    from === null ? undefined : routeOf(await activeServers(env), mail.mail_server_id?.id ?? null, from, domain)
  const done = new Set(Object.keys((mail.progress ?? {}) as Record<string, string>))
  const unsendable = new Map<string, Outcome>()
  const contacts = new Map<string, number>()
  const shared = {
    sender: domain?.bounce || addressesIn(route?.from ?? '')[0] || '',
    from: route?.from ?? '',
    replyTo: mail.reply_to,
    subject: mail.subject ?? '',
    html: mail.body_html ?? '',
    messageId: mail.message_id ?? '',
    references: (mail.references ?? '').split(/\s+/).filter((id) => id !== ''),
    headers: headersOf(mail.headers),
    date: mail.date ?? new Date(),
    files: mail.attachment_ids.map(({ name, mimetype, raw }) => ({
      name,
      mimetype: mimetype ?? 'application/octet-stream',
      content: raw ?? new Uint8Array(),
    })),
  }
  const letters: Letter[] = []
  for (const { id, name, email } of mail.recipient_ids) {
    const addresses = addressesIn(email ?? '')
    for (const address of addresses) contacts.set(address, id)
    if (addresses.length === 0) {
      contacts.set(contactKey(id), id)
      unsendable.set(contactKey(id), { state: 'permanent', reason: `${name ?? id} has no address.`, about: 'address' })
    }
    const open = addresses.filter((address) => !done.has(address))
    if (open.length > 0) {
      letters.push({ ...shared, partnerId: id, addresses: open, to: formatEmailAddress(name ?? '', open), cc: null })
    }
  }
  const others = unique([...addressesIn(mail.email_to ?? ''), ...addressesIn(mail.email_cc ?? '')])
  const open = others.filter((address) => !done.has(address) && !contacts.has(address))
  if (open.length > 0) {
    letters.push({ ...shared, partnerId: null, addresses: open, to: mail.email_to ?? '', cc: mail.email_cc })
  }
  if (from === null) {
    const missing: Outcome = { state: 'permanent', reason: 'It has no sender.', about: 'sender' }
    for (const { addresses } of letters) for (const address of addresses) unsendable.set(address, missing)
    return { mailId, server: undefined, letters: [], unsendable, contacts }
  }
  return { mailId, server: route?.server, letters, unsendable, contacts }
}

/** The addresses of a line of the head, groups included. */
export function addressesIn(text: string): string[] {
  return addressparser(text, { flatten: true })
    .map(({ address }) => address ?? '')
    .filter((address) => /^[^\s@<>]+@[^\s@<>]+$/.test(address))
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}

/** The domain that answers go to, else that of the sender, else the first one. */
function domainOf(domains: readonly DomainFacts[], ...lines: readonly (string | null)[]): DomainFacts | undefined {
  for (const line of lines) {
    const [address = ''] = addressesIn(line ?? '')
    const found = domains.find(({ name }) => address.toLowerCase().endsWith(`@${name}`))
    if (found) return found
  }
  return domains[0]
}

const HEADER = /^[A-Za-z][A-Za-z0-9-]*$/

function headersOf(text: string | null): Record<string, string> {
  if (!text) return {}
  const parsed: unknown = parsedJson(text)
  if (typeof parsed !== 'object' || parsed === null) return {}
  return Object.fromEntries(
    Object.entries(parsed).flatMap(([name, value]) =>
      HEADER.test(name) && typeof value === 'string' ? [[name, value]] : [],
    ),
  )
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // scripts may have written what is no JSON: the mail goes out without it
  }
}
