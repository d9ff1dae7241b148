import type { PoEntry } from './po-file.ts'

/** The record and field that a text of a PO file belongs to. */
export interface TextOwner {
  readonly model: string
  readonly field: string
  /** Complete external id of the record. */
  readonly xmlid: string
  /** Whether the text is a piece of the field's markup rather than all of it. */
  readonly isMarkup: boolean
}

/** The translation of a field of one record, or of a piece of it. */
export interface RecordText extends TextOwner {
  readonly source: string
  readonly value: string
}

const REFERENCE = /^(model|model_terms):([\w.]+),(\w+):([\w-]+\.[\w.-]+)$/

/** The owner that a reference of a message names, `model:res.country,name:base.be`; undefined for texts of code. */
export function textOwner(reference: string): TextOwner | undefined {
  const [, kind, model = '', field = '', xmlid = ''] = REFERENCE.exec(reference) ?? []
  return kind === undefined ? undefined : { model, field, xmlid, isMarkup: kind === 'model_terms' }
}

/** The translations of records among messages: one for each record that shares the text. */
export function recordTexts(entries: readonly PoEntry[]): RecordText[] {
  return entries.flatMap(({ source, translations, references }) =>
    references.flatMap((reference) => {
      const owner = textOwner(reference)
      return owner ? [{ ...owner, source, value: translations[0] ?? source }] : []
    }),
  )
}

/**
 * Markup with its texts and the texts in its attributes translated; what has no translation stays.
 *
 *     translateMarkup('<p title="Hi">Hello</p>', new Map([['Hello', 'Bonjour']])) // '<p title="Hi">Bonjour</p>'
 */
export function translateMarkup(markup: string, texts: ReadonlyMap<string, string>): string {
  const whole = [...texts].filter(([source]) => source.includes('<'))
  const prepared = whole.reduce((text, [source, value]) => text.replaceAll(source, value), markup)
  return prepared
    .split(/(<[^>]*>)/)
    .map((part) => (part.startsWith('<') ? translateTag(part, texts) : translateText(part, texts)))
    .join('')
}

function translateTag(tag: string, texts: ReadonlyMap<string, string>): string {
  return tag.replace(/="([^"]*)"/g, (whole, value: string) => {
    const found = texts.get(value)
    return found === undefined ? whole : `="${found.replaceAll('"', '&quot;')}"`
  })
}

/** A text between tags, whose white space at both ends is no part of what is translated. */
function translateText(part: string, texts: ReadonlyMap<string, string>): string {
  const text = part.trim()
  const found = text === '' ? undefined : texts.get(text)
  return found === undefined ? part : part.replace(text, () => found)
}
