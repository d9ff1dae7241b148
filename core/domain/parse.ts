import { DOMAIN_OPERATOR, DOMAIN_TOO_DEEP, DOMAIN_WRONG } from './errors.ts'
import { type And, EVERYTHING, NOTHING, type Or, type Tree } from './tree.ts'

/** Levels of `&`, `|`, `!` and `any` inside each other; chains of one connective count as one. */
const MAX_DEPTH = 200
const MAX_TERMS = 10_000

const COMPARISONS = ['=', '!=', '<', '<=', '>', '>=', '=?', 'in', 'not in', 'child_of', 'parent_of', 'any', 'not any']
const PATTERNS = ['like', 'ilike', '=like', '=ilike', 'not like', 'not ilike', 'not =like', 'not =ilike']

/** What may stand in the middle of a leaf, and how it is called from here on. */
const OPERATORS: ReadonlyMap<string, string> = new Map([
  ...[...COMPARISONS, ...PATTERNS].map((operator): [string, string] => [operator, operator]),
  ['<>', '!='],
  ['==', '='],
])

/** Terms read so far, in the domain and all domains inside it. */
interface Budget {
  terms: number
}
interface Part {
  readonly tree: Tree
  readonly depth: number
}
/** An `and` or `or` that is still being built; its list belongs to this parser alone. */
type Growing = (And | Or) & { readonly of: Tree[] }

/**
 * Reads a domain in prefix notation: `['|', ['a', '=', 1], '!', ['b', 'in', [2, 3]]]`. Terms side by side are joined
 * by and. `false` in operands becomes `null`; `=` with a list becomes `in`.
 * @throws DOMAIN_WRONG, DOMAIN_OPERATOR, DOMAIN_TOO_DEEP
 */
export function parseDomain(domain: unknown): Tree {
  return parseList(domain, 'domain', 0, { terms: 0 }).tree
}

/** Prefix notation is read from the right: operands lie on the stack when their connective comes. */
function parseList(list: unknown, position: string, level: number, budget: Budget): Part {
  if (!Array.isArray(list)) throw new DOMAIN_WRONG(position, 'a list', list)
  if (level > MAX_DEPTH) throw tooDeep()
  const stack: Part[] = []
  const pop = (i: number, count: string): Part => {
    const part = stack.pop()
    if (!part) throw new DOMAIN_WRONG(`${position}[${i}]`, `${count} behind it`, list[i])
    return part
  }
  for (let i = list.length - 1; i >= 0; i--) {
    const item: unknown = list[i]
    if (item === '!') stack.push(negate(pop(i, 'a term')))
    else if (item === '&') stack.push(combine('and', pop(i, 'two terms'), pop(i, 'two terms')))
    else if (item === '|') stack.push(combine('or', pop(i, 'two terms'), pop(i, 'two terms')))
    else stack.push(parseTerm(item, `${position}[${i}]`, level, budget))
  }
  let all = stack.pop() ?? { tree: EVERYTHING, depth: 0 }
  while (stack.length > 0) all = combine('and', all, stack.pop() as Part) // the loop condition proves that there is one
  return all
}

function parseTerm(term: unknown, position: string, level: number, budget: Budget): Part {
  if (++budget.terms > MAX_TERMS) throw new DOMAIN_TOO_DEEP(`${MAX_TERMS} terms`)
  if (typeof term === 'boolean') return { tree: term ? EVERYTHING : NOTHING, depth: 0 }
  if (!Array.isArray(term) || term.length !== 3) {
    throw new DOMAIN_WRONG(position, `'&', '|', '!' or [field, operator, value]`, term)
  }
  const [left, middle, right] = term as [unknown, unknown, unknown]
  if (typeof middle !== 'string') throw new DOMAIN_WRONG(`${position}[1]`, 'an operator', middle)
  const operator = OPERATORS.get(middle.toLowerCase())
  if (!operator) throw new DOMAIN_OPERATOR(middle, `leaf ${position}`, [...OPERATORS.keys()].join(', '))
  if (typeof left === 'number') return { tree: constant(left, operator, right, position), depth: 0 }
  if (typeof left !== 'string' || !left.split('.').every(Boolean)) {
    throw new DOMAIN_WRONG(`${position}[0]`, 'the name of a field', left)
  }
  if (operator === 'any' || operator === 'not any') {
    // a many2one_reference leads to records of several models: which ones are meant is said beside the domain
    const { model, domain } = isOfModel(right) ? right : { model: undefined, domain: right }
    const { tree, depth } = parseList(domain, `${position}[2]`, level + 1, budget)
    const any = {
      type: 'any',
      field: left,
      tree,
      negated: operator === 'not any',
      ...(model === undefined ? {} : { comodel: model }),
    } as const
    return bounded({ tree: any, depth: depth + 1 })
  }
  return { tree: parseLeaf(left, operator, right, position), depth: 0 }
}

