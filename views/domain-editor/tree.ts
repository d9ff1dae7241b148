import { evaluate } from '../../core/expr/evaluate.ts'

/* A domain as people edit it: pure, without a page. */

/** One condition. */
export interface Rule {
  readonly kind: 'rule'
  /** `partner_id.country_id`. */
  readonly path: string
  readonly operator: string
  readonly value: unknown
}

/** Conditions of which all or any hold, or do not where it is `negated`. */
export interface Group {
  readonly kind: 'group'
  readonly any: boolean
  readonly negated: boolean
  readonly children: readonly Branch[]
}

export type Branch = Rule | Group

/** The tree of a domain in prefix notation. @throws Error when it is none */
export function treeOf(domain: readonly unknown[]): Group {
  let at = 0
  const next = (): Branch => {
    const token = domain[at]
    at += 1
    if (token === '&' || token === '|') {
      const [first, second] = [next(), next()]
      return joined(token === '|', [first, second])
    }
    if (token === '!') return negated(next())
    if (Array.isArray(token) && token.length === 3)
      return { kind: 'rule', path: String(token[0]), operator: String(token[1]), value: token[2] }
    throw new Error(`${JSON.stringify(token ?? null)} is no part of a domain`)
  }
  const children: Branch[] = []
  while (at < domain.length) children.push(next())
  const [only] = children
  if (children.length === 1 && only?.kind === 'group') return only
  return joined(false, children)
}

/** The domain of a tree; nothing of groups that hold nothing. */
export function domainOf(branch: Branch): readonly unknown[] {
  if (branch.kind === 'rule') return [[branch.path, branch.operator, branch.value]]
  const parts = branch.children.map(domainOf).filter((part) => part.length > 0)
  const joint = parts.slice(1).map((): unknown => (branch.any ? '|' : '&'))
  const inside = [...joint, ...parts.flat()]
  return branch.negated && inside.length > 0 ? ['!', ...inside] : inside
}

/** The domain as archs and records hold it: a literal of Python's. */
export function domainText(domain: readonly unknown[]): string {
  return `[${domain.map((one) => (Array.isArray(one) ? `(${one.map(literal).join(', ')})` : literal(one))).join(', ')}]`
}

/** The domain of a text. @throws Error for what is none, or speaks of what only a page knows */
export function parseDomain(text: string): readonly unknown[] {
  const value: unknown = text.trim() === '' ? [] : evaluate(text, {})
  if (!Array.isArray(value)) throw new Error(`${text} is no domain`)
  return value
}

/** A value as Python writes it. */
export function literal(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  return typeof value === 'string'
    ? `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
    : String(value)
}

/** Groups of the same kind inside one another are one. */
function joined(any: boolean, children: readonly Branch[]): Group {
  return {
    kind: 'group',
    any,
    negated: false,
    children: children.flatMap((one) =>
      one.kind === 'group' && !one.negated && one.any === any ? one.children : [one],
    ),
  }
}

function negated(branch: Branch): Group {
  if (branch.kind === 'group') return { ...branch, negated: !branch.negated }
  return { kind: 'group', any: false, negated: true, children: [branch] }
}
