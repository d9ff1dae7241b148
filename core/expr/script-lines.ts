import { syntaxError } from './errors.ts'
import { tokenize, type Token } from './tokens.ts'

const OPENING = new Set(['(', '[', '{'])
const CLOSING = new Set([')', ']', '}'])

/** The tokens of one statement, or a part of them, and how far the line that they begin on is indented. */
export class LogicalLine {
  readonly indent: number
  readonly #tokens: readonly Token[]
  readonly #start: number

  constructor(indent: number, tokens: readonly Token[], start: number) {
    this.indent = indent
    this.#tokens = tokens
    this.#start = start
  }

  get length(): number {
    return this.#tokens.length
  }

  /** Offset of the first token in the source; without tokens, where one was to follow. */
  get start(): number {
    return this.#tokens[0]?.start ?? this.#start
  }

  /** Offset behind the last token. */
  get end(): number {
    const last = this.#tokens.at(-1)
    return last ? last.start + last.text.length : this.#start
  }

  get first(): Token {
    return this.#tokens[0] as Token // a line is made of its first token
  }

  /** Whether it begins with a word. */
  isWord(word: string): boolean {
    return this.first.kind === 'name' && this.first.text === word
  }

  /** Position of the first token with the text that stands in no bracket; -1 when there is none. */
  find(text: string): number {
    let depth = 0
    return this.#tokens.findIndex((token) => {
      if (token.kind === 'string') return false
      if (CLOSING.has(token.text)) depth--
      const found = depth === 0 && token.text === text
      if (OPENING.has(token.text)) depth++
      return found
    })
  }

  /** What follows the token at a position. */
  after(position: number): LogicalLine {
    return this.between(position + 1, this.#tokens.length)
  }

  between(from: number, to: number): LogicalLine {
    const before = this.#tokens[from - 1]
    return new LogicalLine(
      this.indent,
      this.#tokens.slice(from, to),
      before ? before.start + before.text.length : this.#start,
    )
  }

  /** Names with commas between them; undefined when something else is there. */
  names(): string[] | undefined {
    const names = this.#tokens.filter((_, at) => at % 2 === 0)
    const commas = this.#tokens.filter((_, at) => at % 2 === 1)
    if (names.length !== commas.length + 1 || names.some(({ kind }) => kind !== 'name')) return undefined
    return commas.every(({ text }) => text === ',') ? names.map(({ text }) => text) : undefined
  }
}

/** Takes a script apart into statements: a line, or several where a bracket is open or a backslash ends one. */
export function logicalLines(source: string): LogicalLine[] {
  const lines: LogicalLine[] = []
  let tokens: Token[] = []
  let depth = 0
  let end = 0
  const finish = (): void => {
    const [first] = tokens
    if (first) lines.push(new LogicalLine(indentOf(source, first.start), tokens, first.start))
    tokens = []
  }
  for (const token of tokenize(source)) {
    if (token.kind === 'end') break
    if (depth === 0 && isNewLine(source.slice(end, token.start))) finish()
    if (token.kind === 'operator' && OPENING.has(token.text)) depth++
    if (token.kind === 'operator' && CLOSING.has(token.text)) depth = Math.max(0, depth - 1)
    tokens.push(token)
    end = token.start + token.text.length
  }
  finish()
  return lines
}

/** Whether what stands between two tokens ends a line; a backslash before the break continues it. */
function isNewLine(between: string): boolean {
  return between
    .replaceAll(/#[^\n]*/g, '')
    .replaceAll(/\\\r?\n/g, '')
    .includes('\n')
}

function indentOf(source: string, start: number): number {
  const indent = source.slice(source.lastIndexOf('\n', start - 1) + 1, start)
  if (indent.includes('\t')) throw syntaxError('Indent with blanks, not with tabs', source, start)
  return indent.length
}
