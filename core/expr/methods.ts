import { equal } from './compare.ts'
import { EXPR_NAME, EXPR_TYPE } from './errors.ts'
import { formatBraces } from './format.ts'
import type { Run } from './run.ts'
import { suggest } from './suggest.ts'
import {
  entryOf,
  isDict,
  isList,
  isObject,
  itemsOf,
  keyOf,
  nameOfType,
  requireNumber,
  requireText,
  type Dict,
  type ExprObject,
  type Value,
} from './values.ts'

/** Values by the names of the keyword arguments. */
export type Kwargs = Readonly<Record<string, Value>>

type Method<T> = (of: T, args: Value[], run: Run, kwargs: Kwargs) => Value

/** Calls a method of a text, a list, a dict, or an object that answers for itself. */
export function callMethod(of: Value, name: string, args: Value[], kwargs: Kwargs, run: Run): Value {
  if (isObject(of)) return callObject(of, name, args, kwargs)
  if (typeof of === 'string') {
    run.take(of.length)
    return methodOf(ofText, name, of)(of, args, run, kwargs)
  }
  if (isList(of)) return methodOf(ofList, name, of)(of, args, run, kwargs)
  if (isDict(of)) {
    const own = entryOf(of, name)
    if (own === undefined || !isObject(own)) return methodOf(ofDict, name, of)(of, args, run, kwargs)
    return callObject(own, '__call__', args, kwargs)
  }
  throw new EXPR_TYPE(`${nameOfType(of)} has no method '${name}'`)
}

function callObject(of: ExprObject, name: string, args: Value[], kwargs: Kwargs): Value {
  if (!of.exprCall) throw new EXPR_TYPE(`The object has no method '${name}'`)
  return of.exprCall(name, args, kwargs)
}

function methodOf<T>(methods: Readonly<Record<string, Method<T>>>, name: string, of: Value): Method<T> {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined
  if (method) return method
  const hint = suggest(name, Object.keys(methods))
  throw new EXPR_NAME(name, hint).with({ of: nameOfType(of) })
}

const ofText: Readonly<Record<string, Method<string>>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  capitalize: (text) => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase(),
  title: (text) => text.toLowerCase().replace(/\p{L}+/gu, (word) => word.slice(0, 1).toUpperCase() + word.slice(1)),
  strip: (text, [characters]) => strip(text, characters, true, true),
  lstrip: (text, [characters]) => strip(text, characters, true, false),
  rstrip: (text, [characters]) => strip(text, characters, false, true),
  startswith: (text, [prefix]) => anyText(prefix, (one) => text.startsWith(one)),
  endswith: (text, [suffix]) => anyText(suffix, (one) => text.endsWith(one)),
  split: (text, [separator, limit]) => split(text, separator, limit),
  join: (text, [items], run) => {
    const parts = itemsOf(items, run).map(requireText)
    run.take(parts.reduce((length, part) => length + part.length + text.length, 0))
    return parts.join(text)
  },
  replace: (text, [old, replacement], run) => replaceAll(text, requireText(old), requireText(replacement), run),
  format: (text, args, run, kwargs) => formatBraces(text, args, kwargs, run),
  find: (text, [part]) => text.indexOf(requireText(part)),
  count: (text, [part]) => (part === '' ? text.length + 1 : text.split(requireText(part)).length - 1),
  isdigit: (text) => /^\p{Nd}+$/u.test(text),
  zfill: (text, [width]) => text.padStart(Math.min(requireNumber(width ?? null), 200), '0'),
}

const ofList: Readonly<Record<string, Method<readonly Value[]>>> = {
  index: (list, [item], run) => {
    const at = list.findIndex((member) => equal(member, item ?? null, run))
    if (at < 0) throw new EXPR_TYPE('The list has no such item')
    return at
  },
  count: (list, [item], run) => list.filter((member) => equal(member, item ?? null, run)).length,
  union: (list, [other], run) => distinct([...list, ...itemsOf(other, run)], run),
  intersection: (list, [other], run) => {
    const members = itemsOf(other, run)
    return list.filter((item) => members.some((member) => equal(item, member, run)))
  },
  difference: (list, [other], run) => {
    const members = itemsOf(other, run)
    return list.filter((item) => !members.some((member) => equal(item, member, run)))
  },
}

const ofDict: Readonly<Record<string, Method<Dict>>> = {
  get: (dict, [key, fallback]) => {
    const value = entryOf(dict, keyOf(key ?? null))
    return value === undefined ? (fallback ?? null) : value
  },
  keys: (dict, _args, run) => itemsOf(dict, run),
  values: (dict, _args, run) => itemsOf(dict, run).map((key) => entryOf(dict, keyOf(key)) ?? null),
  items: (dict, _args, run) => itemsOf(dict, run).map((key) => [key, entryOf(dict, keyOf(key)) ?? null]),
}

/** Items without repetition, as a set has them, in their order. */
export function distinct(items: readonly Value[], run: Run): Value[] {
  const simple = new Set<Value>()
  const kept: Value[] = []
  for (const item of items) {
    const isSimple = typeof item === 'string' || typeof item === 'number'
    if (isSimple ? simple.has(item) : kept.some((other) => equal(other, item, run))) continue
    if (isSimple) simple.add(item)
    kept.push(item)
  }
  return kept
}

function anyText(value: Value | undefined, test: (text: string) => boolean): boolean {
  return isList(value) ? value.some((one) => test(requireText(one))) : test(requireText(value))
}

function strip(text: string, characters: Value | undefined, left: boolean, right: boolean): string {
  const removed = characters === undefined || characters === null ? undefined : requireText(characters)
  const goes = (at: number): boolean => removed?.includes(text.charAt(at)) ?? /\s/.test(text.charAt(at))
  let start = 0
  let end = text.length
  if (left) while (start < end && goes(start)) start += 1
  if (right) while (end > start && goes(end - 1)) end -= 1
  return text.slice(start, end)
}

function split(text: string, separator: Value | undefined, limit: Value | undefined): Value {
  const byBlank = separator === undefined || separator === null
  if (separator === '') throw new EXPR_TYPE('A text cannot be split at nothing')
  const mark = byBlank ? ' ' : requireText(separator)
  const parts = byBlank ? text.split(/\s+/).filter((part) => part !== '') : text.split(mark)
  const most = limit === undefined ? -1 : requireNumber(limit)
  if (most < 0 || parts.length <= most + 1) return parts
  return [...parts.slice(0, most), parts.slice(most).join(mark)]
}

function replaceAll(text: string, old: string, replacement: string, run: Run): string {
  if (old === '') throw new EXPR_TYPE('Nothing cannot be replaced by something')
  const count = text.split(old).length - 1
  run.take(count * replacement.length)
  return text.split(old).join(replacement)
}
