import { field, groupBy, model, type Env, type RecordsOf, type Values } from '#core'
import { TEMPLATE_MODEL } from '../rendering/errors.ts'
import { defaultRecipients } from '../rendering/recipients.ts'
import { checkTexts, renderTexts, type TemplateText } from '../rendering/render.ts'

export class MailTemplateFields {
  name = field.char({ required: true, translate: true })
  description = field.text({ string: 'Template Description', translate: true })
  active = field.boolean({ default: true })
  model_id = field.many2one('ir.model', { string: 'Applies to', ondelete: 'cascade' })
  model = field.char({ string: 'Related Document Model', store: true, index: true })
  subject = field.char({ translate: true })
  body_html = field.html({ string: 'Body', translate: true, sanitize: false })
  email_from = field.char({ string: 'From', help: 'By default the user who sends.' })
  use_default_to = field.boolean({ string: 'Default Recipients', default: true, help: 'The contact of the record.' })
  email_to = field.char({ string: 'To (Emails)' })
  partner_to = field.char({ string: 'To (Partners)', help: 'Ids of contacts, separated by commas.' })
  email_cc = field.char({ string: 'Cc' })
  reply_to = field.char({ string: 'Reply To' })
  lang = field.char({ string: 'Language', help: 'The language of the reader: {{ object.partner_id.lang }}.' })
  scheduled_date = field.char({ help: 'When it is sent, as a date and time.' })
  attachment_ids = field.many2many('ir.attachment', {
    string: 'Attachments',
    relation: 'email_template_attachment_rel',
    column1: 'email_template_id',
    column2: 'attachment_id',
  })
  mail_server_id = field.many2one('ir.mail_server', { string: 'Outgoing Mail Server', ondelete: 'set null' })
  auto_delete = field.boolean({ default: true, help: 'Deletes mails when they were sent.' })
}

/** Texts for mails about records. */
export const MailTemplate = model(
  'mail.template',
  MailTemplateFields,
  { description: 'Email Templates', order: 'name, id' },
  (Base) =>
    class extends Base {
      /**
       * The mails that the one template of the set makes for records, each in the language of its reader: record ->
       * values of a `mail.mail`. The rights of the user hold for all that the texts show.
       * @throws TEMPLATE_MODEL, TEMPLATE_SYNTAX, TEMPLATE_FIELD, ACCESS_…
       */
      async _generate_template(res_ids: readonly number[]): Promise<ReadonlyMap<number, Values<'mail.mail'>>> {
        const [template] = await this.load([
          'name',
          'model',
          'lang',
          'use_default_to',
          'auto_delete',
          'attachment_ids',
          'mail_server_id',
        ])
        if (!template) return new Map()
        if (!template.model) throw new TEMPLATE_MODEL(template.name)
        const { model } = template
        const langs = await this._languages(res_ids)
        const made = new Map<number, Values<'mail.mail'>>()
        const shared: Values<'mail.mail'> = {
          model,
          auto_delete: template.auto_delete,
          attachment_ids: [{ set: template.attachment_ids.ids }],
          mail_server_id: template.mail_server_id?.id ?? null,
        }
        for (const [lang, ids] of groupBy(res_ids, (id) => langs.get(id) ?? null)) {
          // one language after the other, all of its records at once
          const env = lang === null ? this.env : this.env.with({ context: { lang } })
          const texts = await env.browse('mail.template', this.ids)._texts(TEXTS)
          const rendered = await renderTexts(env, model, ids, texts)
          const defaults = template.use_default_to ? await defaultRecipients(env, model, ids) : undefined
          for (const [id, one] of rendered)
            made.set(id, { ...shared, ...mailValues(one, defaults?.get(id)), res_id: id })
        }
        return made
      }

      /** Makes a mail about a record; it is sent when the call is committed. Answers its id. */
      async send_mail(
        res_id: number,
        force_send: boolean = false,
        raise_exception: boolean = false,
        email_values: Readonly<Record<string, unknown>> | null = null,
        _email_layout_xmlid: string | null = null,
      ): Promise<number> {
        const [id = 0] = await this.send_mail_batch([res_id], force_send, raise_exception, email_values)
        return id
      }

      /** Makes a mail about each record. Answers the ids of the mails in the order of the records. */
      async send_mail_batch(
        res_ids: readonly number[],
        force_send: boolean = false,
        raise_exception: boolean = false,
        email_values: Readonly<Record<string, unknown>> | null = null,
        _email_layout_xmlid: string | null = null,
      ): Promise<readonly number[]> {
        const [template] = await this.load(['model', 'name'])
        if (!template?.model) throw new TEMPLATE_MODEL(template?.name ?? '')
        await this.env.model(template.model, res_ids).check_access('read')
        const made = await this._generate_template(res_ids)
        const sender = await senderOf(this.env)
        const mails = await this.env.sudo('who may use a template may send its mails')['mail.mail'].create(
          res_ids.map((id) => {
            const values = { ...made.get(id), ...givenValues(email_values ?? {}) }
            return {
              ...values,
              email_from: values.email_from ?? sender.emailFrom,
              author_id: sender.partnerId,
              body: values.body_html ?? null,
            }
          }),
        )
        if (force_send) await mails.send(false, raise_exception)
        return mails.ids
      }

      /** The language of the reader of each record; records without one are left out. */
      async _languages(res_ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
        const [template] = await this.load(['lang', 'model'])
        if (!template?.lang || !template.model) return new Map()
        const texts = await this._texts(['lang'])
        const rendered = await renderTexts(this.env, template.model, res_ids, texts)
        const active = await this.env.sudo('languages are no secret')['res.lang'].search([['active', '=', true]])
        const codes = new Set((await active.load(['code'])).map(({ code }) => code))
        return new Map(
          [...rendered].flatMap(([id, { lang }]) => (codes.has(lang.trim()) ? [[id, lang.trim()] as const] : [])),
        )
      }

      /** The texts of the one template of the set, in the language of the environment. */
      async _texts<const K extends TextName>(names: readonly K[]): Promise<Readonly<Record<K, TemplateText>>> {
        const [template] = await this.load(['name', ...TEXTS, 'lang'])
        return Object.fromEntries(
          names.map((name) => [
            name,
            {
              source: template?.[name] ?? '',
              isHtml: name === 'body_html',
              template: template?.name ?? '',
              field: name,
            },
          ]),
        ) as unknown as Record<K, TemplateText> // a text per name
      }
    },
)

