import { field, loadLanguage, model, type Recs, type RecordsOf, type Values } from '#core'
import { LANG_BASE, LANG_CODE_FIXED, LANG_IN_USE } from '../errors.ts'
import { invalidating } from './invalidating.ts'

/** The language that texts are in where no translation says otherwise. */
const BASE_LANGUAGE = 'en_US'

export class ResLangFields {
  name = field.char({ required: true, translate: true })
  code = field.char({ string: 'Locale Code', required: true, help: 'The key of translations: language and country.' })
  iso_code = field.char({ string: 'ISO code', help: 'The name of files with translations.' })
  url_code = field.char({ string: 'URL Code', required: true, help: 'How addresses of pages name the language.' })
  active = field.boolean()
  direction = field.selection({ ltr: 'Left-to-Right', rtl: 'Right-to-Left' }, { required: true, default: 'ltr' })
  date_format = field.char({ string: 'Date Format', required: true, default: '%m/%d/%Y' })
  time_format = field.char({ string: 'Time Format', required: true, default: '%H:%M:%S' })
  short_time_format = field.char({ string: 'Short Time Format', required: true, default: '%H:%M' })
  week_start = field.selection(
    { 1: 'Monday', 2: 'Tuesday', 3: 'Wednesday', 4: 'Thursday', 5: 'Friday', 6: 'Saturday', 7: 'Sunday' },
    { string: 'First Day of Week', required: true, default: '7' },
  )
  grouping = field.char({
    string: 'Separator Format',
    required: true,
    default: '[]',
    help: 'Digits per group from the right, as a list such as [3,0]: 0 repeats the group before it, -1 ends grouping.',
  })
  decimal_point = field.char({ string: 'Decimal Separator', required: true, default: '.', trim: false })
  thousands_sep = field.char({ string: 'Thousands Separator', default: ',', trim: false })
  flag_image = field.binary({ string: 'Image' })
}

export const ResLang = model(
  'res.lang',
  ResLangFields,
  {
    description: 'Languages',
    order: 'active desc, name, id',
    recNamesSearch: ['name', 'code', 'iso_code'],
    sqlConstraints: {
      code_uniq: ['unique (code)', 'The code of the language must be unique!'],
      url_code_uniq: ['unique (url_code)', 'The URL code of the language must be unique!'],
    },
  },
  (Base) =>
    class extends invalidating(Base, 'lang') {
      override async create(values: readonly Values<'res.lang'>[]): Promise<Recs<'res.lang'>> {
        // an address needs some name for the language; its code is one that no other has
        const created = await super.create(
          values.map((one) => (one.url_code || !one.code ? one : { ...one, url_code: one.code })),
        )
        await created._load_terms()
        return created
      }

      override async write(values: Values<'res.lang'>): Promise<void> {
        const known = await this.load(['code'])
        const renamed = values.code === undefined ? undefined : known.find((one) => one.code !== values.code)
        if (renamed) throw new LANG_CODE_FIXED(renamed.code)
        if (values.active === false) await this._check_unused(known.map((one) => one.code))
        const inactive = values.active ? (await this.load(['active'])).filter((one) => !one.active) : []
        await super.write(values)
        await this.browse(inactive.map(({ id }) => id))._load_terms()
      }

      /** Gives the records of all addons their texts in those of the languages that are active. */
      async _load_terms(overwrite = false): Promise<void> {
        for (const { code, active } of await this.load(['code', 'active'])) {
          if (active && code !== BASE_LANGUAGE) await loadLanguage(this.env, code, { overwrite })
        }
      }

      /** Codes and names of the languages in use, by name. Read once per process and language. */
      async get_installed(): Promise<[code: string, name: string][]> {
        return this.env.caches.get('lang', `installed ${this.env.lang}`, () => this._read_installed())
      }

      async _read_installed(): Promise<[code: string, name: string][]> {
        const all = this.env.sudo('everybody may know which languages there are')['res.lang']
        const known = await (await all.search([['active', '=', true]], { order: 'name' })).load(['code', 'name'])
        return known.map(({ code, name }) => [code, name])
      }

      /** @throws LANG_IN_USE when a user or a contact has one of the languages */
      async _check_unused(codes: readonly string[]): Promise<void> {
        const { env } = this.sudo('whoever archives a language may know that it is in use')
        const users = await env['res.users'].search_count([['lang', 'in', codes]], 1)
        if (users > 0) throw new LANG_IN_USE(codes, 'users')
        const contacts = await env['res.partner'].search_count([['lang', 'in', codes]], 1)
        if (contacts > 0) throw new LANG_IN_USE(codes, 'contacts')
      }
    },
)

ResLang.callable('get_installed', { on: 'model', readonly: true })
  .constrain(['grouping'], ({ grouping }) =>
    /^\[(-?\d+(\s*,\s*-?\d+)*)?\]$/.test(grouping)
      ? undefined
      : `'${grouping}' does not group digits: write a list such as [3,0].`,
  )
  .constrainBatch(['active'], async (_languages, env) =>
    (await env['res.lang'].search_count([['active', '=', true]], 1)) > 0
      ? undefined
      : 'At least one language must be active.',
  )
  .ondelete(async (languages, env) => {
    const known = await languages.load(['code', 'active'])
    if (known.some((one) => one.code === BASE_LANGUAGE)) throw new LANG_BASE()
    const active = known.filter((one) => one.active).map((one) => one.code)
    if (active.length > 0) throw new LANG_IN_USE(active, 'everybody: it is active')
    await env['res.lang']._check_unused(known.map((one) => one.code))
  })

export interface ResLang extends RecordsOf<typeof ResLang> {}
declare module '#core' {
  interface Models {
    'res.lang': { fields: ResLangFields; records: ResLang }
  }
}
