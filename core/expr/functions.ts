import { roundTo } from '../tools/decimal.ts'
import { applyBinary } from './arithmetic.ts'
import { order } from './compare.ts'
import { EXPR_TYPE } from './errors.ts'
import { distinct, type Kwargs } from './methods.ts'
import type { Run } from './run.ts'
import { textOf } from './text.ts'
import { isDict, itemsOf, keyOf, nameOfType, numberOf, requireNumber, setEntry, truthy, type Value } from './values.ts'

type BuiltinFunction = (args: Value[], run: Run, kwargs: Kwargs) => Value

/** Python's functions on numbers, texts and finite sequences. */
export const functions: Readonly<Record<string, BuiltinFunction>> = {
  len: ([value], run) => (typeof value === 'string' ? value.length : itemsOf(value, run).length),
  int: ([value = 0], _run) => Math.trunc(toNumber(value, /^[+-]?\d+$/)),
  float: ([value = 0], _run) => toNumber(value, /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/),
  str: ([value = ''], run) => textOf(value, run),
  bool: ([value = false]) => truthy(value),
  list: ([value = []], run) => [...itemsOf(value, run)],
  tuple: ([value = []], run) => [...itemsOf(value, run)],
  set: ([value = []], run) => distinct(itemsOf(value, run), run),
  dict: ([value = {}], run, kwargs) => ({ ...toDict(value, run), ...kwargs }),
  min: (args, run, kwargs) => extreme(-1, args, run, kwargs),
  max: (args, run, kwargs) => extreme(1, args, run, kwargs),
  sum: ([items, start], run) =>
    itemsOf(items, run).reduce((total, item) => applyBinary('+', total, item, run), start ?? 0),
  abs: ([value = null]) => Math.abs(requireNumber(value)),
  round: ([value = null, digits]) => round(requireNumber(value), requireNumber(digits ?? 0)),
  any: ([items], run) => itemsOf(items, run).some(truthy),
  all: ([items], run) => itemsOf(items, run).every(truthy),
  sorted: ([items], run, kwargs) => sorted(itemsOf(items, run), run, kwargs),
  reversed: ([items], run) => itemsOf(items, run).toReversed(),
  range: (args, run) => range(args.map(requireNumber), run),
  zip: (args, run) => zip(args.map((items) => itemsOf(items, run))),
  enumerate: ([items, start], run, kwargs) => {
    const first = requireNumber(start ?? kwargs['start'] ?? 0)
    return itemsOf(items, run).map((item, at) => [first + at, item])
  },
}

function toNumber(value: Value, pattern: RegExp): number {
  const number = numberOf(value)
  if (number !== undefined) return number
  const text = typeof value === 'string' ? value.trim() : ''
  if (!pattern.test(text))
    throw new EXPR_TYPE(`${typeof value === 'string' ? `'${text}'` : nameOfType(value)} is not a number`)
  return Number(text)
}

function toDict(value: Value, run: Run): Record<string, Value> {
  const items = itemsOf(value, run)
  if (isDict(value)) return { ...value }
  const dict: Record<string, Value> = {}
  for (const pair of items) {
    const [key = null, item = null] = itemsOf(pair, run)
    setEntry(dict, keyOf(key), item)
  }
  return dict
}

function extreme(sign: 1 | -1, args: Value[], run: Run, kwargs: Kwargs): Value {
  refuseKey(kwargs)
  const items = args.length === 1 ? itemsOf(args[0], run) : args
  const [first = kwargs['default']] = items
  if (first === undefined) throw new EXPR_TYPE('An empty list has no least or greatest item')
  return items.slice(1).reduce((best, item) => (sign * order(item, best, run) > 0 ? item : best), first)
}

function sorted(items: readonly Value[], run: Run, kwargs: Kwargs): Value {
  refuseKey(kwargs)
  const sign = truthy(kwargs['reverse'] ?? false) ? -1 : 1
  return items.toSorted((a, b) => sign * order(a, b, run))
}

function refuseKey(kwargs: Kwargs): void {
  if ('key' in kwargs) throw new EXPR_TYPE("The argument 'key' needs a function, which expressions do not have")
}

function range(bounds: number[], run: Run): Value {
  const [start, end, step = 1] = bounds.length === 1 ? [0, bounds[0]] : bounds
  if (start === undefined || end === undefined || step === 0)
    throw new EXPR_TYPE('range() needs an end, and a step that is not 0')
  const length = Math.max(0, Math.ceil((end - start) / step))
  run.take(length)
  return Array.from({ length }, (_, at) => start + at * step)
}

function zip(lists: (readonly Value[])[]): Value {
  const [first = []] = lists
  const length = Math.min(...lists.map((list) => list.length), first.length)
  return first.slice(0, length).map((_, at) => lists.map((list) => list[at] ?? null))
}

/** Rounds the binary value, as Python does: exact halves go to the even neighbour. */
function round(value: number, digits: number): number {
  if (digits < 0 || Math.abs(value) >= 1e21) return roundTo(value, { digits, method: 'half-even' })
  const decimals = Math.min(digits, 100)
  // A value halfway between two decimals is a whole number of halves of 2 ** -digits.
  const isHalf = Number.isInteger(value * 2 ** (decimals + 1)) && Math.abs((value * 10 ** decimals) % 1) === 0.5
  return isHalf ? roundTo(value, { digits: decimals, method: 'half-even' }) : Number(value.toFixed(decimals)) + 0
}
