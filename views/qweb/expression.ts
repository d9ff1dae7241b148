import { Lru } from '../../core/tools/lru.ts'

const CACHED = 1000
const cache = new Lru<string, string>(CACHED)

const TOKEN =
  /\s+|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\d+(?:\.\d+)?|[\p{L}_$][\p{L}\p{N}_$]*|===|!==|==|!=|<=|>=|&&|\|\||\?\.|\*\*|\/\/|[-+*/%<>!?:.,()[\]{}=|&]/uy

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
const WORDS: Readonly<Record<string, string>> = {
  null: 'None',
  undefined: 'None',
  true: 'True',
  false: 'False',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
}
const OPERATORS: Readonly<Record<string, string>> = { '===': '==', '!==': '!=', '&&': 'and', '||': 'or' }
/** Words that stand between operands, in either language. */
const BETWEEN: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'in',
  'is',
  'if',
  'else',
  'for',
  ...Object.keys(WORDS),
])
const METHODS: Readonly<Record<string, string>> = {
  toLowerCase: 'lower',
  toUpperCase: 'upper',
  trim: 'strip',
  startsWith: 'startswith',
  endsWith: 'endswith',
  indexOf: 'find',
}

/**
 * An expression of a card as the one language of expressions has it. Cards are written with the operators of browsers
 * (`!a && b === 'x' ? c : d`) as often as with words; what is written with words stays what it is.
 *
 *     pythonOf("!record.active.raw_value && name.length > 3") // '(not record.active.raw_value) and len(name) > 3'
 */
export function pythonOf(source: string): string {
  let text = cache.get(source)
  if (text === undefined) {
    const tokens = tokensOf(source)
    // what is no such expression is left to the language itself, which says what is wrong with it
    text = tokens === undefined ? source : choice(tokens)
    cache.set(source, text)
  }
  return text
}

function tokensOf(source: string): string[] | undefined {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < source.length) {
    const [token] = TOKEN.exec(source) ?? []
    if (token === undefined) return undefined
    if (token.trim() !== '') tokens.push(token)
  }
  return tokens
}

/** `a ? b : c`, or what has no choice in it. */
function choice(tokens: readonly string[]): string {
  const at = indexAtTop(tokens, '?')
  if (at < 0) return terms(tokens)
  const rest = tokens.slice(at + 1)
  const colon = colonOf(rest)
  if (colon < 0) return terms(tokens)
  return `(${choice(rest.slice(0, colon))} if ${terms(tokens.slice(0, at))} else ${choice(rest.slice(colon + 1))})`
}

/** Operands and what joins them. */
function terms(tokens: readonly string[]): string {
  const words: string[] = []
  for (let at = 0; at < tokens.length;) {
    const { text, next } = operand(tokens, at)
    words.push(text)
    at = next
  }
  return words.join(' ')
}

/** One operand with all that hangs on it, or one operator. */
function operand(tokens: readonly string[], at: number): { readonly text: string; readonly next: number } {
  const token = tokens[at] as string
  if (token === '!') {
    const { text, next } = operand(tokens, at + 1)
    return { text: `(not ${text})`, next }
  }
  if (CLOSING[token] === undefined && !startsOperand(token))
    return { text: OPERATORS[token] ?? WORDS[token] ?? token, next: at + 1 }
  const end = CLOSING[token] === undefined ? at + 1 : endOf(tokens, at)
  return trailers(tokens, end, CLOSING[token] === undefined ? token : bracket(tokens.slice(at, end)))
}

/** What follows an operand: `.name`, `.method(…)`, `[…]`, `(…)`. */
function trailers(
  tokens: readonly string[],
  start: number,
  first: string,
): { readonly text: string; readonly next: number } {
  let text = first
  let at = start
  for (;;) {
    const token = tokens[at]
    if (token === '[' || token === '(') {
      const end = endOf(tokens, at)
      text += bracket(tokens.slice(at, end))
      at = end
    } else if (token === '.' || token === '?.') {
      const name = tokens[at + 1] ?? ''
      at += 2
      if (name === 'length') text = `len(${text})`
      else if (name === 'includes' && tokens[at] === '(') {
        const end = endOf(tokens, at)
        text = `(${bracket(tokens.slice(at, end))} in ${text})`
        at = end
      } else text += `.${METHODS[name] ?? name}`
    } else return { text, next: at }
  }
}

/** A bracketed list, each part of it an expression of its own. */
function bracket(tokens: readonly string[]): string {
  const [open = ''] = tokens
  const inner = splitAtTop(tokens.slice(1, -1), ',').map((part) => {
    const colon = open === '{' ? indexAtTop(part, ':') : -1
    return colon < 0 ? choice(part) : `${choice(part.slice(0, colon))}: ${choice(part.slice(colon + 1))}`
  })
  return `${open}${inner.join(', ')}${CLOSING[open] ?? ''}`
}

const startsOperand = (token: string): boolean => /^[\p{L}_$\d'"]/u.test(token) && !BETWEEN.has(token)

/** The place after the bracket that opens at `at`. */
function endOf(tokens: readonly string[], at: number): number {
  let depth = 0
  for (let i = at; i < tokens.length; i++) {
    const token = tokens[i] as string
    if (CLOSING[token] !== undefined) depth += 1
    else if (token === ')' || token === ']' || token === '}') depth -= 1
    if (depth === 0) return i + 1
  }
  return tokens.length
}

function indexAtTop(tokens: readonly string[], wanted: string): number {
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as string
    if (token === wanted) return i
    if (CLOSING[token] !== undefined) i = endOf(tokens, i) - 1
  }
  return -1
}

/** The colon of a choice of which the question mark stands before: choices may stand in one another. */
function colonOf(tokens: readonly string[]): number {
  let open = 0
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as string
    if (CLOSING[token] !== undefined) i = endOf(tokens, i) - 1
    else if (token === '?') open += 1
    else if (token === ':') {
      if (open === 0) return i
      open -= 1
    }
  }
  return -1
}

function splitAtTop(tokens: readonly string[], separator: string): string[][] {
  const parts: string[][] = []
  let rest = [...tokens]
  while (rest.length > 0) {
    const at = indexAtTop(rest, separator)
    parts.push(at < 0 ? rest : rest.slice(0, at))
    rest = at < 0 ? [] : rest.slice(at + 1)
  }
  return parts
}
