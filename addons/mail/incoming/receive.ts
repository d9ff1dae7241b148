import { ComptoirError, undoneOnError, type Env, type Values } from '#core'
import { formatEmailAddress } from '#addons/base/tools/email-address.ts'
import { aliasDomains } from '../models/mail_alias_domain.ts'
import { keepBounce } from './bounce.ts'
import { deliverTo } from './deliver.ts'
import { MAIL_LOOP, MAIL_SENDER_REFUSED, MAIL_UNROUTABLE } from './errors.ts'
import { parseMail, type IncomingMail } from './parse.ts'
import { routesOf, type Fallback, type MailRoute } from './route.ts'

/** What became of a mail. */
export interface Received {
  /** `duplicate`: it had come in before. */
  readonly state: 'done' | 'ignored' | 'bounce' | 'failed' | 'duplicate'
  /** Why, if it is not `done`. */
  readonly reason: string | null
  /** Whether the sender should be told that the mail is refused. */
  readonly isRefused: boolean
  readonly model: string | null
  readonly resId: number | null
}

/** How a mail came. */
export interface Arrival {
  /** Addresses that the mail server was told. */
  readonly recipients?: readonly string[]
  /** The model that mails without an alias make records of, or whose record they go to. */
  readonly model?: string | null
  readonly resId?: number | null
  readonly values?: Readonly<Record<string, unknown>>
}

/** A mail that was read, with what is needed to keep it as it came. */
export interface ReadMail {
  readonly raw: Uint8Array
  readonly mail: IncomingMail
  readonly arrival: Arrival
}

/** Reads a mail. It needs no database, and may take a while for large ones. */
export async function readMail(raw: Uint8Array, arrival: Arrival): Promise<ReadMail> {
  return { raw, arrival, mail: await parseMail(raw, arrival.recipients ?? []) }
}

/** Takes a mail in: it becomes one message on each record that it is for, or is kept with the reason why not. */
export async function receiveMail(env: Env, raw: Uint8Array, arrival: Arrival): Promise<Received> {
  return takeMail(env, await readMail(raw, arrival))
}

/** Errors that the sender can do something about. */
const REFUSALS: ReadonlySet<string> = new Set([MAIL_UNROUTABLE.code, MAIL_SENDER_REFUSED.code, MAIL_LOOP.code])

type Outcome = Omit<Received, 'isRefused'> & { readonly messageId: number | null; readonly isNew: boolean }

/**
 * Takes a mail in that was read. When the transaction is committed it is either a message or a row of `mail.incoming`
 * that holds it: whoever sent it may then forget it. What a later attempt may do better, a conflict with others, is
 * thrown.
 */
export async function takeMail(caller: Env, { raw, mail, arrival }: ReadMail): Promise<Received> {
  const env = caller.sudo('mails come from outside')
  const incoming = env['mail.incoming']
  const [known] = await (await incoming.search([['message_id', '=', mail.messageId]])).load(['state'])
  if ((known && known.state !== 'failed') || (!known && (await isMessage(env, mail.messageId)))) {
    return { state: 'duplicate', reason: null, isRefused: false, model: null, resId: null }
  }
  const facts: Values<'mail.incoming'> = {
    message_id: mail.messageId,
    subject: mail.subject,
    email_from: mail.fromAddress,
    email_to: mail.recipients.join(' '),
    date: mail.date,
    fallback_model: arrival.model ?? null,
    state: 'done',
  }
  // the unique row comes first: of two copies at the same moment one waits here, and then finds the other
  const row = known ? incoming.browse([known.id]) : await incoming.create([facts])
  try {
    const outcome = await undoneOnError(env, () => process(env, mail, arrival))
    await row.write({
      state: outcome.state === 'duplicate' ? 'ignored' : outcome.state,
      reason: outcome.reason,
      error_code: null,
      model: outcome.model,
      res_id: outcome.resId,
      is_new: outcome.isNew,
      mail_message_id: outcome.messageId,
      raw: null,
    })
    return { ...outcome, isRefused: false }
  } catch (error) {
    if (env.db.violation(error).kind === 'conflict') throw error
    const reason = error instanceof Error ? error.message : String(error)
    const code = error instanceof ComptoirError ? error.code : null
    await row.write({ state: 'failed', reason, error_code: code, raw })
    return { state: 'failed', reason, isRefused: code !== null && REFUSALS.has(code), model: null, resId: null }
  }
}

