import { field, groupBy, model, type Env, type RecordsOf, type Values } from '#core'
import { defaultRecipients } from '../rendering/recipients.ts'
import { renderTexts, type TemplateText } from '../rendering/render.ts'
import { threadSet } from '../thread/thread-set.ts'
import { COMPOSE_PLACE } from '../rendering/errors.ts'

export class MailComposeMessageFields {
  composition_mode = field.selection(
    { comment: 'Post on a document', mass_mail: 'Email Mass Mailing' },
    { required: true, default: 'comment' },
  )
  model = field.char({ string: 'Related Document Model' })
  res_ids = field.text({ string: 'Related Document IDs', help: 'Ids, as a list: [1, 2].' })
  template_id = field.many2one('mail.template', { string: 'Use template', domain: "[('model', '=', model)]" })
  subject = field.char({ store: true, readonly: false })
  body = field.html({ string: 'Contents', sanitize: false, store: true, readonly: false })
  email_from = field.char({ string: 'From', store: true, readonly: false })
  reply_to = field.char({ string: 'Reply To', store: true, readonly: false })
  partner_ids = field.many2many('res.partner', { string: 'Additional Contacts' })
  attachment_ids = field.many2many('ir.attachment', { string: 'Attachments' })
  message_type = field.selection(
    { comment: 'Comment', notification: 'System notification', auto_comment: 'Automated Targeted Notification' },
    { string: 'Type', required: true, default: 'comment' },
  )
  subtype_id = field.many2one('mail.message.subtype', { string: 'Subtype' })
  parent_id = field.many2one('mail.message', { string: 'Parent Message' })
  auto_delete = field.boolean({ default: true, help: 'Deletes the mails of a mass mailing when they were sent.' })
}

type Names = 'subject' | 'body' | 'email_from' | 'reply_to'

/** The dialog in which messages are written: on one record, or as mails to many. */
export const MailComposeMessage = model(
  'mail.compose.message',
  MailComposeMessageFields,
  { description: 'Email composition wizard', transient: true },
  (Base) =>
    class extends Base {
      /** Posts or mails what was written and closes the dialog. */
      async action_send_mail(): Promise<{ readonly type: 'ir.actions.act_window_close' }> {
        for (const one of await this.load([
          'composition_mode',
          'model',
          'res_ids',
          'template_id.attachment_ids',
          'subject',
          'body',
          'email_from',
          'reply_to',
          'partner_ids',
          'attachment_ids',
          'message_type',
          'subtype_id',
          'parent_id',
          'auto_delete',
        ])) {
          // a dialog is one message, or one mailing
          const { model: name } = one
          const ids = idsIn(one.res_ids)
          const thread = name ? threadSet(this.env, name, ids) : undefined
          if (!name || !thread || ids.length === 0) throw new COMPOSE_PLACE(name ?? '', one.res_ids ?? '')
          const letter: Letter = {
            model: name,
            ids,
            templateId: one.template_id?.id ?? null,
            subject: one.subject,
            body: one.body,
            emailFrom: one.email_from || null,
            replyTo: one.reply_to || null,
            partnerIds: one.partner_ids.ids,
            attachmentIds: [...new Set([...one.attachment_ids.ids, ...(one.template_id?.attachment_ids.ids ?? [])])],
          }
          if (one.composition_mode === 'mass_mail') {
            await thread.check_access(thread._mail_post_access())
            await sendMass(this.env, letter, one.auto_delete)
            continue
          }
          const rendered = ids.length > 1 ? await renderLetter(this.env, letter) : undefined
          for (const id of ids) {
            // each record gets a message of its own
            await thread.browse([id]).message_post({
              subject: rendered?.get(id)?.subject ?? letter.subject,
              body: rendered?.get(id)?.body ?? letter.body,
              body_is_html: true,
              message_type: one.message_type,
              ...(one.subtype_id ? { subtype_id: one.subtype_id.id } : { subtype_xmlid: 'mail.mt_comment' }),
              partner_ids: letter.partnerIds,
              attachment_ids: letter.attachmentIds,
              email_from: letter.emailFrom,
              reply_to: letter.replyTo,
              parent_id: one.parent_id?.id ?? null,
            })
          }
        }
        return { type: 'ir.actions.act_window_close' }
      }
    },
)

interface Letter {
  readonly model: string
  readonly ids: readonly number[]
  readonly templateId: number | null
  readonly subject: string | null
  readonly body: string | null
  readonly emailFrom: string | null
  readonly replyTo: string | null
  readonly partnerIds: readonly number[]
  readonly attachmentIds: readonly number[]
}

