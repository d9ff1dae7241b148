import { syntaxError } from './errors.ts'
import { tokenize, type Token } from './tokens.ts'

/** A position among the tokens of a source, which the parser moves forward. */
export class Cursor {
  readonly #source: string
  readonly #tokens: readonly Token[]
  #next = 0

  constructor(source: string) {
    this.#source = source
    this.#tokens = tokenize(source)
  }

  /** The token at the position; at the end the `end` token, again and again. */
  peek(): Token {
    return this.#tokens[this.#next] as Token // the end token is never passed
  }

  /** The token after the one at the position. */
  following(): Token {
    return this.#tokens[this.#next + 1] ?? this.peek()
  }

  /** Passes the token at the position and gives it. */
  advance(): Token {
    const token = this.peek()
    if (token.kind !== 'end') this.#next += 1
    return token
  }

  /** Whether an operator or a word stands at the position. */
  is(text: string): boolean {
    const token = this.peek()
    return token.text === text && (token.kind === 'operator' || token.kind === 'name')
  }

  /** Passes an operator or a word if it stands at the position, and tells whether it did. */
  accept(text: string): boolean {
    if (!this.is(text)) return false
    this.#next += 1
    return true
  }

  /** Passes an operator or a word that must stand at the position. */
  expect(text: string): void {
    if (!this.accept(text)) this.fail(`Expected '${text}' before ${describe(this.peek())}`)
  }

  /** Raises EXPR_SYNTAX for the token at the position. */
  fail(reason = unexpected(this.peek())): never {
    throw syntaxError(reason, this.#source, this.peek().start)
  }
}

function describe(token: Token): string {
  return token.kind === 'end' ? token.text : `'${token.text}'`
}

function unexpected(token: Token): string {
  return token.kind === 'end' ? 'The expression ends too early' : `Unexpected '${token.text}'`
}
