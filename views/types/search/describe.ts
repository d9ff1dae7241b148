import type { Fields, PageContext } from '../../page.ts'
import type { Domain } from './combine.ts'

const OPERATORS: Readonly<Record<string, string>> = {
  '=': 'is',
  '!=': 'is not',
  ilike: 'contains',
  'not ilike': 'does not contain',
  in: 'is one of',
  'not in': 'is none of',
  child_of: 'is below',
  parent_of: 'is above',
}

/** A domain in words, for the facet that stands for it. */
export function describeDomain(
  domain: Domain,
  fields: Fields,
  translate: PageContext['translate'],
  format: PageContext['format'],
): string {
  let at = 0
  const term = (): string => {
    const part = domain[at++]
    if (part === '!') return translate('not %s', term())
    if (part === '&' || part === '|') {
      const [left, right] = [term(), term()]
      return translate(part === '&' ? '%s and %s' : '%s or %s', left, right)
    }
    return Array.isArray(part) ? leaf(part as [string, string, unknown]) : ''
  }
  const leaf = ([name, operator, value]: readonly [string, string, unknown]): string => {
    const field = fields[String(name).split('.')[0] as string]
    const label = [field?.string ?? String(name), ...String(name).split('.').slice(1)].join(' → ')
    if (value === false && operator === '=') return translate('%s is not set', label)
    if (value === false && operator === '!=') return translate('%s is set', label)
    const words = OPERATORS[operator]
    return [label, words === undefined ? operator : translate(words), valueText(field?.type, value)].join(' ')
  }
  const valueText = (type: string | undefined, value: unknown): string => {
    if (Array.isArray(value)) return value.map((one) => valueText(type, one)).join(', ')
    if (typeof value === 'string' && type === 'datetime') return format.datetime(value)
    if (typeof value === 'string' && type === 'date') return format.date(value)
    return String(value)
  }
  const parts: string[] = []
  while (at < domain.length) parts.push(term())
  return parts.reduce((left, right) => translate('%s and %s', left, right))
}

const WORDS = '\n# '

/** A domain as the text of a Python expression, which is how addresses hold it, with words for it in a comment at its end. */
export function domainWithWords(domain: Domain, words: string): string {
  return python(domain) + WORDS + words.replace(/\s+/g, ' ')
}

/** The words that stand at the end of a domain's text; `null` where none do. */
export function wordsOf(text: string): string | null {
  const at = text.lastIndexOf(WORDS)
  return at < 0 ? null : text.slice(at + WORDS.length)
}

function python(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return JSON.stringify(value)
}
