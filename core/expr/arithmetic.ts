import { equal } from './compare.ts'
import { EXPR_LIMIT, EXPR_TYPE } from './errors.ts'
import { Moment } from './moments.ts'
import type { BinaryOperator } from './nodes.ts'
import type { Run } from './run.ts'
import { Duration, Relative } from './spans.ts'
import { isList, nameOfType, numberOf, requireNumber, type Value } from './values.ts'

/** Applies an operator as Python does; texts, lists, dates and numbers each know some of them. */
export function applyBinary(operator: BinaryOperator, left: Value, right: Value, run: Run): Value {
  const [a, b] = [numberOf(left), numberOf(right)]
  if (a !== undefined && b !== undefined) return calculate(operator, a, b)
  const result =
    operator === '+' || operator === '-'
      ? sum(operator, left, right, run)
      : operator === '*'
        ? product(left, right, run)
        : undefined
  if (result !== undefined) return result
  if (operator === '/' && left instanceof Duration && b !== undefined) return new Duration(divide(left.time, b))
  if (operator === '/' && left instanceof Duration && right instanceof Duration) return divide(left.time, right.time)
  throw new EXPR_TYPE(`'${operator}' does not apply to ${nameOfType(left)} and ${nameOfType(right)}`)
}

/** The negative of a number or of a difference of time. */
export function negate(value: Value): Value {
  if (value instanceof Duration) return new Duration(-value.time)
  return value instanceof Relative ? value.times(-1) : positive(-requireNumber(value))
}

function calculate(operator: BinaryOperator, a: number, b: number): number {
  const result = calculations[operator](a, b)
  if (Number.isFinite(result)) return positive(result)
  if (Number.isNaN(result)) throw new EXPR_TYPE(`${a} ${operator} ${b} is not a number`)
  throw new EXPR_LIMIT(`${a} ${operator} ${b} is too large`)
}

const calculations: Record<BinaryOperator, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': divide,
  '//': (a, b) => Math.floor(divide(a, b)),
  // The sign of the result is that of the divisor, unlike in JavaScript.
  '%': modulo,
  '**': (a, b) => (a === 0 && b < 0 ? divide(1, 0) : a ** b),
}

function modulo(a: number, b: number): number {
  if (b === 0) return divide(a, b)
  const rest = a % b
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest
}

function divide(a: number, b: number): number {
  if (b === 0) throw new EXPR_TYPE('Division by zero')
  return a / b
}

/** Python's whole numbers have no negative zero. */
function positive(number: number): number {
  return number === 0 ? 0 : number
}

function sum(operator: '+' | '-', left: Value, right: Value, run: Run): Value | undefined {
  const sign = operator === '+' ? 1 : -1
  if (typeof left === 'string' && typeof right === 'string' && sign === 1) {
    run.take(left.length + right.length)
    return left + right
  }
  if (isList(left) && isList(right)) return sign === 1 ? joined(left, right, run) : without(left, right, run)
  return sumOfTimes(sign, left, right)
}

function joined(left: readonly Value[], right: readonly Value[], run: Run): Value {
  run.take(left.length + right.length)
  return [...left, ...right]
}

/** The difference of two sets. */
function without(left: readonly Value[], right: readonly Value[], run: Run): Value {
  return left.filter((item) => !right.some((other) => equal(item, other, run)))
}

function sumOfTimes(sign: 1 | -1, left: Value, right: Value): Value | undefined {
  if (isSpan(right) && left instanceof Moment) return right.from(left, sign)
  if (isSpan(left) && right instanceof Moment && sign === 1) return left.from(right, 1)
  if (left instanceof Moment && right instanceof Moment && sign === -1) return new Duration(left.time - right.time)
  if (left instanceof Duration && right instanceof Duration) return new Duration(left.time + sign * right.time)
  if (left instanceof Relative && right instanceof Relative) return left.plus(right.times(sign))
  return undefined
}

function isSpan(value: Value): value is Duration | Relative {
  return value instanceof Duration || value instanceof Relative
}

function product(left: Value, right: Value, run: Run): Value | undefined {
  const factor = numberOf(right)
  if (factor === undefined) return numberOf(left) === undefined ? undefined : product(right, left, run)
  if (left instanceof Duration) return new Duration(left.time * factor)
  if (left instanceof Relative) return left.times(factor)
  if (typeof left !== 'string' && !isList(left)) return undefined
  const count = Math.max(0, Math.trunc(factor))
  run.take(left.length * count)
  if (typeof left === 'string') return left.repeat(left === '' ? 0 : count)
  return left.length === 0 ? [] : Array.from({ length: count }, () => left).flat()
}
