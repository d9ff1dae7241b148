import { EXPR_NAME, EXPR_TYPE } from './errors.ts'
import type { Run } from './run.ts'
import { quotedText, textOf } from './text.ts'
import { entryOf, isDict, isList, requireNumber, type Value } from './values.ts'

/** How one value is written: the parts of `%-08.2f` or of the same after the colon of `{:<08.2f}`. */
interface Style {
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
  readonly type: string
}

const PERCENT = /%(?:\((?<key>[^)]*)\))?(?<flags>[-+0 #]*)(?<width>\d*)(?:\.(?<precision>\d+))?(?<type>.|$)/gs
const BRACES = /\{\{|\}\}|\{(?<key>\w*)(?:!(?<conversion>[rs]))?(?::(?<style>[^{}]{0,20}))?\}|[{}]/g
const STYLE = /^(?<flags>[<>+0,]*)(?<width>\d*)(?<grouped>,?)(?:\.(?<precision>\d+))?(?<type>[a-zA-Z%]?)$/

/** Widest field and most decimals of one value. */
const MAX_WIDTH = 200

/**
 * Python's `format % value`. `isTuple` tells that the value was written as a tuple, whose items are then taken one
 * by one; a list is one value unless the format asks for several.
 */
export function formatPercent(format: string, value: Value, isTuple: boolean, run: Run): string {
  run.take(format.length)
  const wanted = [...format.matchAll(PERCENT)].filter((match) => match.groups?.['type'] !== '%').length
  const items = isList(value) && (isTuple || wanted > 1) ? value : [value]
  let taken = 0
  const result = format.replace(PERCENT, (...match) => {
    const { key, flags = '', width = '', precision, type = '' } = match.at(-1) as Record<string, string | undefined>
    if (type === '%') return '%'
    const item = key === undefined ? items[taken++] : isDict(value) ? entryOf(value, key) : undefined
    if (item === undefined) throw new EXPR_TYPE('The format has more places than there are values')
    return styled(item, { flags, ...sizes(width, precision), type }, run)
  })
  const takesAll = isTuple || !(isList(value) || isDict(value))
  if (takesAll && taken < items.length) throw new EXPR_TYPE('The format has fewer places than there are values')
  return result
}

/** Python's `format.format(…)` with positions, names and the usual styles; attributes are not reachable. */
export function formatBraces(
  format: string,
  args: readonly Value[],
  kwargs: Readonly<Record<string, Value>>,
  run: Run,
): string {
  let next = 0
  return format.replace(BRACES, (...match) => {
    const [found] = match
    if (found === '{{' || found === '}}') return found.charAt(0)
    if (found.length === 1) throw new EXPR_TYPE(`The format has a single '${found}'`)
    const { key = '', conversion, style = '' } = match.at(-1) as Record<string, string | undefined>
    const item = /^\d*$/.test(key) ? args[key === '' ? next++ : Number(key)] : entryOf(kwargs, key)
    if (item === undefined) throw new EXPR_NAME(key, undefined)
    if (conversion === 'r') return styled(quotedText(item, run), readStyle(style), run)
    return styled(item, readStyle(style), run)
  })
}

function readStyle(style: string): Style {
  const groups = STYLE.exec(style)?.groups
  if (!groups) throw new EXPR_TYPE(`The format '${style}' is not supported`)
  const { flags = '', grouped = '', width = '', precision, type = '' } = groups
  const aligned = flags.replace('<', '-') + grouped
  return {
    flags: aligned,
    ...sizes(width, precision),
    type: type || (precision === undefined && grouped === '' ? 's' : 'g'),
  }
}

function sizes(width: string, precision: string | undefined): Pick<Style, 'width' | 'precision'> {
  return {
    width: Math.min(Number(width), MAX_WIDTH),
    precision: precision === undefined ? undefined : Math.min(Number(precision), 100),
  }
}

function styled(value: Value, style: Style, run: Run): string {
  const text = styleBody(value, style, run)
  run.take(Math.max(text.length, style.width))
  if (style.flags.includes('-')) return text.padEnd(style.width)
  if (!style.flags.includes('0') || style.type === 's') return text.padStart(style.width)
  const sign = /^[-+ ]/.exec(text)?.[0] ?? ''
  return sign + text.slice(sign.length).padStart(style.width - sign.length, '0')
}

function styleBody(value: Value, { flags, precision, type }: Style, run: Run): string {
  if (type === 's') return textOf(value, run).slice(0, precision)
  if (type === 'r') return quotedText(value, run).slice(0, precision)
  if (type === 'c' && typeof value === 'string') return value.slice(0, 1)
  const number = requireNumber(value)
  const body = numberText(Math.abs(number), precision, type)
  const grouped = flags.includes(',') ? body.replace(/\B(?<!\.\d*)(?=(?:\d{3})+(?!\d))/g, ',') : body
  const plus = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  return (number < 0 || Object.is(number, -0) ? '-' : plus) + grouped
}

function numberText(number: number, precision: number | undefined, type: string): string {
  switch (type) {
    case 'd':
    case 'i':
    case 'u':
      return String(Math.trunc(number))
    case 'f':
    case 'F':
      return number.toFixed(precision ?? 6)
    case '%':
      return `${(number * 100).toFixed(precision ?? 6)}%`
    case 'e':
    case 'E':
      return number.toExponential(precision ?? 6).replace(/e([+-])(\d)$/, 'e$10$2')
    case 'g':
    case 'G':
      return String(Number(number.toPrecision(Math.max(1, precision ?? 6))))
    case 'x':
      return Math.trunc(number).toString(16)
    case 'X':
      return Math.trunc(number).toString(16).toUpperCase()
    case 'o':
      return Math.trunc(number).toString(8)
    default:
      throw new EXPR_TYPE(`The format '%${type}' is not supported`)
  }
}
