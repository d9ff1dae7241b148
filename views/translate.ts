import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Translate } from './page.ts'
import { isTranslated, parsePo } from '../core/i18n/po-file.ts'

const catalogs = new Map<string, ReadonlyMap<string, string>>()

/** What templates of this room say, in the language `fr_FR`, else in English. */
export function translator(lang: string): Translate {
  const texts = catalogOf(lang)
  return (source, ...values) => {
    let next = 0
    return (texts.get(source) ?? source).replace(/%s/g, () => values[next++] ?? '')
  }
}

/** All texts of a language, for what runs in the browser. */
export function catalogOf(lang: string): ReadonlyMap<string, string> {
  let texts = catalogs.get(lang)
  if (!texts) {
    texts = new Map([lang.split('_')[0] ?? lang, lang].flatMap(textsOf))
    catalogs.set(lang, texts)
  }
  return texts
}

function textsOf(name: string): (readonly [string, string])[] {
  const file = fileURLToPath(new URL(`i18n/${name}.po`, import.meta.url))
  if (!/^\w+$/.test(name) || !existsSync(file)) return []
  return parsePo(readFileSync(file, 'utf8'), file)
    .entries.filter(isTranslated)
    .map(({ source, translations }) => [source, translations[0] as string] as const)
}
