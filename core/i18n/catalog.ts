import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isTranslated, parsePo, type PoEntry } from './po-file.ts'
import { textOwner } from './record-texts.ts'

/** Where an addon keeps its translations. */
export interface TranslatedAddon {
  readonly name: string
  /** Folder with a PO file per language, `fr.po` and `fr_BE.po`; it need not exist. */
  readonly folder: string
  /** Paths of CSV files of translated values, with `{lang}` where the language goes. */
  readonly tables: readonly string[]
}

type Texts = ReadonlyMap<string, string>

/** The language in which sources are written. */
const SOURCE_LANGUAGE = 'en_US'

/** Models whose texts are labels in the code: they are looked up by their source, not kept with the records. */
const LABELS: ReadonlySet<string> = new Set(['ir.model', 'ir.model.fields', 'ir.model.fields.selection'])

/**
 * Names of the files that translate to a language, from the general to the special: of `fr_BE` they are `fr` and
 * `fr_BE`, and what the latter says goes before.
 */
export function fileNames(lang: string): readonly string[] {
  const [general = lang] = lang.split(/[_@]/)
  return general === lang ? [lang] : [general, lang]
}

/** Translations of texts in code and views, by language and addon; read from the addons' files when first asked for. */
export class Catalog {
  readonly #addons = new Map<string, TranslatedAddon>()
  /** Language -> addon -> source -> translation. */
  readonly #texts = new Map<string, Map<string, Texts>>()

  get addons(): Iterable<TranslatedAddon> {
    return this.#addons.values()
  }

  /** Makes the translations of an addon known; one of the same name is replaced. */
  add(addon: TranslatedAddon): void {
    this.#addons.set(addon.name, addon)
    for (const addons of this.#texts.values()) addons.delete(addon.name)
  }

  /**
   * A text in a language: as the addon translates it, else as any other does, else as it is.
   * @throws PO_SYNTAX
   */
  translate(lang: string, addon: string, source: string): string {
    if (lang === SOURCE_LANGUAGE || source === '') return source
    const own = this.#textsOf(lang, addon).get(source)
    if (own !== undefined) return own
    for (const other of this.#addons.keys()) {
      const found = this.#textsOf(lang, other).get(source)
      if (found !== undefined) return found
    }
    return source
  }

  /** Whether one of the addons translates a text of code or views. */
  knows(lang: string, addons: Iterable<string>, source: string): boolean {
    for (const addon of addons) if (this.#textsOf(lang, addon).has(source)) return true
    return false
  }

  #textsOf(lang: string, addon: string): Texts {
    let addons = this.#texts.get(lang)
    if (!addons) this.#texts.set(lang, (addons = new Map()))
    let texts = addons.get(addon)
    if (!texts) addons.set(addon, (texts = this.#read(lang, addon)))
    return texts
  }

  #read(lang: string, name: string): Texts {
    const addon = this.#addons.get(name)
    const entries = addon ? poEntries(addon, lang) : []
    return new Map(entries.filter(isLabel).map(({ source, translations }) => [source, translations[0] ?? source]))
  }
}

/** The translated messages of an addon's PO files for a language; those of the more special file come last. */
export function poEntries(addon: TranslatedAddon, lang: string): readonly PoEntry[] {
  return fileNames(lang).flatMap((name) => {
    const path = join(addon.folder, `${name}.po`)
    return existsSync(path) ? parsePo(readFileSync(path, 'utf8'), path).entries.filter(isTranslated) : []
  })
}

/** Whether a text is not only that of data records, which hold their translations themselves. */
function isLabel({ references }: PoEntry): boolean {
  const owners = references.map(textOwner)
  return owners.length === 0 || owners.some((owner) => !owner || owner.isMarkup || LABELS.has(owner.model))
}

/** The catalogue of this process: the files of addons are the same for all of its databases. */
export const catalog = new Catalog()
