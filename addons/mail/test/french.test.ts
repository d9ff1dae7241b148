import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { catalog, poEntries } from '#core/i18n/catalog.ts'
import { recordTexts } from '#core/i18n/record-texts.ts'
import { mailRuntime, served } from './mail-env.ts'

const ADDON = { name: 'mail', folder: `${dirname(dirname(fileURLToPath(import.meta.url)))}/i18n`, tables: [] }

const VIEWS = `${dirname(ADDON.folder)}/views`
/** Examples of addresses and expressions, the same in every language. */
const NOT_WORDS = /^(?:\{\{.*\}\}|example\.com)$/

/** What people see of threads, activities and mails. */
const MODELS = [
  'mail.message',
  'mail.message.subtype',
  'mail.message.reaction',
  'mail.followers',
  'mail.notification',
  'mail.tracking.value',
  'mail.thread',
  'mail.activity',
  'mail.activity.type',
  'mail.activity.mixin',
  'mail.activity.plan',
  'mail.activity.plan.template',
  'mail.activity.schedule',
  'ir.mail_server',
  'fetchmail.server',
  'mail.mail',
  'mail.incoming',
  'mail.alias',
  'mail.alias.domain',
  'mail.template',
  'mail.compose.message',
]

t.test('the French of threads and activities', async (t) => {
  const runtime = await mailRuntime(t, 'sqlite')
  const entries = poEntries(ADDON, 'fr')

  t.test('has every label, help and choice', async (t) => {
    const missing = new Set<string>()
    const check = (text: string | null): void => {
      const translated =
        text === null ||
        entries.some(({ source }) => source === text) ||
        catalog.translate('fr_FR', 'base', text) !== text
      if (!translated) missing.add(text)
    }
    for (const name of MODELS) {
      const info = runtime.registry.get(name)
      check(info.description)
      for (const field of info.fields.values()) {
        // labels of base that are the same in both languages are base's own affair
        if (field.addons[0] !== 'mail' || ['ID', 'Description', 'Type', 'Date', 'Action'].includes(field.label))
          continue
        check(field.label)
        check(field.help)
        if (field.selection && typeof field.selection === 'object') Object.values(field.selection).forEach(check)
      }
    }
    t.same([...missing], [])
  })

  t.test('has every text of the views', async (t) => {
    const missing = new Set<string>()
    for (const file of readdirSync(VIEWS)) {
      for (const [, escaped = ''] of readFileSync(join(VIEWS, file), 'utf8').matchAll(
        / (?:string|placeholder|title)="([^"]*)"/g,
      )) {
        const text = escaped.replaceAll('&amp;', '&')
        if (NOT_WORDS.test(text)) continue
        if (!entries.some(({ source }) => source === text) && catalog.translate('fr_FR', 'base', text) === text)
          missing.add(text)
      }
    }
    t.same([...missing], [])
  })

  t.test('names records that are there by the texts that they have', async (t) => {
    await served(runtime).call(async (env) => {
      for (const { xmlid, model, field, source } of recordTexts(entries)) {
        const [found, id = 0] = (await env.xmlId(xmlid)) ?? []
        t.equal(found, model, xmlid)
        t.equal((await env.model(model, [id]).load([field]))[0]?.[field], source, `${field} of ${xmlid}`)
      }
    })
  })

  t.test('messages are written in the language of who causes them', async (t) => {
    const { call } = served(runtime)
    const body = await call(async (env) => {
      await env
        .with({ context: { active_test: false } })
        ['res.lang'].search([['code', '=', 'fr_FR']])
        .then((french) => french.write({ active: true }))
      const [partner] = (await env.with({ context: { lang: 'fr_FR' } })['res.partner'].create([{ name: 'P' }])).ids
      const messages = await env['mail.message'].search([
        ['model', '=', 'res.partner'],
        ['res_id', '=', partner!],
      ])
      return (await messages.load(['body']))[0]?.body
    })
    t.equal(body, '<p>Contact : création</p>')
  })
})
