import type { CompareOperator } from './nodes.ts'
import { EXPR_TYPE } from './errors.ts'
import { Moment } from './moments.ts'
import type { Run } from './run.ts'
import { Duration } from './spans.ts'
import { entryOf, isDict, isList, isObject, itemsOf, nameOfType, numberOf, type Dict, type Value } from './values.ts'

/** Applies a comparison as Python does; see `order` for the one difference. */
export function compareValues(operator: CompareOperator, left: Value, right: Value, run: Run): boolean {
  return comparisons[operator](left, right, run)
}

const comparisons: Record<CompareOperator, (left: Value, right: Value, run: Run) => boolean> = {
  '==': equal,
  '!=': (left, right, run) => !equal(left, right, run),
  '<': (left, right, run) => order(left, right, run) < 0,
  '<=': (left, right, run) => order(left, right, run) <= 0,
  '>': (left, right, run) => order(left, right, run) > 0,
  '>=': (left, right, run) => order(left, right, run) >= 0,
  in: contains,
  'not in': (left, right, run) => !contains(left, right, run),
  is: same,
  'is not': (left, right) => !same(left, right),
}

/** Whether two values are equal: numbers by value (True is 1), lists and dicts by content. */
export function equal(left: Value, right: Value, run: Run): boolean {
  run.take(1 + textCost(left))
  if (left === right) return true
  const [a, b] = [comparable(left, right), comparable(right, left)]
  if (typeof a === 'number' || typeof a === 'string') return a === b
  if (isList(left)) {
    return (
      isList(right) && left.length === right.length && left.every((item, at) => equal(item, right[at] ?? null, run))
    )
  }
  return isDict(left) && isDict(right) && equalDicts(left, right, run)
}

/**
 * Negative, zero or positive as `left` comes before, with or after `right`. A field without a value is None or
 * False, so these come before any text, list or date, where Python would refuse to compare.
 */
export function order(left: Value, right: Value, run: Run): number {
  run.take(1 + textCost(left))
  const [a, b] = [comparable(left, right), comparable(right, left)]
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  if (isEmpty(left) || isEmpty(right)) return Number(isEmpty(right)) - Number(isEmpty(left))
  if (isList(left) && isList(right)) return orderLists(left, right, run)
  throw new EXPR_TYPE(`${nameOfType(left)} and ${nameOfType(right)} have no order`)
}

/** Whether a list has an equal item, a dict a key, or a text a part. */
export function contains(item: Value, container: Value, run: Run): boolean {
  run.take(textCost(container))
  if (typeof container === 'string') {
    if (typeof item === 'string') return container.includes(item)
    if (isEmpty(item)) return false
    throw new EXPR_TYPE(`${nameOfType(item)} cannot be part of a text`)
  }
  // A relation without a value is False: nothing is in it.
  if (isEmpty(container)) return false
  return itemsOf(container, run).some((member) => equal(item, member, run))
}

/** What it counts to read a text: computers compare many characters at once. */
function textCost(value: Value): number {
  return typeof value === 'string' ? value.length >> 4 : 0
}

function same(left: Value, right: Value): boolean {
  return left === right
}

function isEmpty(value: Value): boolean {
  return value === null || value === false
}

/** The number or text by which a value compares with another, or undefined for what compares by content. */
function comparable(value: Value, other: Value): number | string | undefined {
  if (typeof value === 'string') return value
  if (value instanceof Moment) return other instanceof Moment ? value.time : value.text
  if (value instanceof Duration) return other instanceof Duration ? value.time : undefined
  if (isObject(value) && isEmpty(other)) return undefined
  return numberOf(value)
}

function equalDicts(left: Dict, right: Dict, run: Run): boolean {
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every((key) => {
    const other = entryOf(right, key)
    return other !== undefined && equal(entryOf(left, key) ?? null, other, run)
  })
}

function orderLists(left: readonly Value[], right: readonly Value[], run: Run): number {
  for (const [at, item] of left.entries()) {
    const other = right[at]
    if (other === undefined) return 1
    if (!equal(item, other, run)) return order(item, other, run)
  }
  return left.length - right.length
}
