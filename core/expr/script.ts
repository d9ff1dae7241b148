import { syntaxError } from './errors.ts'
import { parse, type Expression } from './parse.ts'
import { logicalLines, type LogicalLine } from './script-lines.ts'

/** One statement of a script; `start` is its offset in the source. */
export type Statement = { readonly start: number } & (
  | { readonly kind: 'assign'; readonly name: string; readonly value: Expression }
  | { readonly kind: 'do' | 'raise'; readonly value: Expression }
  | { readonly kind: 'if'; readonly branches: readonly Branch[] }
  | {
      readonly kind: 'for'
      readonly targets: readonly string[]
      readonly iterable: Expression
      readonly body: readonly Statement[]
    }
  | { readonly kind: 'pass' | 'break' | 'continue' }
)

/** What is done when the test holds; without a test, when none before it did. */
export interface Branch {
  readonly test: Expression | undefined
  readonly body: readonly Statement[]
}

/** Statements that may stand in others. */
const MAX_DEPTH = 20

/** What Python has and scripts do not: a script ends, and reaches nothing but what it is given. */
const REFUSED = new Set([
  'while',
  'def',
  'class',
  'import',
  'from',
  'with',
  'try',
  'except',
  'finally',
  'return',
  'del',
  'global',
  'nonlocal',
  'assert',
  'lambda',
  'async',
  'await',
  'yield',
])

/**
 * Reads a script: lines `name = expression`, `expression`, `raise expression`, `pass`, `break` and `continue`, in blocks
 * `if … elif … else` and `for … in …` that are told by their indentation, as in Python.
 * Raises EXPR_SYNTAX with line and column, or EXPR_LIMIT.
 *
 *     parseScript("if record.active:\n    action = record.action_confirm()")
 */
export function parseScript(source: string): readonly Statement[] {
  const reader = new ScriptReader(source)
  return reader.script()
}

/** Reads logical lines one after the other; blocks by their indentation. */
class ScriptReader {
  readonly #source: string
  readonly #lines: readonly LogicalLine[]
  #next = 0
  #depth = 0

  constructor(source: string) {
    this.#source = source
    this.#lines = logicalLines(source)
  }

  script(): readonly Statement[] {
    const statements = this.#block(this.#lines[0]?.indent ?? 0)
    const left = this.#lines[this.#next]
    if (left) this.#fail('The line is indented less than the block that it follows', left.start)
    return statements
  }

  #block(indent: number): readonly Statement[] {
    const statements: Statement[] = []
    for (let line = this.#lines[this.#next]; line && line.indent >= indent; line = this.#lines[this.#next]) {
      if (line.indent > indent) this.#fail('The line is indented more than the one before it', line.start)
      this.#next++
      statements.push(this.#statement(line))
    }
    return statements
  }

  #statement(line: LogicalLine): Statement {
    if (line.isWord('if')) return this.#if(line)
    if (line.isWord('for')) return this.#for(line)
    for (const word of ['elif', 'else']) if (line.isWord(word)) this.#fail(`'${word}' follows no 'if'`, line.start)
    return this.#simple(line)
  }

  /** A statement that has no block. */
  #simple(line: LogicalLine): Statement {
    const { start, first } = line
    for (const kind of ['pass', 'break', 'continue'] as const) {
      if (first.text === kind && line.length === 1) return { kind, start }
    }
    if (first.kind === 'name' && REFUSED.has(first.text)) this.#fail(`Scripts have no '${first.text}'`, start)
    if (line.isWord('raise')) return { kind: 'raise', value: this.#expression(line.after(0)), start }
    const at = line.find('=')
    if (at < 0) return { kind: 'do', value: this.#expression(line), start }
    if (at !== 1 || first.kind !== 'name') this.#fail('Only a name can be given a value', start)
    return { kind: 'assign', name: first.text, value: this.#expression(line.after(1)), start }
  }

  #if(line: LogicalLine): Statement {
    const branches = [this.#branch(line, true)]
    for (let next = this.#lines[this.#next]; next && next.indent === line.indent; next = this.#lines[this.#next]) {
      const isElse = next.isWord('else')
      if (!isElse && !next.isWord('elif')) break
      this.#next++
      branches.push(this.#branch(next, !isElse))
      if (isElse) break
    }
    return { kind: 'if', branches, start: line.start }
  }

  #branch(line: LogicalLine, isTested: boolean): Branch {
    const colon = this.#colon(line)
    if (!isTested && colon !== 1) this.#fail("Expected ':' after 'else'", line.start)
    return { test: isTested ? this.#expression(line.between(1, colon)) : undefined, body: this.#body(line, colon) }
  }

  #for(line: LogicalLine): Statement {
    const colon = this.#colon(line)
    const at = line.find('in')
    const targets = line.between(1, Math.max(at, 1)).names()
    if (at < 0 || at > colon || !targets) this.#fail("Expected 'for name in list:'", line.start)
    return {
      kind: 'for',
      targets,
      iterable: this.#expression(line.between(at + 1, colon)),
      body: this.#body(line, colon),
      start: line.start,
    }
  }

  #colon(line: LogicalLine): number {
    const colon = line.find(':')
    if (colon < 0) this.#fail(`Expected ':' at the end of '${line.first.text} …'`, line.start)
    return colon
  }

  /** What follows the colon on its line, or the block below it. */
  #body(line: LogicalLine, colon: number): readonly Statement[] {
    if (colon + 1 < line.length) return [this.#simple(line.after(colon))]
    const inner = this.#lines[this.#next]
    if (!inner || inner.indent <= line.indent) this.#fail('Expected an indented block', line.start)
    if (++this.#depth > MAX_DEPTH) this.#fail(`Blocks may be nested ${MAX_DEPTH} deep`, inner.start)
    const body = this.#block(inner.indent)
    this.#depth--
    return body
  }

  /** The expression of a part of a line; what is before it is blanked, so that errors tell the place in the script. */
  #expression(part: LogicalLine): Expression {
    if (part.length === 0) this.#fail('Expected an expression', part.start)
    const before = this.#source.slice(0, part.start).replaceAll(/[^\n]/g, ' ')
    return parse(before + this.#source.slice(part.start, part.end))
  }

  #fail(reason: string, start: number): never {
    throw syntaxError(reason, this.#source, start)
  }
}
