import { isModified } from '../../arch/modifiers.ts'
import { attr, fieldNodes } from '../../arch/node.ts'
import { modifiersOf } from '../../arch/read-modifiers.ts'
import type { XmlElement } from '../../arch/node.ts'
import type { FieldDescription, Fields, PageContext } from '../../page.ts'

/** The name of the measure that counts records. */
export const COUNT = '__count'

/** A number that sums up the records of a group. */
export interface Measure {
  /** Name of a field, or `__count`. */
  readonly name: string
  readonly label: string
  /** `null` for the count. */
  readonly field: FieldDescription | null
  /** `sum`, `avg`, …; the count has none. */
  readonly operator: string | null
}

/** What graphs and pivots say of a model's fields. */
export interface FiguresArch {
  /** Groups, `field` or `field:month`, in the order of the arch. */
  readonly rows: readonly string[]
  readonly cols: readonly string[]
  /** Names of the measures that the arch shows first. */
  readonly measures: readonly string[]
  /** Every measure that a person may choose, by label; the count comes last. */
  readonly offered: readonly Measure[]
  /** Fields by which a person may group, by label. */
  readonly groupable: readonly FieldDescription[]
}

const NUMBERS: ReadonlySet<string> = new Set(['integer', 'float', 'monetary'])
const DATED: ReadonlySet<string> = new Set(['date', 'datetime'])

/** Reads `<field name type="row|col|measure" interval invisible operator string/>` of a graph or a pivot. */
export function readFigures(root: XmlElement, fields: Fields, { context, translate }: PageContext): FiguresArch {
  const [rows, cols, measures]: [string[], string[], string[]] = [[], [], []]
  const hidden = new Set<string>()
  const labels = new Map<string, string>()
  const operators = new Map<string, string>()
  for (const node of fieldNodes(root)) {
    const name = attr(node, 'name') ?? ''
    const field = fields[name]
    if (!field) continue
    if (isModified(modifiersOf(node).invisible, { ...context, context } as never)) {
      hidden.add(name)
      continue
    }
    const label = attr(node, 'string')
    if (label) labels.set(name, label)
    const operator = attr(node, 'operator')
    if (operator) operators.set(name, operator)
    const type = attr(node, 'type')
    if (type === 'measure' || (type === null && operator !== null)) measures.push(name)
    else if (type === 'col') cols.push(grouped(field, attr(node, 'interval')))
    else if (type === 'row' || root.nodeName === 'graph') rows.push(grouped(field, attr(node, 'interval')))
  }
  const byLabel = (a: { label: string }, b: { label: string }): number => a.label.localeCompare(b.label)
  return {
    rows: rows.filter((group) => isGroup(group, fields)),
    cols: cols.filter((group) => isGroup(group, fields)),
    measures,
    offered: [
      ...Object.values(fields)
        .filter((field) => !hidden.has(field.name) && (measures.includes(field.name) || isMeasure(field)))
        .map((field) => ({
          name: field.name,
          label: labels.get(field.name) ?? field.string,
          field,
          operator: operators.get(field.name) ?? field.aggregator ?? 'sum',
        }))
        .toSorted(byLabel),
      { name: COUNT, label: translate('Count'), field: null, operator: null },
    ],
    groupable: Object.values(fields)
      .filter(({ name, groupable }) => groupable === true && name !== 'id' && !hidden.has(name))
      .toSorted((a, b) => a.string.localeCompare(b.string)),
  }
}

/** Whether records of the model can be grouped so; addresses and archs may say anything. */
export function isGroup(group: string, fields: Fields): boolean {
  const [name = '', unit] = group.split(':')
  const field = fields[name]
  if (field?.groupable !== true) return false
  return unit === undefined || (DATED.has(field.type) && UNITS.some((one) => one === unit))
}

/** How dates may be grouped. */
export const UNITS = ['year', 'quarter', 'month', 'week', 'day'] as const

/** The same in words, in English. */
export const UNIT_LABELS: Readonly<Record<string, string>> = {
  year: 'Year',
  quarter: 'Quarter',
  month: 'Month',
  week: 'Week',
  day: 'Day',
}

/** What a group is called: `Country`, `Order Date: Month`. */
export function groupLabel(group: string, fields: Fields, translate: PageContext['translate']): string {
  const [name = '', unit] = group.split(':')
  const label = fields[name]?.string ?? name
  return unit === undefined ? label : `${label}: ${translate(UNIT_LABELS[unit] ?? unit)}`
}

/** A group of a field as a query takes it: dates by month unless told otherwise. */
export function grouped({ name, type }: FieldDescription, unit: string | null): string {
  return DATED.has(type) ? `${name}:${unit ?? 'month'}` : name
}

/** A group from an address or a search, with its unit spelt out. */
export function withUnit(group: string, fields: Fields): string {
  const [name = '', unit] = group.split(':')
  const field = fields[name]
  return field && unit === undefined ? grouped(field, null) : group
}

const isMeasure = ({ name, type, store, aggregator }: FieldDescription): boolean =>
  name !== 'id' && NUMBERS.has(type) && store !== false && aggregator !== undefined
