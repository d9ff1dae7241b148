import { syntaxError } from './errors.ts'

/** One word of an expression; `start` is its offset. Names and operators carry their text, literals their value. */
export type Token =
  | { readonly kind: 'name' | 'operator' | 'end'; readonly text: string; readonly start: number }
  | { readonly kind: 'number'; readonly text: string; readonly value: number; readonly start: number }
  | { readonly kind: 'string'; readonly text: string; readonly value: string; readonly start: number }

/** Blanks, comments and continued lines, which separate tokens and mean nothing. */
const BLANK = /(?:\s+|#[^\n]*|\\\r?\n)*/y
const NUMBER =
  /(?:0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|(?:\d[\d_]*)?\.\d+(?:[eE][+-]?\d+)?|\d[\d_]*\.?(?:[eE][+-]?\d+)?)/y
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy
const STRING_START = /([rRuUbBfF]{0,2})('''|"""|'|")/y
const OPERATOR = /\*\*|\/\/|<=|>=|!=|==|[()[\]{},:.=+\-*/%<>]/y

const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** Words of a source text, with an `end` token last; raises EXPR_SYNTAX on anything that is no word. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = []
  let offset = skipBlanks(source, 0)
  while (offset < source.length) {
    const { token, end } = readToken(source, offset)
    tokens.push(token)
    offset = skipBlanks(source, end)
  }
  tokens.push({ kind: 'end', text: 'the end', start: source.length })
  return tokens
}

interface Read {
  readonly token: Token
  readonly end: number
}

function readToken(source: string, start: number): Read {
  const quote = match(STRING_START, source, start)
  if (quote) return readString(source, start, quote[1] ?? '', quote[2] ?? '')
  const number = match(NUMBER, source, start)
  if (number) return readNumber(source, start, number[0])
  const name = match(NAME, source, start)
  if (name) return { token: { kind: 'name', text: name[0], start }, end: start + name[0].length }
  const operator = match(OPERATOR, source, start)
  if (operator) return { token: { kind: 'operator', text: operator[0], start }, end: start + operator[0].length }
  throw syntaxError(`Unexpected character '${String.fromCodePoint(source.codePointAt(start) ?? 0)}'`, source, start)
}

function readNumber(source: string, start: number, text: string): Read {
  const end = start + text.length
  const digits = text.replaceAll('_', '')
  if (match(NAME, source, end) || /^0\d*[1-9]\d*$/.test(digits)) {
    throw syntaxError(`Malformed number '${text}'`, source, start)
  }
  return { token: { kind: 'number', text, value: Number(digits), start }, end }
}

function readString(source: string, start: number, prefix: string, quote: string): Read {
  if (/[fFbB]/.test(prefix)) {
    throw syntaxError(`Strings with the prefix '${prefix}' are not supported`, source, start)
  }
  const raw = /[rR]/.test(prefix)
  let offset = start + prefix.length + quote.length
  let value = ''
  while (!source.startsWith(quote, offset)) {
    const character = source[offset]
    if (character === undefined || (character === '\n' && quote.length === 1)) {
      throw syntaxError('A string is not closed', source, start)
    }
    const width = character === '\\' ? escapeWidth(source, offset, raw) : 1
    value += width === 1 || raw ? source.slice(offset, offset + width) : unescape(source, offset, width)
    offset += width
  }
  const end = offset + quote.length
  return { token: { kind: 'string', text: source.slice(start, end), value, start }, end }
}

/** Number of characters that an escape takes; a raw string keeps them, but a quote after a backslash ends nothing. */
function escapeWidth(source: string, offset: number, raw: boolean): number {
  const letter = source[offset + 1] ?? ''
  if (raw) return letter === '' ? 1 : 2
  const digits = { x: 2, u: 4, U: 8 }[letter]
  return digits === undefined ? 2 : 2 + digits
}

function unescape(source: string, offset: number, width: number): string {
  const letter = source[offset + 1] ?? ''
  if (width === 2) return ESCAPES[letter] ?? (letter === '' ? '\\' : `\\${letter}`)
  const digits = source.slice(offset + 2, offset + width)
  const code = /^[\da-fA-F]+$/.test(digits) && digits.length === width - 2 ? Number.parseInt(digits, 16) : Infinity
  if (code > 0x10ffff) throw syntaxError('Malformed escape in a string', source, offset)
  return String.fromCodePoint(code)
}

function skipBlanks(source: string, offset: number): number {
  return offset + (match(BLANK, source, offset)?.[0].length ?? 0)
}

function match(pattern: RegExp, source: string, offset: number): RegExpExecArray | null {
  pattern.lastIndex = offset
  return pattern.exec(source)
}
