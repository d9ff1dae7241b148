import { PO_SYNTAX } from './errors.ts'

/** One message of a PO file. */
export interface PoEntry {
  /** Line on which it starts, from 1. */
  readonly line: number
  /** What tells messages with the same source apart. */
  readonly context: string | null
  readonly source: string
  readonly plural: string | null
  /** The translation, or with `plural` one per plural form; empty texts are not translated yet. */
  readonly translations: readonly string[]
  /** Where the source is used: `model:res.country,name:base.be`, `code:addons/sale/models/sale_order.ts:0`. */
  readonly references: readonly string[]
  /** Comments that were extracted with the source (`#.`), such as `module: sale`. */
  readonly notes: readonly string[]
  readonly flags: readonly string[]
}

/** Whether a message has a translation that somebody stands by. */
export function isTranslated({ translations, plural, flags }: PoEntry): boolean {
  return plural === null && !flags.includes('fuzzy') && (translations[0] ?? '') !== ''
}

/** The messages of a PO file and the fields of its header (`Language`, `Content-Type` …). */
export interface PoFile {
  readonly header: ReadonlyMap<string, string>
  readonly entries: readonly PoEntry[]
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\' }
const WIDTH = 78

/** An entry while its lines are read. */
class Draft {
  line = 0
  texts = new Map<string, string>()
  references: string[] = []
  notes: string[] = []
  flags: string[] = []
  /** The key word whose text goes on in the next line. */
  open: string | null = null

  entry(): PoEntry {
    const forms = [...this.texts].filter(([key]) => key.startsWith('msgstr')).map(([, text]) => text)
    return {
      line: this.line,
      context: this.texts.get('msgctxt') ?? null,
      source: this.texts.get('msgid') ?? '',
      plural: this.texts.get('msgid_plural') ?? null,
      translations: forms,
      references: this.references,
      notes: this.notes,
      flags: this.flags,
    }
  }
}

/**
 * Messages of a PO text; `file` names it in errors. Obsolete messages (`#~`) are left out.
 * @throws PO_SYNTAX naming file and line
 */
export function parsePo(text: string, file = 'PO'): PoFile {
  const entries: PoEntry[] = []
  let draft = new Draft()
  const finish = (): void => {
    if (draft.texts.has('msgid') && !draft.texts.has('msgstr') && !draft.texts.has('msgstr[0]')) {
      throw new PO_SYNTAX(file, draft.line, 'the message has no msgstr.')
    }
    if (draft.texts.has('msgid')) entries.push(draft.entry())
    draft = new Draft()
  }
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const content = raw.trim()
    const startsNext = content.startsWith('#') || /^msg(ctxt|id)\s/.test(content)
    if (content === '' || (startsNext && [...draft.texts.keys()].some((key) => key.startsWith('msgstr')))) finish()
    if (content !== '') readLine(content, draft, file, index + 1)
  }
  finish()
  const [first] = entries
  const hasHeader = first?.source === '' && first.context === null
  return { header: hasHeader ? headerOf(first) : new Map(), entries: hasHeader ? entries.slice(1) : entries }
}

function readLine(content: string, draft: Draft, file: string, line: number): void {
  if (content.startsWith('#')) {
    readComment(content, draft)
    return
  }
  draft.line ||= line
  const [, key, quoted] = /^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)?\s*(".*")$/.exec(content) ?? []
  const word = key ?? draft.open
  if (quoted === undefined || !word) throw new PO_SYNTAX(file, line, `this is no line of a PO file: ${content}`)
  if (key && draft.texts.has(key)) throw new PO_SYNTAX(file, line, `the message has a second ${key}.`)
  if (key && key !== 'msgctxt' && key !== 'msgid' && !draft.texts.has('msgid')) {
    throw new PO_SYNTAX(file, line, `${key} comes without a msgid before it.`)
  }
  draft.texts.set(word, (draft.texts.get(word) ?? '') + unquote(quoted, file, line))
  draft.open = word
}

function readComment(content: string, draft: Draft): void {
  const rest = content.slice(2).trim()
  if (content.startsWith('#:')) draft.references.push(...rest.split(/\s+/).filter(Boolean))
  if (content.startsWith('#.')) draft.notes.push(rest)
  if (content.startsWith('#,')) draft.flags.push(...rest.split(/\s*,\s*/).filter(Boolean))
}

function unquote(quoted: string, file: string, line: number): string {
  const inner = quoted.slice(1, -1)
  if (!/^(?:[^"\\]|\\.)*$/.test(inner)) throw new PO_SYNTAX(file, line, `a quote is not escaped: ${quoted}`)
  return inner.replace(/\\(.)/g, (escape, letter: string) => ESCAPES[letter] ?? escape)
}

function headerOf(entry: PoEntry): Map<string, string> {
  const lines = (entry.translations[0] ?? '').split('\n').filter((line) => line.includes(':'))
  return new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]),
  )
}

/** PO text of messages; `parsePo` reads it back. Long and multi-line texts are wrapped at their line ends. */
export function formatPo({ header, entries }: PoFile): string {
  const first = [...header].map(([name, value]) => `${name}: ${value}\n`).join('')
  const blocks = entries.map(formatEntry)
  return `${[`msgid ""\n${formatText('msgstr', first)}`, ...blocks].join('\n\n')}\n`
}

function formatEntry(entry: PoEntry): string {
  return [
    ...entry.notes.map((note) => `#. ${note}`),
    ...entry.references.map((reference) => `#: ${reference}`),
    ...(entry.flags.length > 0 ? [`#, ${entry.flags.join(', ')}`] : []),
    ...(entry.context === null ? [] : [formatText('msgctxt', entry.context)]),
    formatText('msgid', entry.source),
    ...(entry.plural === null ? [] : [formatText('msgid_plural', entry.plural)]),
    ...entry.translations.map((text, form) => formatText(entry.plural === null ? 'msgstr' : `msgstr[${form}]`, text)),
  ].join('\n')
}

function formatText(key: string, text: string): string {
  const lines = text.split(/(?<=\n)/)
  if (lines.length <= 1 && key.length + text.length < WIDTH) return `${key} ${quote(text)}`
  return [`${key} ""`, ...lines.map(quote)].join('\n')
}

function quote(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
  return `"${escaped.replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r')}"`
}
