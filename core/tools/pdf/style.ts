import type { Element } from 'domhandler'

/** How a piece of a document looks, in the words of pdfmake. */
export type Look = Readonly<Record<string, unknown>>

/** Points of a font size without any other word. */
export const BASE_SIZE = 10
const REM = 12
const PX = 0.75
const MUTED = '#5c656d'

/** What elements look like. */
const ELEMENTS: Readonly<Record<string, Look>> = {
  b: { bold: true },
  strong: { bold: true },
  i: { italics: true },
  em: { italics: true },
  u: { decoration: 'underline' },
  s: { decoration: 'lineThrough' },
  small: { fontSize: 8 },
  sup: { sup: true },
  sub: { sub: true },
  th: { bold: true },
  h1: { fontSize: 20, bold: true, margin: [0, 0, 0, 8] },
  h2: { fontSize: 16, bold: true, margin: [0, 8, 0, 6] },
  h3: { fontSize: 13, bold: true, margin: [0, 6, 0, 4] },
  h4: { fontSize: 11, bold: true, margin: [0, 4, 0, 2] },
  p: { margin: [0, 0, 0, 6] },
  ul: { margin: [0, 0, 0, 6] },
  ol: { margin: [0, 0, 0, 6] },
  table: { margin: [0, 0, 0, 6] },
}

/** What classes of Bootstrap look like; others mean nothing on paper. */
const CLASSES: Readonly<Record<string, Look>> = {
  'fw-bold': { bold: true },
  'fst-italic': { italics: true },
  'text-decoration-underline': { decoration: 'underline' },
  'text-start': { alignment: 'left' },
  'text-center': { alignment: 'center' },
  'text-end': { alignment: 'right' },
  'text-right': { alignment: 'right' },
  'text-justify': { alignment: 'justify' },
  'text-muted': { color: MUTED },
  'text-danger': { color: '#b02a37' },
  'text-success': { color: '#1a6b3c' },
  'text-nowrap': { noWrap: true },
  small: { fontSize: 8 },
  'fs-1': { fontSize: 24 },
  'fs-2': { fontSize: 20 },
  'fs-3': { fontSize: 17 },
  'fs-4': { fontSize: 14 },
  'fs-5': { fontSize: 12 },
  'fs-6': { fontSize: 10 },
  'bg-light': { fillColor: '#f1f3f4' },
  'page-break': { pageBreak: 'before' },
  'keep-together': { unbreakable: true },
}

/** Steps of Bootstrap's margins. */
const STEPS = [0, REM / 4, REM / 2, REM, REM * 1.5, REM * 3]
const SIDES: Readonly<Record<string, readonly number[]>> = {
  s: [0],
  t: [1],
  e: [2],
  b: [3],
  x: [0, 2],
  y: [1, 3],
  '': [0, 1, 2, 3],
}

/** How an element looks by its name, its classes and its `style`, in this order. */
export function lookOf(element: Element): Look {
  const look: Record<string, unknown> = { ...ELEMENTS[element.name] }
  for (const name of (element.attribs['class'] ?? '').split(/\s+/)) {
    Object.assign(look, CLASSES[name])
    const [, side = '', step = ''] = /^m([stebxy]?)-([0-5])$/.exec(name) ?? []
    if (step) setMargin(look, SIDES[side] ?? [], STEPS[Number(step)] ?? 0)
  }
  for (const declaration of (element.attribs['style'] ?? '').split(';')) {
    const [property = '', value = ''] = declaration.split(':').map((part) => part.trim().toLowerCase())
    applyStyle(look, property, value)
  }
  return look
}

function applyStyle(look: Record<string, unknown>, property: string, value: string): void {
  const length = points(value)
  const [, side] = /^margin-(left|top|right|bottom)$/.exec(property) ?? []
  if (side && length !== undefined) setMargin(look, [['left', 'top', 'right', 'bottom'].indexOf(side)], length)
  else if (property === 'font-size' && length !== undefined) look['fontSize'] = length
  else if (property === 'font-weight') look['bold'] = value === 'bold' || Number(value) >= 600
  else if (property === 'font-style') look['italics'] = value === 'italic'
  else if (property === 'text-align') look['alignment'] = value
  else if (property === 'color' && isColor(value)) look['color'] = value
  else if (property === 'background-color' && isColor(value)) look['fillColor'] = value
  else if (property === 'page-break-before' && value === 'always') look['pageBreak'] = 'before'
  else if (property === 'page-break-after' && value === 'always') look['pageBreak'] = 'after'
  else if (property === 'page-break-inside' && value === 'avoid') look['unbreakable'] = true
}

function setMargin(look: Record<string, unknown>, sides: readonly number[], points: number): void {
  const margin = [...((look['margin'] as readonly number[] | undefined) ?? [0, 0, 0, 0])]
  for (const side of sides) margin[side] = points
  look['margin'] = margin
}

const isColor = (value: string): boolean => /^(#[0-9a-f]{3}|#[0-9a-f]{6}|[a-z]+)$/.test(value)

/** A length in points: `12px`, `10pt`, `1.5rem`, `20mm`; a bare number counts as pixels. */
export function points(value: string): number | undefined {
  const [, number = '', unit = ''] = /^(\d*\.?\d+)(px|pt|rem|em|mm|cm|in)?$/.exec(value.trim()) ?? []
  if (number === '') return undefined
  const factor = { px: PX, pt: 1, rem: REM, em: REM, mm: 72 / 25.4, cm: 72 / 2.54, in: 72, '': PX }[unit] ?? PX
  return Number(number) * factor
}
