import { applyBinary, negate } from './arithmetic.ts'
import { builtinNames, builtinValue } from './builtins.ts'
import { compareValues } from './compare.ts'
import { EXPR_NAME, EXPR_TYPE } from './errors.ts'
import { formatPercent } from './format.ts'
import { callMethod, distinct, type Kwargs } from './methods.ts'
import { Moment } from './moments.ts'
import type { Clause, Node, NodeOf } from './nodes.ts'
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
  setEntry,
  truthy,
  type ExprObject,
  type Scope,
  type Value,
} from './values.ts'

/** One walk over a tree: it knows the scope, what comprehensions have bound, and where it is. */
export class Evaluator {
  /** Offset of the node that was last worked on, for errors. */
  start = 0
  readonly #scope: Scope
  readonly #run: Run
  readonly #bound = new Map<string, Value>()

  constructor(scope: Scope, run: Run) {
    this.#scope = scope
    this.#run = run
  }

  /** The value of a node. */
  value(node: Node): Value {
    this.#run.step()
    this.start = node.start
    switch (node.kind) {
      case 'constant':
        return node.value
      case 'name':
        return this.#name(node.name)
      case 'list':
      case 'tuple':
        return this.#values(node.items)
      case 'set':
        return distinct(this.#values(node.items), this.#run)
      case 'dict':
        return this.#dict(node)
      case 'attribute':
        return this.#attribute(node)
      case 'subscript':
        return this.#subscript(node)
      case 'slice':
        return this.#slice(node)
      case 'call':
        return this.#call(node)
      case 'unary':
        return this.#unary(node)
      case 'binary':
        return this.#binary(node)
      case 'logical':
        return this.#logical(node)
      case 'compare':
        return this.#compare(node)
      case 'conditional':
        return this.value(truthy(this.value(node.test)) ? node.whenTrue : node.whenFalse)
      default:
        return this.#comprehension(node)
    }
  }

  #values(nodes: readonly Node[]): Value[] {
    return nodes.map((node) => this.value(node))
  }

  #name(name: string): Value {
    const value = this.#bound.get(name)
    if (value !== undefined) return value
    const given = this.#inScope(name)
    if (given !== undefined) return given
    const builtin = builtinValue(name, this.#run)
    if (builtin !== undefined) return builtin
    const known = isObject(this.#scope) ? [] : Object.keys(this.#scope)
    throw new EXPR_NAME(name, suggest(name, [...known, ...builtinNames, ...this.#bound.keys()]))
  }

  #inScope(name: string): Value | undefined {
    const scope = this.#scope
    if (isObject(scope)) return this.#admit(scope.exprGet(name))
    return Object.hasOwn(scope, name) ? this.#admit(scope[name] ?? null) : undefined
  }

  /** Takes a value in from outside: an instant becomes a datetime, what is neither data nor an object is refused. */
  #admit(value: unknown): Value | undefined {
    if (value === undefined || value === null || typeof value !== 'object') return this.#admitSimple(value)
    if (value instanceof Date) return new Moment(value.getTime(), true, 'UTC')
    if (isList(value) || isObject(value) || isDict(value)) return value
    throw new EXPR_TYPE('The scope holds a value that is neither plain data nor an object for expressions')
  }

  #admitSimple(value: unknown): null | boolean | number | string | undefined {
    if (value === undefined || value === null) return value
    if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value
    throw new EXPR_TYPE(`The scope holds a ${typeof value}, which expressions cannot use`)
  }

  #dict({ entries }: NodeOf<'dict'>): Value {
    const dict: Record<string, Value> = {}
    for (const [key, value] of entries) setEntry(dict, keyOf(this.value(key)), this.value(value))
    return dict
  }

