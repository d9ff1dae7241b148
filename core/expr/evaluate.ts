import { ComptoirError } from '../errors.ts'
import { Evaluator } from './evaluator.ts'
import { EXPR_TYPE } from './errors.ts'
import { Moment } from './moments.ts'
import { parse, type Expression } from './parse.ts'
import { Run, type Clock } from './run.ts'
import { placeAt } from './source.ts'
import {
  entryOf,
  isDict,
  isList,
  isObject,
  nameOfType,
  setEntry,
  truthy,
  type Data,
  type Scope,
  type Value,
} from './values.ts'

/**
 * The value of an expression as plain data: dates as text in server form, objects as the number they stand for.
 *
 *     evaluate("[('user_id', '=', user)]", { user })   // [['user_id', '=', 2]]
 *
 * Raises EXPR_SYNTAX, EXPR_NAME, EXPR_TYPE or EXPR_LIMIT, with the place in message and `details`, and passes on what
 * the objects of the scope raise.
 */
export function evaluate(expression: Expression | string, scope: Scope = {}, clock: Clock = {}): Data {
  return compute(expression, scope, clock, toData)
}

/** The value of an expression with the objects and dates that it may hold, for a caller that works on with them. */
export function evaluateLive(expression: Expression | string, scope: Scope = {}, clock: Clock = {}): Value {
  return compute(expression, scope, clock, (value) => value)
}

/** Whether an expression is true, by Python's rules of truth. */
export function holds(expression: Expression | string, scope: Scope = {}, clock: Clock = {}): boolean {
  return compute(expression, scope, clock, truthy)
}

function compute<T>(source: Expression | string, scope: Scope, clock: Clock, finish: (value: Value, run: Run) => T): T {
  const expression = typeof source === 'string' ? parse(source) : source
  const run = new Run(clock)
  const evaluator = new Evaluator(scope, run)
  try {
    return finish(evaluator.value(expression.root), run)
  } catch (error) {
    if (error instanceof ComptoirError && error.code.startsWith('EXPR_'))
      locate(error, expression.source, evaluator.start)
    throw error
  }
}

/** Adds the place to an error, unless an expression inside this one did. */
function locate(error: ComptoirError, source: string, start: number): void {
  if ('line' in error.details) return
  const { line, column, excerpt } = placeAt(source, start)
  error.message += ` (line ${line}, column ${column}: ${excerpt})`
  error.with({ line, column, source })
}

function toData(value: Value, run: Run): Data {
  run.take(1)
  if (isList(value)) return value.map((item) => toData(item, run))
  if (typeof value !== 'object' || value === null) return toPlain(value)
  if (value instanceof Moment) return value.text
  if (isObject(value)) return numberOrFail(value.exprNumber?.())
  if (!isDict(value)) throw new EXPR_TYPE(`${nameOfType(value)} is not plain data`)
  const dict: Record<string, Data> = {}
  for (const key of Object.keys(value)) setEntry(dict, key, toData(entryOf(value, key) ?? null, run))
  return dict
}

function toPlain(value: unknown): null | boolean | number | string {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value
  throw new EXPR_TYPE(`${nameOfType(value)} is not plain data`)
}

function numberOrFail(number: number | undefined): number {
  if (number === undefined) throw new EXPR_TYPE('The expression gives an object that has no plain value')
  return number
}
