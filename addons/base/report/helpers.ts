import Handlebars from 'handlebars'
import { catalog, parseDatetime } from '#core'

/** What helpers know of who reads. */
export interface Reader {
  /** `fr_FR`. */
  readonly lang: string
  /** An IANA time zone. */
  readonly zone: string
  /** The addon whose translations come first. */
  readonly addon: string
  /** `model.field` -> value -> label. */
  readonly labels: ReadonlyMap<string, Readonly<Record<string, string>>>
}

type Length = 'short' | 'medium' | 'long' | 'full'

/** What templates of reports can call. Handlebars passes its own options behind the values. */
export function reportHelpers(reader: Reader): Readonly<Record<string, Handlebars.HelperDelegate>> {
  const { lang, zone, addon, labels } = reader
  const locale = localeOf(lang)
  const length = (given: unknown): Length => (typeof given === 'string' ? (given as Length) : 'medium')
  return {
    /** `{{t "Phone"}}`: a text in the reader's language. */
    t: (text: unknown) => catalog.translate(lang, addon, String(text)),
    date: (value: unknown, style: unknown) => {
      const day = typeof value === 'string' ? parseDatetime(value.slice(0, 10)) : value
      if (!(day instanceof Date)) return ''
      // a calendar day has no time zone
      const timeZone = typeof value === 'string' ? 'UTC' : zone
      return new Intl.DateTimeFormat(locale, { dateStyle: length(style), timeZone }).format(day)
    },
    datetime: (value: unknown, style: unknown) => {
      const moment = typeof value === 'string' ? parseDatetime(value) : value
      if (!(moment instanceof Date)) return ''
      const format = { dateStyle: length(style), timeStyle: 'short', timeZone: zone } as const
      return new Intl.DateTimeFormat(locale, format).format(moment)
    },
    number: (value: unknown, digits: unknown) => {
      const given = typeof digits === 'number' ? { minimumFractionDigits: digits, maximumFractionDigits: digits } : {}
      return new Intl.NumberFormat(locale, given).format(Number(value ?? 0))
    },
    /** `{{monetary doc.amount_total doc.currency_id}}`. */
    monetary: (value: unknown, currency: unknown) => {
      const name = (currency as { name?: unknown } | null)?.name
      const style = typeof name === 'string' ? ({ style: 'currency', currency: name } as const) : {}
      return new Intl.NumberFormat(locale, style).format(Number(value ?? 0))
    },
    /** `{{choice doc.type}}`: the label of a selection's value. */
    choice: (value: unknown, key: unknown) => labels.get(String(key))?.[String(value)] ?? value ?? '',
    /** `{{image doc.image_1920}}`: a picture for the `src` of an `<img>`. */
    image: (value: unknown) => {
      const url = pictureUrl(value)
      return url && new Handlebars.SafeString(url)
    },
    eq: (a: unknown, b: unknown) => a === b,
    not: (value: unknown) => Handlebars.Utils.isEmpty(value),
    or: (...values: unknown[]) => values.slice(0, -1).find((value) => !Handlebars.Utils.isEmpty(value)) ?? '',
    and: (...values: unknown[]) => values.slice(0, -1).every((value) => !Handlebars.Utils.isEmpty(value)),
  }
}

/** The language for `Intl`; English when it does not know it. */
function localeOf(lang: string): string {
  try {
    return Intl.getCanonicalLocales(lang.replaceAll('_', '-').replace(/@.*$/, ''))[0] ?? 'en-US'
  } catch {
    return 'en-US'
  }
}

/** JPEG and PNG as a `data:` address; nothing for what a PDF cannot hold. */
function pictureUrl(value: unknown): string {
  if (!(value instanceof Uint8Array)) return ''
  const isPng = value[0] === 0x89 && value[1] === 0x50
  const isJpeg = value[0] === 0xff && value[1] === 0xd8
  if (!isPng && !isJpeg) return ''
  return `data:image/${isPng ? 'png' : 'jpeg'};base64,${Buffer.from(value).toString('base64')}`
}