  #attribute(node: NodeOf<'attribute'>): Value {
    const of = this.value(node.of)
    this.start = node.start
    if (isObject(of)) return this.#answer(of, node.name)
    const value = isDict(of) ? entryOf(of, node.name) : undefined
    if (value !== undefined) return this.#admit(value) ?? null
    if (isDict(of)) throw new EXPR_NAME(node.name, suggest(node.name, Object.keys(of)))
    throw new EXPR_TYPE(`${nameOfType(of)} has no attribute '${node.name}'`)
  }

  #answer(of: ExprObject, name: string): Value {
    this.#refuseHidden(name)
    const value = this.#admit(of.exprGet(name))
    if (value === undefined) throw new EXPR_NAME(name, undefined)
    return value
  }

  /** Names that Python reserves for its own machinery lead nowhere, whatever an object would answer. */
  #refuseHidden(name: string): void {
    if (name.startsWith('__')) throw new EXPR_NAME(name, undefined)
  }

  #subscript(node: NodeOf<'subscript'>): Value {
    const of = this.value(node.of)
    const index = this.value(node.index)
    this.start = node.start
    if (isDict(of)) {
      const key = keyOf(index)
      const value = entryOf(of, key)
      if (value === undefined) throw new EXPR_NAME(key, suggest(key, Object.keys(of)))
      return this.#admit(value) ?? null
    }
    if (isObject(of)) return this.#answer(of, keyOf(index))
    if (typeof of !== 'string' && !isList(of)) throw new EXPR_TYPE(`${nameOfType(of)} has no items`)
    const item = of.at(requireNumber(index))
    if (item === undefined) throw new EXPR_TYPE(`There is no item ${requireNumber(index)}`)
    return this.#admit(item) ?? null
  }

  #slice(node: NodeOf<'slice'>): Value {
    const of = this.value(node.of)
    const [from, to, step] = node.bounds.map((bound) => (bound ? this.value(bound) : null))
    this.start = node.start
    if (typeof of !== 'string' && !isList(of)) throw new EXPR_TYPE(`${nameOfType(of)} cannot be sliced`)
    this.#run.take(of.length)
    const positions = sliced(of.length, from ?? null, to ?? null, requireNumber(step ?? 1))
    return typeof of === 'string' ? positions.map((at) => of[at]).join('') : positions.map((at) => of[at] ?? null)
  }

  #call(node: NodeOf<'call'>): Value {
    const { callee } = node
    const of = this.value(callee.kind === 'attribute' ? callee.of : callee)
    const args = this.#values(node.args)
    const kwargs: Record<string, Value> = {}
    for (const [name, value] of node.keywords) setEntry(kwargs, name, this.value(value))
    this.start = node.start
    if (callee.kind === 'attribute') {
      this.#refuseHidden(callee.name)
      return this.#admit(callMethod(of, callee.name, args, kwargs, this.#run)) ?? null
    }
    return this.#callValue(of, args, kwargs)
  }

  #callValue(of: Value, args: Value[], kwargs: Kwargs): Value {
    if (!isObject(of) || !of.exprCall) throw new EXPR_TYPE(`${nameOfType(of)} is not a function`)
    return this.#admit(of.exprCall('__call__', args, kwargs)) ?? null
  }

  #unary(node: NodeOf<'unary'>): Value {
    const operand = this.value(node.operand)
    this.start = node.start
    if (node.operator === 'not') return !truthy(operand)
    return node.operator === '-' ? negate(operand) : requireNumber(operand)
  }

  #binary(node: NodeOf<'binary'>): Value {
    const left = this.value(node.left)
    const right = this.value(node.right)
    this.start = node.start
    if (node.operator !== '%' || typeof left !== 'string') return applyBinary(node.operator, left, right, this.#run)
    return formatPercent(left, right, node.right.kind === 'tuple', this.#run)
  }

  #logical(node: NodeOf<'logical'>): Value {
    let value: Value = null
    for (const operand of node.operands) {
      value = this.value(operand)
      if (truthy(value) === (node.operator === 'or')) return value
    }
    return value
  }

  #compare(node: NodeOf<'compare'>): Value {
    let left = this.value(node.first)
    for (const [operator, operand] of node.rest) {
      const right = this.value(operand)
      this.start = node.start
      if (!compareValues(operator, left, right, this.#run)) return false
      left = right
    }
    return true
  }

  #comprehension(node: NodeOf<'comprehension'>): Value {
    const items: Value[] = []
    const dict: Record<string, Value> = {}
    const [element, second] = node.elements
    this.#loop(node.clauses, 0, () => {
      const value = element ? this.value(element) : null
      if (second) setEntry(dict, keyOf(value), this.value(second))
      else items.push(value)
    })
    if (node.form === 'dict') return dict
    return node.form === 'set' ? distinct(items, this.#run) : items
  }

  #loop(clauses: readonly Clause[], at: number, visit: () => void): void {
    const clause = clauses[at]
    if (!clause) {
      visit()
      return
    }
    const outer = clause.targets.map((target) => [target, this.#bound.get(target)] as const)
    for (const item of itemsOf(this.value(clause.iterable), this.#run)) {
      this.#bind(clause.targets, this.#admit(item) ?? null)
      if (clause.conditions.every((condition) => truthy(this.value(condition)))) this.#loop(clauses, at + 1, visit)
    }
    for (const [target, value] of outer) {
      if (value === undefined) this.#bound.delete(target)
      else this.#bound.set(target, value)
    }
  }

  #bind(targets: readonly string[], item: Value): void {
    const [first = '', ...others] = targets
    if (others.length === 0) {
      this.#bound.set(first, item)
      return
    }
    const parts = itemsOf(item, this.#run)
    if (parts.length !== targets.length) {
      throw new EXPR_TYPE(`Expected ${targets.length} values to take apart, not ${parts.length}`)
    }
    for (const [at, target] of targets.entries()) this.#bound.set(target, parts[at] ?? null)
  }
}

/** Positions that a slice takes from something of a given length. */
function sliced(length: number, from: Value, to: Value, step: number): number[] {
  if (step === 0 || !Number.isInteger(step)) throw new EXPR_TYPE('The step of a slice must be a whole number, not 0')
  const clamp = (value: Value, otherwise: number): number => {
    if (value === null) return otherwise
    const bound = requireNumber(value)
    return Math.min(Math.max(bound < 0 ? bound + length : bound, step > 0 ? 0 : -1), step > 0 ? length : length - 1)
  }
  const start = clamp(from, step > 0 ? 0 : length - 1)
  const end = clamp(to, step > 0 ? length : -1)
  const positions: number[] = []
  for (let at = start; step > 0 ? at < end : at > end; at += step) positions.push(at)
  return positions
}
