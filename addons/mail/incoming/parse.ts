import { createHash } from 'node:crypto'
import { simpleParser, type AddressObject, type ParsedMail } from 'mailparser'

/** A mail that came in, as plain data. */
export interface IncomingMail {
  /** With its angle brackets; made from the content when the mail has none, so that a copy has the same. */
  readonly messageId: string
  readonly subject: string
  readonly fromName: string | null
  /** In lower case; empty when the mail does not tell. */
  readonly fromAddress: string
  /** Addresses that it was sent to, in lower case: of the envelope, and of the head. */
  readonly recipients: readonly string[]
  readonly date: Date
  readonly html: string | null
  readonly text: string | null
  /** Ids of messages that it answers, the nearest first. */
  readonly answers: readonly string[]
  readonly files: readonly IncomingFile[]
  /** Whether a program answered, as those do that tell of an absence. */
  readonly isAutoReply: boolean
  /** What could not be delivered, when it is a report of that. */
  readonly bounce: Bounce | null
}

export interface IncomingFile {
  readonly name: string
  readonly content: Uint8Array
  readonly mimetype: string
  /** The id by which the text refers to it, for pictures inside of the text. */
  readonly cid: string | null
}

/** A report that mails did not arrive. */
export interface Bounce {
  /** Ids of the mails that did not arrive. */
  readonly messageIds: readonly string[]
  /** Addresses that they did not arrive at, in lower case. */
  readonly recipients: readonly string[]
  readonly reason: string
}

/**
 * Reads a mail, however broken: what cannot be read is left out.
 * @param envelope the addresses that the mail server was told
 */
export async function parseMail(raw: Uint8Array, envelope: readonly string[] = []): Promise<IncomingMail> {
  const mail = await simpleParser(Buffer.from(raw), {
    keepCidLinks: true,
    keepDeliveryStatus: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
  })
  const [from] = mail.from?.value ?? []
  const replied = [mail.inReplyTo ?? '', ...listOf(mail.references).toReversed()]
  return {
    messageId: clean(mail.messageId) || `<${createHash('sha1').update(raw).digest('hex')}@unidentified>`,
    subject: clean(mail.subject),
    fromName: clean(from?.name) || null,
    fromAddress: clean(from?.address).toLowerCase(),
    recipients: [...new Set([...envelope.map((one) => one.toLowerCase()), ...addressesOfHead(mail)])],
    date: mail.date && !Number.isNaN(mail.date.getTime()) ? mail.date : new Date(),
    html: mail.html ? clean(mail.html) : null,
    text: mail.text ? clean(mail.text) : null,
    answers: [...new Set(replied.flatMap((text) => text.match(/<[^<>\s]+>/g) ?? []))],
    files: filesOf(mail),
    isAutoReply: isAutoReply(mail),
    bounce: bounceOf(mail),
  }
}

/** Databases refuse the character NUL in texts. */
function clean(text: string | undefined): string {
  return (text ?? '').replaceAll('\0', '').trim()
}

function listOf(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

const TO = ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to', 'resent-to', 'resent-cc']

function addressesOfHead(mail: ParsedMail): string[] {
  return TO.flatMap((name) => addressesIn(mail.headers.get(name)))
}

function addressesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(addressesIn)
  if (typeof value === 'string') return value.includes('@') ? [value.toLowerCase()] : []
  const { value: found } = (value ?? {}) as Partial<AddressObject>
  if (!Array.isArray(found)) return []
  return found.flatMap(({ address, group }) =>
    [address, ...(group ?? []).map((one) => one.address)].flatMap((one) => (one ? [one.toLowerCase()] : [])),
  )
}

function filesOf(mail: ParsedMail): IncomingFile[] {
  const isReport = (type: string): boolean => type === 'message/delivery-status'
  return mail.attachments
    .filter(({ contentType }) => !isReport(contentType))
    .map(({ filename, content, contentType, cid }, i) => ({
      name: clean(filename) || (contentType === 'message/rfc822' ? `mail-${i + 1}.eml` : `attachment-${i + 1}`),
      content,
      mimetype: contentType,
      cid: cid ?? null,
    }))
}

function headerOf(mail: ParsedMail, name: string): string {
  const value = mail.headers.get(name)
  return typeof value === 'string' ? value.toLowerCase().trim() : ''
}

function isAutoReply(mail: ParsedMail): boolean {
  return (
    headerOf(mail, 'auto-submitted').startsWith('auto-replied') ||
    mail.headers.has('x-autoreply') ||
    mail.headers.has('x-autorespond') ||
    ['auto_reply', 'junk'].includes(headerOf(mail, 'precedence'))
  )
}

function bounceOf(mail: ParsedMail): Bounce | null {
  const status = mail.attachments.filter(({ contentType }) => contentType === 'message/delivery-status')
  if (status.length === 0) return null
  const report = status.map(({ content }) => content.toString('utf8')).join('\n\n')
  const failed = report.split(/\r?\n\r?\n/).filter((part) => /^Action:\s*failed/im.test(part))
  if (failed.length === 0) return null
  const original = mail.attachments
    .filter(({ contentType }) => contentType === 'message/rfc822' || contentType === 'text/rfc822-headers')
    .map(({ content }) => content.toString('utf8').split(/\r?\n\r?\n/, 1)[0] ?? '')
  const ids = original.flatMap((head) => /^Message-ID:\s*(<[^<>\s]+>)/im.exec(head)?.[1] ?? [])
  const answered = [mail.inReplyTo ?? '', ...listOf(mail.references)].flatMap((text) => text.match(/<[^<>\s]+>/g) ?? [])
  return {
    messageIds: ids.length > 0 ? ids : answered,
    recipients: failed.flatMap(
      (part) =>
        /^(?:Final|Original)-Recipient:\s*[^;]*;\s*<?([^\s<>]+@[^\s<>]+?)>?\s*$/im.exec(part)?.[1]?.toLowerCase() ?? [],
    ),
    reason: clean(failed.map((part) => /^Diagnostic-Code:\s*(.+)$/im.exec(part)?.[1] ?? 'It was returned.').join('; ')),
  }
}
