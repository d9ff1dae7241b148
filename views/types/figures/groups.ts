import type { Fields, PageContext, Values } from '../../page.ts'
import { allOf, type Domain } from '../search/combine.ts'
import { domainWithWords } from '../search/describe.ts'

/** One value by which records are grouped. */
export interface GroupValue {
  /** Short, for addresses, and different from that of every other value; `_` for records without one. */
  readonly key: string
  readonly label: string
  /** What its records have in common. */
  readonly domain: Domain
}

const UNSET = '_'

/** What one group of a query says for one of its terms. */
export function groupValue(group: Values, term: string, fields: Fields, { translate }: PageContext): GroupValue {
  const [name = '', unit] = term.split(':')
  const field = fields[name]
  const value = group[term]
  if (field?.type === 'boolean') {
    const isYes = value === true
    return { key: isYes ? '1' : '0', label: translate(isYes ? 'Yes' : 'No'), domain: [[name, '=', isYes]] }
  }
  if (value === false || value === null || value === undefined)
    return { key: UNSET, label: translate('None'), domain: [[name, '=', false]] }
  if (unit !== undefined) {
    const { from, to } = (group['__range'] as Values)[term] as { from: string; to: string }
    const domain = ['&', [name, '>=', from], [name, '<', to]]
    return { key: from.replace(' 00:00:00', ''), label: String(value), domain }
  }
  if (Array.isArray(value)) {
    const [id, label] = value as [number, string]
    return { key: String(id), label: label || translate('Unnamed'), domain: [[name, '=', id]] }
  }
  const words = field?.selection?.find(([one]) => one === value)?.[1]
  return {
    key: String(value).startsWith(UNSET) ? UNSET + String(value) : String(value),
    label: words ?? String(value),
    domain: [[name, '=', value]],
  }
}

/** What records fulfil that belong to all of the groups. */
export function domainOf(values: readonly GroupValue[]): Domain {
  return allOf(values.map(({ domain }) => domain))
}

/** The same as an address holds it, called by the groups; empty for all records. */
export function domainText(values: readonly GroupValue[]): string {
  if (values.length === 0) return ''
  return domainWithWords(domainOf(values), values.map(({ label }) => label).join(' › '))
}