/** The texts of a letter for each of its records, in the languages of their readers. */
async function renderLetter(
  env: Env,
  letter: Letter,
): Promise<ReadonlyMap<number, { readonly subject: string; readonly body: string }>> {
  const template = letter.templateId === null ? undefined : env['mail.template'].browse([letter.templateId])
  const langs = (await template?._languages(letter.ids)) ?? new Map<number, string>()
  const made = new Map<number, { readonly subject: string; readonly body: string }>()
  for (const [lang, ids] of groupBy(letter.ids, (id) => langs.get(id) ?? null)) {
    // one language after the other, all of its records at once
    const inLanguage = lang === null ? env : env.with({ context: { lang } })
    const own = await template?.load(['subject', 'body_html'])
    // what was not changed in the dialog is said in the language of the reader
    const translated =
      lang === null
        ? undefined
        : await inLanguage.browse('mail.template', template?.ids ?? [])._texts(['subject', 'body_html'])
    const texts = {
      subject:
        own?.[0]?.subject === letter.subject && translated
          ? translated.subject
          : textOf(letter.subject, 'subject', false),
      body:
        own?.[0]?.body_html === letter.body && translated ? translated.body_html : textOf(letter.body, 'body', true),
    }
    for (const [id, one] of await renderTexts(inLanguage, letter.model, ids, texts)) made.set(id, one)
  }
  return made
}

function textOf(source: string | null, field: string, isHtml: boolean): TemplateText {
  return { source: source ?? '', isHtml, template: 'mail.compose.message', field }
}

/** A mail for each record, to its contact or whom the template names. */
async function sendMass(env: Env, letter: Letter, auto_delete: boolean): Promise<void> {
  const rendered = await renderLetter(env, letter)
  const named =
    letter.templateId === null
      ? undefined
      : await env['mail.template'].browse([letter.templateId])._generate_template(letter.ids)
  const defaults = await defaultRecipients(env, letter.model, letter.ids)
  const [author] = await env
    .sudo('mails show who sent them')
    ['res.partner'].browse([env.user.partnerId])
    .load(['email_formatted'])
  const values = letter.ids.map((id): Values<'mail.mail'> => {
    const own = defaults.get(id)
    const { recipient_ids, email_to, email_cc } = named?.get(id) ?? {}
    const recipients = recipient_ids ?? [{ set: own?.partnerIds ?? [] }]
    return {
      model: letter.model,
      res_id: id,
      subject: rendered.get(id)?.subject ?? '',
      body: rendered.get(id)?.body ?? '',
      body_html: rendered.get(id)?.body ?? '',
      message_type: 'email_outgoing',
      recipient_ids: [...recipients, ...letter.partnerIds.map((partner) => ({ link: partner }))],
      email_to: named ? (email_to ?? null) : (own?.emailTo ?? null),
      email_cc: email_cc ?? null,
      email_from: letter.emailFrom || author?.email_formatted || null,
      author_id: env.user.partnerId,
      reply_to: letter.replyTo,
      attachment_ids: [{ set: letter.attachmentIds }],
      auto_delete,
      is_notification: true,
    }
  })
  // files of others are no way around their rights
  await env['ir.attachment'].browse(letter.attachmentIds).check_access('read')
  await env.sudo('the right to post was checked for each record')['mail.mail'].create(values)
}

function idsIn(text: string | null): number[] {
  return (text?.match(/\d+/g) ?? []).map(Number).filter((id) => id > 0)
}

const FROM_TEMPLATE = { subject: 'subject', body: 'body_html', email_from: 'email_from', reply_to: 'reply_to' } as const

/** What a template says, once it is chosen: rendered for the one record, or as it is for many. */
for (const name of Object.keys(FROM_TEMPLATE) as Names[]) {
  MailComposeMessage.computeBatch(
    name,
    ['template_id', 'model', 'res_ids', 'composition_mode'],
    async (wizards, env, _base) => {
      const values = new Map<number, string | null>()
      for (const wizard of wizards) {
        // there is one dialog at a time
        values.set(wizard.id, await templateText(env, wizard, FROM_TEMPLATE[name]))
      }
      return values
    },
  )
}

async function templateText(
  env: Env,
  wizard: {
    readonly template_id: { readonly id: number } | null
    readonly model: string | null
    readonly res_ids: string | null
    readonly composition_mode: string | null
  },
  text: (typeof FROM_TEMPLATE)[Names],
): Promise<string | null> {
  if (!wizard.template_id || !wizard.model) return null
  const ids = idsIn(wizard.res_ids)
  const template = env['mail.template'].browse([wizard.template_id.id])
  const [id] = ids
  if (wizard.composition_mode === 'mass_mail' || ids.length !== 1 || id === undefined)
    return (await template.load([text]))[0]?.[text] ?? null
  const lang = (await template._languages(ids)).get(id)
  const inLanguage = lang === undefined ? env : env.with({ context: { lang } })
  const texts = await inLanguage.browse('mail.template', template.ids)._texts([text])
  return (await renderTexts(inLanguage, wizard.model, ids, texts)).get(id)?.[text] || null
}

MailComposeMessage.callable('action_send_mail')

export interface MailComposeMessage extends RecordsOf<typeof MailComposeMessage> {}
declare module '#core' {
  interface Models {
    'mail.compose.message': { fields: MailComposeMessageFields; records: MailComposeMessage }
  }
}
