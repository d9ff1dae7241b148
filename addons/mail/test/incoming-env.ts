import { createTransport } from 'nodemailer'
import type { Env } from '#core'
import type { Runtime } from '#core/runtime.ts'
import { listenForMail } from '#server/mail/listener.ts'

/** A client that sends mails to a server of ours, and what it was answered. */
export interface MailClient {
  /** Sends bytes as they are. Resolves with the code of the answer: 250, 451, 550 … */
  send(raw: string | Buffer, to: string | readonly string[], from?: string): Promise<number>
}

const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Has the database take in mails on a free port. */
export async function mailClient(
  t: { teardown(work: () => unknown): unknown },
  runtime: Runtime,
  options: { readonly lmtp?: boolean; readonly maxSize?: number } = {},
): Promise<MailClient> {
  const { lmtp = false, maxSize = 40_000_000 } = options
  const listener = await listenForMail(runtime, QUIET, { host: '127.0.0.1', port: 0, lmtp, maxSize })
  const transport = createTransport({
    host: '127.0.0.1',
    port: listener.port,
    lmtp,
    ignoreTLS: true,
    pool: true,
    maxConnections: 8,
  })
  t.teardown(async () => {
    transport.close()
    await listener.close()
  })
  return {
    async send(raw, to, from = 'someone@out.test') {
      try {
        const info = await transport.sendMail({ envelope: { from, to: [to].flat() }, raw })
        return Number(info.response.slice(0, 3))
      } catch (error) {
        return (error as { responseCode?: number }).responseCode ?? 0
      }
    },
  }
}

/** The lines of a mail. */
export function mailText(head: Readonly<Record<string, string>>, body: string): string {
  const lines = Object.entries({ From: 'Someone <someone@out.test>', 'MIME-Version': '1.0', ...head })
  return [...lines.map(([name, value]) => `${name}: ${value}`), '', body].join('\r\n').replaceAll(/\r?\n/g, '\r\n')
}

/** An own domain, and an alias `jobs` whose mails become contacts. */
export async function setUpAlias(env: Env, values: object = {}): Promise<number> {
  const domains = env['mail.alias.domain']
  const known = await domains.search([['name', '=', 'own.test']])
  const [domain] = known.length > 0 ? known.ids : (await domains.create([{ name: 'own.test' }])).ids
  await env['res.company'].browse([1]).write({ alias_domain_id: domain! })
  const [model] = (await env['ir.model'].search([['model', '=', 'res.partner']])).ids
  const alias = { alias_name: 'jobs', alias_model_id: model!, alias_defaults: "{'comment': 'by mail'}", ...values }
  return (await env['mail.alias'].create([alias])).ids[0]!
}