function isOfModel(operand: unknown): operand is { model: string; domain: unknown } {
  if (typeof operand !== 'object' || operand === null || Array.isArray(operand)) return false
  return 'domain' in operand && 'model' in operand && typeof operand.model === 'string'
}

/** `[1, '=', 1]` and `[0, '=', 1]`: always and never. */
function constant(left: number, operator: string, right: unknown, position: string): Tree {
  if (typeof right !== 'number' || (operator !== '=' && operator !== '!=')) {
    throw new DOMAIN_WRONG(position, `[1, '=', 1] or [0, '=', 1]`, [left, operator, right])
  }
  return (left === right) === (operator === '=') ? EVERYTHING : NOTHING
}

function parseLeaf(path: string, operator: string, right: unknown, position: string): Tree {
  const negative = operator.startsWith('not ') || operator === '!='
  if (Array.isArray(right)) {
    const operand = (right as unknown[]).map((one) => (one === false || one === undefined ? null : one))
    const listed = operator === '=' || operator === '!='
    return { type: 'leaf', path, operator: listed ? (negative ? 'not in' : 'in') : operator, operand }
  }
  const operand = right === false || right === undefined ? null : right
  if (operator !== 'in' && operator !== 'not in') return { type: 'leaf', path, operator, operand }
  if (operand !== null && operand !== true) throw new DOMAIN_WRONG(`${position}[2]`, 'a list', right)
  return { type: 'leaf', path, operator: negative ? '!=' : '=', operand }
}

function negate({ tree, depth }: Part): Part {
  if (tree.type === 'not') return { tree: tree.of, depth: depth - 1 }
  return bounded({ tree: { type: 'not', of: tree }, depth: depth + 1 })
}

/** Joins two terms; a term with the same connective is taken in instead of nested. */
function combine(type: 'and' | 'or', a: Part, b: Part): Part {
  const growing = ({ tree }: Part): Growing | undefined => (tree.type === type ? (tree as Growing) : undefined)
  const [left, right] = [growing(a), growing(b)]
  const depth = Math.max(left ? a.depth : a.depth + 1, right ? b.depth : b.depth + 1)
  if (left && right) for (const one of right.of) left.of.push(one)
  else if (left) left.of.push(b.tree)
  else if (right) right.of.unshift(a.tree)
  return bounded({ tree: left ?? right ?? { type, of: [a.tree, b.tree] }, depth })
}

function bounded(part: Part): Part {
  if (part.depth > MAX_DEPTH) throw tooDeep()
  return part
}

function tooDeep(): Error {
  return new DOMAIN_TOO_DEEP(`${MAX_DEPTH} levels`)
}

/** A parsed tree in prefix notation, as clients read it: `false` for empty. */
export function treeToDomain(tree: Tree): unknown[] {
  if (tree.type === 'and') return tree.of.flatMap(prefixed)
  return tree === EVERYTHING ? [] : prefixed(tree)
}

function ofModel(model: string | undefined, domain: unknown[]): unknown {
  return model === undefined ? domain : { model, domain }
}

/** A tree as exactly one term. */
function prefixed(tree: Tree): unknown[] {
  switch (tree.type) {
    case 'constant':
      return [[tree.value ? 1 : 0, '=', 1]]
    case 'leaf':
      return [[tree.path, tree.operator, wireOperand(tree.operand)]]
    case 'any':
      return [[tree.field, tree.negated ? 'not any' : 'any', ofModel(tree.comodel, treeToDomain(tree.tree))]]
    case 'not':
      return ['!', ...prefixed(tree.of)]
  }
  if (tree.of.length === 0) return [[tree.type === 'and' ? 1 : 0, '=', 1]]
  return [...tree.of.slice(1).map(() => (tree.type === 'and' ? '&' : '|')), ...tree.of.flatMap(prefixed)]
}

function wireOperand(operand: unknown): unknown {
  if (Array.isArray(operand)) return operand.map((one: unknown) => one ?? false)
  return operand ?? false
}