const TEXTS = [
  'subject',
  'body_html',
  'email_from',
  'email_to',
  'partner_to',
  'email_cc',
  'reply_to',
  'scheduled_date',
] as const
type TextName = (typeof TEXTS)[number] | 'lang'

type Rendered = Readonly<Record<(typeof TEXTS)[number], string>>

function mailValues(
  { subject, body_html, scheduled_date, ...rest }: Rendered,
  defaults: { readonly partnerIds: readonly number[]; readonly emailTo: string | null } | undefined,
): Values<'mail.mail'> {
  const named = rest.partner_to
    .split(',')
    .map(Number)
    .filter((id) => Number.isInteger(id) && id > 0)
  const when = scheduled_date.trim() === '' ? null : new Date(`${scheduled_date.trim().replace(' ', 'T')}Z`)
  return {
    subject: subject.replaceAll(/\s+/g, ' ').trim(),
    body_html,
    email_to: defaults ? defaults.emailTo : rest.email_to || null,
    recipient_ids: [{ set: defaults ? defaults.partnerIds : named }],
    email_cc: rest.email_cc || null,
    ...(rest.email_from ? { email_from: rest.email_from } : {}),
    ...(rest.reply_to ? { reply_to: rest.reply_to } : {}),
    ...(when && !Number.isNaN(when.getTime()) ? { scheduled_date: when } : {}),
  }
}

const GIVEN = ['subject', 'body_html', 'email_from', 'email_to', 'email_cc', 'reply_to'] as const

/**
 * What a caller may say about mails in the place of the template: its texts, `recipient_ids` (ids, or one command that
 * sets them) and `auto_delete`. Mails are made without checks of rights, so that nothing else is taken.
 */
function givenValues(values: Readonly<Record<string, unknown>>): Values<'mail.mail'> {
  const texts = GIVEN.flatMap((name): [string, string | null][] => {
    const value = values[name]
    if (typeof value === 'string') return [[name, value]]
    return value === false || value === null ? [[name, null]] : []
  })
  const { recipient_ids: recipients, auto_delete } = values
  const list: readonly unknown[] = Array.isArray(recipients) ? recipients : []
  const ids = list.flatMap((one): unknown[] => {
    if (!Array.isArray(one)) return [one]
    return one[0] === 6 && Array.isArray(one[2]) ? one[2] : one[0] === 4 ? [one[1]] : []
  })
  return {
    ...Object.fromEntries(texts),
    ...(recipients === undefined
      ? {}
      : { recipient_ids: [{ set: ids.filter((id): id is number => typeof id === 'number') }] }),
    ...(typeof auto_delete === 'boolean' ? { auto_delete } : {}),
  }
}

/** Who a mail is from where the template does not say: the user. */
async function senderOf(env: Env): Promise<{ readonly partnerId: number; readonly emailFrom: string | null }> {
  const { partnerId } = env.user
  const [partner] = await env
    .sudo('mails show who sent them')
    ['res.partner'].browse([partnerId])
    .load(['email_formatted'])
  return { partnerId, emailFrom: partner?.email_formatted || null }
}

MailTemplate.related('model', 'model_id.model')
  .constrainBatch(
    [
      'name',
      'model',
      'lang',
      'subject',
      'body_html',
      'email_from',
      'email_to',
      'partner_to',
      'email_cc',
      'reply_to',
      'scheduled_date',
    ],
    async (templates, env) => {
      for (const one of templates) {
        if (!one.model || !env.registry.has(one.model)) continue
        const texts = [...TEXTS, 'lang' as const].map((name) => ({
          source: one[name] ?? '',
          isHtml: false,
          template: one.name,
          field: name,
        }))
        try {
          checkTexts(env, one.model, texts)
        } catch (error) {
          return error instanceof Error ? error.message : String(error)
        }
      }
      return undefined
    },
  )
  .callable('send_mail', {
    params: {
      res_id: { type: 'integer' },
      force_send: { type: 'boolean', default: false },
      raise_exception: { type: 'boolean', default: false },
      email_values: { anyOf: [{ type: 'object' }, { enum: [false, null] }], default: null },
      email_layout_xmlid: { anyOf: [{ type: 'string' }, { enum: [false, null] }], default: null },
    },
  })
  .callable('send_mail_batch', {
    params: {
      res_ids: { type: 'array', items: { type: 'integer' } },
      force_send: { type: 'boolean', default: false },
      raise_exception: { type: 'boolean', default: false },
      email_values: { anyOf: [{ type: 'object' }, { enum: [false, null] }], default: null },
      email_layout_xmlid: { anyOf: [{ type: 'string' }, { enum: [false, null] }], default: null },
    },
  })

export interface MailTemplate extends RecordsOf<typeof MailTemplate> {}
declare module '#core' {
  interface Models {
    'mail.template': { fields: MailTemplateFields; records: MailTemplate }
  }
}