async function isMessage(env: Env, messageId: string): Promise<boolean> {
  return (await env['mail.message'].search_count([['message_id', '=', messageId]], 1)) > 0
}

const NOTHING = { model: null, resId: null, messageId: null, isNew: false } as const

async function process(env: Env, mail: IncomingMail, arrival: Arrival): Promise<Outcome> {
  if (mail.bounce) {
    await keepBounce(env, mail.bounce)
    return { ...NOTHING, state: 'bounce', reason: mail.bounce.reason }
  }
  if (mail.isAutoReply) return { ...NOTHING, state: 'ignored', reason: 'A program answered.' }
  const domains = await aliasDomains(env)
  const own = domains.flatMap(({ bounce, catchall }) => [bounce, catchall])
  if (own.includes(mail.fromAddress)) return { ...NOTHING, state: 'ignored', reason: 'It comes from an own address.' }
  const bounces = new Set(domains.map(({ bounce }) => bounce))
  if (mail.recipients.length > 0 && mail.recipients.every((address) => bounces.has(address))) {
    return { ...NOTHING, state: 'bounce', reason: 'It came to the address of bounces without a report.' }
  }
  const sender = await senderOf(env, mail)
  const fallback: Fallback = {
    model: arrival.model ?? null,
    resId: arrival.resId ?? null,
    values: arrival.values ?? {},
  }
  const routes = await routesOf(env, mail, sender.partnerId, fallback)
  await refuseLoop(env, mail, routes)
  const asSender = sender.userId === null ? env : (await env.asUser(sender.userId)).sudo('the mail was let in')
  let outcome: Outcome = { ...NOTHING, state: 'done', reason: null }
  for (const route of routes) {
    const delivered = await deliverTo(asSender, route, mail, sender)
    if (outcome.messageId === null) outcome = { ...outcome, ...delivered }
  }
  return outcome
}

/** Who a mail is from. */
export interface Sender {
  readonly partnerId: number | null
  /** The internal user behind the contact. */
  readonly userId: number | null
  /** `"Name" <address>` */
  readonly from: string
}

async function senderOf(env: Env, mail: IncomingMail): Promise<Sender> {
  const { fromAddress, fromName } = mail
  const from = fromName ? formatEmailAddress(fromName, [fromAddress]) : fromAddress
  if (fromAddress === '') return { partnerId: null, userId: null, from }
  const pattern = fromAddress.replaceAll(/[\\%_]/g, '\\$&')
  const found = await env['res.partner'].search([['email', '=ilike', pattern]], { order: 'id', limit: 20 })
  const partners = await found.load(['user_ids.share', 'user_ids.active'])
  const users = partners.flatMap(({ id, user_ids }) =>
    user_ids.filter(({ share, active }) => active && !share).map((user) => ({ partnerId: id, userId: user.id })),
  )
  return { partnerId: users[0]?.partnerId ?? partners[0]?.id ?? null, userId: users[0]?.userId ?? null, from }
}

const LOOP_WINDOW = 2 * 3_600_000
const LOOP_THRESHOLD = 20

/** @throws MAIL_LOOP when a sender made too many records, or wrote too often to one, within the last two hours */
async function refuseLoop(env: Env, mail: IncomingMail, routes: readonly MailRoute[]): Promise<void> {
  if (mail.fromAddress === '') return
  const wanted = Number((await env['ir.config_parameter'].get('mail.gateway.loop.threshold')) ?? LOOP_THRESHOLD)
  const threshold = Number.isInteger(wanted) && wanted > 0 ? wanted : LOOP_THRESHOLD
  for (const { model, resId } of routes) {
    // a mail has few routes
    const count = await env['mail.incoming'].search_count(
      [
        ['email_from', '=', mail.fromAddress],
        ['state', '=', 'done'],
        ['create_date', '>=', new Date(Date.now() - LOOP_WINDOW)],
        ['model', '=', model],
        ...(resId === null ? ([['is_new', '=', true]] as const) : ([['res_id', '=', resId]] as const)),
      ],
      threshold,
    )
    if (count >= threshold) throw new MAIL_LOOP(mail.fromAddress, count)
  }
}

declare module '#addons/base/models/ir_config_parameter.ts' {
  interface SystemParameters {
    /** How many mails of one sender may make records, or go to one record, within two hours. */
    'mail.gateway.loop.threshold': string
  }
}
