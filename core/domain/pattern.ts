/** `not =ilike` and the like, taken apart. */
export interface PatternOperator {
  readonly negated: boolean
  /** Whether the whole value must match, not just a part of it. */
  readonly whole: boolean
  /** Whether case and accents are folded away. */
  readonly folded: boolean
}

const PATTERN_OPERATOR = /^(not )?(=)?(i)?like$/

/** Reads an operator of the `like` family; undefined for all others. */
export function patternOperator(operator: string): PatternOperator | undefined {
  const match = PATTERN_OPERATOR.exec(operator)
  return match ? { negated: !!match[1], whole: !!match[2], folded: !!match[3] } : undefined
}

/** The pattern of SQL for an operand; a backslash at its end, which would escape nothing, is one itself. */
export function likePattern(operand: string, whole: boolean): string {
  const trailing = /\\*$/.exec(operand)?.[0].length ?? 0
  const pattern = trailing % 2 === 1 ? `${operand}\\` : operand
  return whole ? pattern : `%${pattern}%`
}

/** One character as itself, `_` or `%`. */
type Token = { readonly literal: string } | 'one' | 'any'

function tokens(pattern: string): Token[] {
  const found: Token[] = []
  let escaped = false
  for (const literal of pattern) {
    if (!escaped && literal === '\\') {
      escaped = true
      continue
    }
    found.push(escaped ? { literal } : literal === '%' ? 'any' : literal === '_' ? 'one' : { literal })
    escaped = false
  }
  return found
}

/** Whether a text matches a pattern of SQL (`%`, `_`, `\`). Takes at most text length × pattern length steps. */
export function matchesPattern(text: string, pattern: string): boolean {
  const wanted = tokens(pattern)
  const points = Array.from(text)
  let at = 0
  let token = 0
  let star = -1
  let starAt = 0
  while (at < points.length) {
    const next = wanted[token]
    if (next === 'any') {
      star = token++
      starAt = at
    } else if (next === 'one' || (next && next.literal === points[at])) {
      token++
      at++
    } else if (star >= 0) {
      // let the last % swallow one more character
      token = star + 1
      at = ++starAt
    } else return false
  }
  while (wanted[token] === 'any') token++
  return token === wanted.length
}
