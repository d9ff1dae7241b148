import type { Runtime } from '#core/runtime.ts'
import { mailText, type MailClient } from './incoming-env.ts'

/** What of many mails became of them. */
export interface LoadReport {
  /** Answers by code. */
  readonly codes: Readonly<Record<number, number>>
  /** Mails with ids of their own. */
  readonly distinct: number
  /** Rows of `mail.incoming` by state. */
  readonly states: Readonly<Record<string, number>>
  /** Messages that hold a mail. */
  readonly messages: number
  /** Rows that say `done` and have no message, or have one that others have. */
  readonly unmatched: number
}

const KINDS = 10

/**
 * Sends `count` mails of ten kinds, eight at a time: plain ones, markup, files, answers, copies of mails before, broken
 * ones, programs' answers, what leads nowhere, and one sender who does not stop.
 */
export async function sendMany(
  runtime: Runtime,
  client: MailClient,
  count: number,
  parentId: string,
): Promise<LoadReport> {
  const mails = Array.from({ length: count }, (_, i) => mailOf(i, parentId))
  const codes: Record<number, number> = {}
  const queue = mails.entries()
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const [, { raw, to }] of queue) {
        const code = await client.send(raw, to)
        codes[code] = (codes[code] ?? 0) + 1
      }
    }),
  )
  return runtime.call({ uid: 1, su: true }, 'read', async (env) => {
    const rows = await (
      await env['mail.incoming'].search([['message_id', 'like', '@load.test>']])
    ).load(['state', 'mail_message_id'])
    const states: Record<string, number> = {}
    for (const { state } of rows) states[state ?? ''] = (states[state ?? ''] ?? 0) + 1
    const done = rows.filter(({ state }) => state === 'done').map(({ mail_message_id }) => mail_message_id?.id ?? 0)
    return {
      codes,
      distinct: new Set(mails.map(({ id }) => id)).size,
      states,
      messages: await env['mail.message'].search_count([['message_id', 'like', '@load.test>']]),
      unmatched: done.length - new Set(done.filter((id) => id > 0)).size,
    }
  })
}

interface LoadMail {
  readonly id: string
  readonly raw: Buffer
  readonly to: string
}

function mailOf(i: number, parentId: string): LoadMail {
  const kind = i % KINDS
  // a copy of the mail before, which may still be on its way
  if (kind === 5) return mailOf(i - 1, parentId)
  const id = `<${i}@load.test>`
  const head = { 'Message-ID': id, From: `p${i}@load.test`, Subject: `Mail ${i}` }
  const to = kind === 7 ? 'catchall@own.test' : 'jobs@own.test'
  const raw = (more: Readonly<Record<string, string>>, body: string): LoadMail => ({
    id,
    to,
    raw: Buffer.from(mailText({ ...head, ...more }, body), 'latin1'),
  })
  switch (kind) {
    case 1:
      return raw({ 'Content-Type': 'text/html; charset=utf-8' }, '<p>Hi <b onclick="x">there</b><script>x</script></p>')
    case 2:
      return raw(
        { 'Content-Type': 'multipart/mixed; boundary="B"' },
        `--B\r\nContent-Type: text/plain\r\n\r\nsee file\r\n--B\r\nContent-Type: application/pdf; name="f${i}.pdf"\r\n\r\n%PDF ${i}\r\n--B--\r\n`,
      )
    case 3:
      return raw({ 'In-Reply-To': parentId }, 'an answer')
    case 6:
      return raw(
        { 'Content-Type': 'multipart/mixed; boundary="Q"', Subject: '=?x-none?Q?=FF=FE?= \0' },
        '--Q\r\nContent-Type: text/plain; charset=x-none\r\n\r\n\xff\xfe',
      )
    case 8:
      return raw({ 'Auto-Submitted': 'auto-replied' }, 'I am away')
    case 9:
      return raw({ From: 'robot@load.test' }, 'again')
    default:
      return raw({}, 'plain')
  }
}
