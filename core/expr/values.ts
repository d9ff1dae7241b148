import { EXPR_TYPE } from './errors.ts'
import type { Run } from './run.ts'

/** What expressions work on. Tuples and sets are arrays; a dict is a plain object, read by own properties only. */
export type Value = null | boolean | number | string | readonly Value[] | Dict | ExprObject

/** A dict. */
export interface Dict {
  readonly [key: string]: Value
}

/** Plain data: a value without objects that answer for themselves. */
export type Data = null | boolean | number | string | Data[] | { [key: string]: Data }

/**
 * Something that answers for itself, such as `user` or a record. Only what it answers can be reached.
 * Under the method name `__call__`, which no expression can write, it is called as a function.
 */
export interface ExprObject {
  /** The value of an attribute; undefined when there is none. */
  exprGet(name: string): Value | undefined
  /** Calls a method. */
  exprCall?(name: string, args: Value[], kwargs: Readonly<Record<string, Value>>): Value
  /** The number it stands for where a number is asked, such as an id in a domain. */
  exprNumber?(): number
  /** What it is walked over as, such as the records of a set; it is true when there are any. */
  exprItems?(): readonly Value[]
}

/** Names that an expression may use: plain data and objects by name, or one object that answers for all names. */
export type Scope = Readonly<Record<string, unknown>> | ExprObject

/** A function for the scope: `{ ref: callable(([xmlid]) => idOf(xmlid)) }`. */
export function callable(run: (args: Value[], kwargs: Readonly<Record<string, Value>>) => Value): ExprObject {
  return {
    exprGet: () => undefined,
    exprCall(name, args, kwargs) {
      if (name !== '__call__') throw new EXPR_TYPE(`A function has no method '${name}'`)
      return run(args, kwargs)
    },
  }
}

/** Whether a value is an array: a list, a tuple or a set. */
export function isList(value: unknown): value is readonly Value[] {
  return Array.isArray(value)
}

/** Whether a value answers for itself. */
export function isObject(value: unknown): value is ExprObject {
  return typeof value === 'object' && value !== null && 'exprGet' in value && typeof value.exprGet === 'function'
}

/** Whether a value is a dict: a plain object, not an instance of a class. */
export function isDict(value: unknown): value is Dict {
  if (typeof value !== 'object' || value === null || isList(value) || isObject(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** An own property of a dict; undefined when there is none. */
export function entryOf(dict: Dict, key: string): Value | undefined {
  return Object.hasOwn(dict, key) ? (dict[key] ?? null) : undefined
}

/** Sets an entry of a dict under construction. */
export function setEntry(dict: Record<string, Value>, key: string, value: Value): void {
  if (key === '__proto__') throw new EXPR_TYPE("A dict cannot have the key '__proto__'")
  dict[key] = value
}

/** Text that a value is known by as a key of a dict. */
export function keyOf(value: Value): string {
  const number = typeof value === 'object' ? numberOf(value) : undefined
  const key = number ?? value
  if (typeof key === 'object' && key !== null) throw new EXPR_TYPE(`${nameOfType(key)} cannot be the key of a dict`)
  if (typeof key === 'string' || typeof key === 'number') return String(key)
  return key === null ? 'None' : key ? 'True' : 'False'
}

/** The number that a value is or stands for; True is 1. */
export function numberOf(value: Value): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  return isObject(value) ? value.exprNumber?.() : undefined
}

/** The number that a value stands for, which it must. */
export function requireNumber(value: Value): number {
  const number = numberOf(value)
  if (number === undefined) throw new EXPR_TYPE(`Expected a number, not ${nameOfType(value)}`)
  return number
}

/** The text that a value must be. */
export function requireText(value: Value | undefined): string {
  if (typeof value !== 'string') throw new EXPR_TYPE(`Expected a text, not ${nameOfType(value)}`)
  return value
}

/** Items of a list, keys of a dict or characters of a text; nothing else can be walked over. */
export function itemsOf(value: Value | undefined, run: Run): readonly Value[] {
  const items = typeof value === 'string' ? Array.from(value) : isDict(value) ? Object.keys(value) : listOf(value)
  if (!isList(items)) throw new EXPR_TYPE(`${nameOfType(value)} is not a list`)
  run.take(items.length)
  return items
}

/** The items of an object that has some; anything else as it is. */
function listOf(value: Value | undefined): Value | undefined {
  return value !== undefined && isObject(value) && value.exprItems ? value.exprItems() : value
}

/** Python's truth: false are None, False, 0, and empty texts, lists and dicts. */
export function truthy(value: Value): boolean {
  if (isList(value)) return value.length > 0
  if (typeof value !== 'object' || value === null) return Boolean(value)
  if (isObject(value) && value.exprItems) return value.exprItems().length > 0
  if (isObject(value)) return value.exprNumber === undefined || value.exprNumber() !== 0
  // The first key answers: to list them all would take long on a large dict.
  for (const key in value) if (Object.hasOwn(value, key)) return true
  return false
}

/** What a message calls the kind of a value. */
export function nameOfType(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (isList(value)) return 'a list'
  if (isDict(value)) return 'a dict'
  const names: Record<string, string> = { boolean: 'a boolean', number: 'a number', string: 'a text' }
  return names[typeof value] ?? 'an object'
}
