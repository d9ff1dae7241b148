import { field, model, type Recs, type RecordsOf, type Values } from '#core'
import { ADDRESS_FORMAT_INVALID } from '../errors.ts'
import { ADDRESS_PLACEHOLDERS, DEFAULT_ADDRESS_FORMAT, unknownPlaceholder } from '../tools/address-format.ts'

export class ResCountryFields {
  name = field.char({ string: 'Country Name', required: true, translate: true })
  code = field.char({ string: 'Country Code', size: 2, required: true, help: 'The two letters of ISO 3166-1.' })
  address_format = field.text({
    string: 'Layout in Reports',
    default: DEFAULT_ADDRESS_FORMAT,
    help: `How addresses are written. Placeholders: ${ADDRESS_PLACEHOLDERS.map((name) => `%(${name})s`).join(', ')}.`,
  })
  currency_id = field.many2one('res.currency', { string: 'Currency' })
  image_url = field.char({ string: 'Flag' })
  phone_code = field.integer({ string: 'Country Calling Code', aggregator: null })
  country_group_ids = field.many2many('res.country.group', {
    string: 'Country Groups',
    relation: 'res_country_res_country_group_rel',
    column1: 'res_country_id',
    column2: 'res_country_group_id',
  })
  state_ids = field.one2many('res.country.state', 'country_id', { string: 'States' })
  name_position = field.selection(
    { before: 'Before Address', after: 'After Address' },
    {
      string: 'Customer Name Position',
      default: 'before',
    },
  )
  vat_label = field.char({ string: 'Vat Label', translate: true })
  state_required = field.boolean()
  zip_required = field.boolean({ default: true })
}

/** The values with the code in capitals, as ISO writes it. */
function withCode(values: Values<'res.country'>): Values<'res.country'> {
  return values.code ? { ...values, code: values.code.toUpperCase() } : values
}

/** Refuses layouts with placeholders that nothing fills. */
function checkFormats(values: readonly Values<'res.country'>[]): void {
  for (const { address_format } of values) {
    const unknown = address_format ? unknownPlaceholder(address_format) : undefined
    if (unknown !== undefined) throw new ADDRESS_FORMAT_INVALID(unknown, ADDRESS_PLACEHOLDERS)
  }
}

export const ResCountry = model(
  'res.country',
  ResCountryFields,
  {
    description: 'Country',
    order: 'name, id',
    recNamesSearch: ['name', 'code'],
    sqlConstraints: { code_uniq: ['unique (code)', 'The code of the country must be unique!'] },
  },
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'res.country'>[]): Promise<Recs<'res.country'>> {
        checkFormats(values)
        return super.create(values.map(withCode))
      }

      override async write(values: Values<'res.country'>): Promise<void> {
        checkFormats([values])
        await super.write(withCode(values))
      }

      /** Two letters are a code first: `BE` is Belgium before it is part of a name. */
      override async name_search(
        name: string,
        domain: readonly unknown[] = [],
        operator = 'ilike',
        limit = 100,
      ): Promise<[number, string][]> {
        const found = await super.name_search(name, domain, operator, limit)
        if (name.trim().length !== 2) return found
        const coded = await super.name_search('', [...domain, ['code', '=', name.trim().toUpperCase()]], 'ilike', 1)
        const [first] = coded
        return first ? [first, ...found.filter(([id]) => id !== first[0])].slice(0, limit) : found
      }
    },
)

ResCountry.compute('image_url', ['code'], ({ code }) => flagImage(code))

/** The flag as an image that needs no file: the two regional indicator letters that fonts draw as one. */
function flagImage(code: string): string | null {
  if (!/^[A-Z]{2}$/.test(code)) return null
  const flag = code
    .split('')
    .map((letter) => String.fromCodePoint(0x1f1e6 + letter.charCodeAt(0) - 65))
    .join('')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 24"><text x="16" y="21" font-size="24" text-anchor="middle">${flag}</text></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

export interface ResCountry extends RecordsOf<typeof ResCountry> {}
declare module '#core' {
  interface Models {
    'res.country': { fields: ResCountryFields; records: ResCountry }
  }
}
