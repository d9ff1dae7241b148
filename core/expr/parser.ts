import { Cursor } from './cursor.ts'
import { EXPR_LIMIT } from './errors.ts'
import { children, type BinaryOperator, type Clause, type CompareOperator, type Node, type Shape } from './nodes.ts'
import type { Token } from './tokens.ts'

/** Levels of brackets and prefixes that may be open at once: the parser recurses for each. */
const MAX_DEPTH = 200

/** Levels of the tree, where `1 + 1 + 1` is one more for each operator: the evaluator recurses for each. */
const MAX_HEIGHT = 500

const CONSTANTS = new Map([
  ['None', null],
  ['True', true],
  ['False', false],
])

const RESERVED = new Set(['and', 'or', 'not', 'in', 'is', 'if', 'else', 'for', 'lambda', 'await', 'async', 'yield'])

const PRECEDENCE: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '//': 2, '%': 2 }
const COMPARISONS = new Set(['==', '!=', '<', '<=', '>', '>='])

/** A recursive descent over the tokens of one source; each method reads one rule of the grammar. */
export class Parser {
  readonly #words: Cursor
  #depth = 0

  constructor(source: string) {
    this.#words = new Cursor(source)
  }

  /** The tree of the whole source. */
  parse(): Node {
    const start = this.#words.peek().start
    const first = this.#expression()
    const root = this.#words.peek().text === ',' ? this.#tuple(first, start) : first
    if (this.#words.peek().kind !== 'end') this.#words.fail()
    return root
  }

  #tuple(first: Node, start: number): Node {
    const items = [first]
    while (this.#words.accept(',')) {
      if (this.#words.peek().kind === 'end' || this.#words.is(')')) break
      items.push(this.#expression())
    }
    return this.#node(start, { kind: 'tuple', items })
  }

  #expression(): Node {
    const start = this.#words.peek().start
    return this.#nested(() => {
      const whenTrue = this.#or()
      if (!this.#words.accept('if')) return whenTrue
      const test = this.#or()
      this.#words.expect('else')
      return this.#node(start, { kind: 'conditional', test, whenTrue, whenFalse: this.#expression() })
    })
  }

  #or(): Node {
    return this.#logical('or', () => this.#logical('and', () => this.#not()))
  }

  #logical(operator: 'and' | 'or', operand: () => Node): Node {
    const start = this.#words.peek().start
    const operands = [operand()]
    while (this.#words.accept(operator)) operands.push(operand())
    return operands.length === 1 ? (operands[0] as Node) : this.#node(start, { kind: 'logical', operator, operands })
  }

  #not(): Node {
    const start = this.#words.peek().start
    if (!this.#words.accept('not')) return this.#comparison()
    return this.#nested(() => this.#node(start, { kind: 'unary', operator: 'not', operand: this.#not() }))
  }

  #comparison(): Node {
    const start = this.#words.peek().start
    const first = this.#arithmetic(1)
    const rest: [CompareOperator, Node][] = []
    for (let operator = this.#comparator(); operator; operator = this.#comparator()) {
      rest.push([operator, this.#arithmetic(1)])
    }
    return rest.length === 0 ? first : this.#node(start, { kind: 'compare', first, rest })
  }

  #comparator(): CompareOperator | undefined {
    const { kind, text } = this.#words.peek()
    if (kind === 'operator' && COMPARISONS.has(text)) return this.#words.advance().text as CompareOperator
    if (this.#words.accept('in')) return 'in'
    if (this.#words.accept('is')) return this.#words.accept('not') ? 'is not' : 'is'
    if (!this.#words.accept('not')) return undefined
    this.#words.expect('in')
    return 'not in'
  }

  #arithmetic(precedence: number): Node {
    const start = this.#words.peek().start
    let left = this.#unary()
    for (;;) {
      const { kind, text } = this.#words.peek()
      const own = kind === 'operator' ? PRECEDENCE[text] : undefined
      if (own === undefined || own < precedence) return left
      this.#words.advance()
      left = this.#binary(start, text as BinaryOperator, left, this.#arithmetic(own + 1))
    }
  }

  #unary(): Node {
    const { start } = this.#words.peek()
    for (const operator of ['-', '+'] as const) {
      if (!this.#words.accept(operator)) continue
      return this.#nested(() => this.#node(start, { kind: 'unary', operator, operand: this.#unary() }))
    }
    const base = this.#postfix()
    // Power binds closer than a sign on its left, and less close than one on its right.
    return this.#words.accept('**')
      ? this.#binary(
          start,
          '**',
          base,
          this.#nested(() => this.#unary()),
        )
      : base
  }

  #binary(start: number, operator: BinaryOperator, left: Node, right: Node): Node {
    return this.#node(start, { kind: 'binary', operator, left, right })
  }

  #postfix(): Node {
    const start = this.#words.peek().start
    let node = this.#atom()
    for (;;) {
      if (this.#words.accept('.')) node = this.#node(start, { kind: 'attribute', of: node, name: this.#identifier() })
      else if (this.#words.accept('(')) node = this.#call(start, node)
      else if (this.#words.accept('[')) node = this.#subscript(start, node)
      else return node
    }
  }

  #call(start: number, callee: Node): Node {
    const args: Node[] = []
    const keywords: [string, Node][] = []
    while (!this.#words.accept(')')) {
      const { kind, text } = this.#words.peek()
      if (kind === 'name' && this.#words.following().text === '=') {
        this.#identifier()
        this.#words.expect('=')
        keywords.push([text, this.#expression()])
      } else {
        if (keywords.length > 0) this.#words.fail('A positional argument may not follow a keyword')
        args.push(this.#element())
      }
      if (!this.#words.is(')')) this.#words.expect(',')
    }
    return this.#node(start, { kind: 'call', callee, args, keywords })
  }

  /** An expression, or `x for x in y` as a list. */
  #element(): Node {
    const start = this.#words.peek().start
    const element = this.#expression()
    return this.#words.is('for') ? this.#comprehension(start, 'list', [element]) : element
  }

  #subscript(start: number, of: Node): Node {
    const bounds: (Node | undefined)[] = []
    let separators = 0
    while (!this.#words.accept(']')) {
      if (this.#words.accept(':')) separators += 1
      else if (bounds[separators] === undefined) bounds[separators] = this.#expression()
      else this.#words.fail()
      if (separators > 2) this.#words.fail()
    }
    const [index] = bounds
    if (separators > 0) return this.#node(start, { kind: 'slice', of, bounds: Array.from(bounds) })
    return index ? this.#node(start, { kind: 'subscript', of, index }) : this.#words.fail('A subscript is empty')
  }

  #atom(): Node {
    const token = this.#words.peek()
    const { start } = token
    if (token.kind === 'number') return this.#constant(this.#words.advance(), token.value)
    if (token.kind === 'string') return this.#string()
    if (token.kind === 'name') {
      const constant = CONSTANTS.get(token.text)
      if (constant !== undefined) return this.#constant(this.#words.advance(), constant)
      return this.#node(start, { kind: 'name', name: this.#identifier() })
    }
    if (this.#words.accept('(')) return this.#parenthesis(start)
    if (this.#words.accept('[')) return this.#list(start)
    if (this.#words.accept('{')) return this.#braces(start)
    return this.#words.fail()
  }

  #string(): Node {
    const { start } = this.#words.peek()
    let value = ''
    for (let token = this.#words.peek(); token.kind === 'string'; token = this.#words.peek()) {
      value += token.value
      this.#words.advance()
    }
    return this.#node(start, { kind: 'constant', value })
  }

  #parenthesis(start: number): Node {
    if (this.#words.accept(')')) return this.#node(start, { kind: 'tuple', items: [] })
    const first = this.#element()
    const node = this.#words.is(',') ? this.#tuple(first, start) : first
    this.#words.expect(')')
    return node
  }

  #list(start: number): Node {
    if (this.#words.accept(']')) return this.#node(start, { kind: 'list', items: [] })
    const first = this.#expression()
    if (this.#words.is('for')) return this.#closed(']', this.#comprehension(start, 'list', [first]))
    return this.#node(start, { kind: 'list', items: this.#rest(first, ']') })
  }

  #braces(start: number): Node {
    if (this.#words.accept('}')) return this.#node(start, { kind: 'dict', entries: [] })
    const first = this.#expression()
    if (this.#words.accept(':')) return this.#dict(start, first)
    if (this.#words.is('for')) return this.#closed('}', this.#comprehension(start, 'set', [first]))
    return this.#node(start, { kind: 'set', items: this.#rest(first, '}') })
  }

  #dict(start: number, key: Node): Node {
    const entries: [Node, Node][] = [[key, this.#expression()]]
    if (this.#words.is('for')) return this.#closed('}', this.#comprehension(start, 'dict', entries.flat()))
    while (!this.#words.accept('}')) {
      this.#words.expect(',')
      if (this.#words.accept('}')) break
      const next = this.#expression()
      this.#words.expect(':')
      entries.push([next, this.#expression()])
    }
    return this.#node(start, { kind: 'dict', entries })
  }

  /** The items after the first, up to and including the closing bracket. */
  #rest(first: Node, close: string): Node[] {
    const items = [first]
    while (!this.#words.accept(close)) {
      this.#words.expect(',')
      if (this.#words.accept(close)) break
      items.push(this.#expression())
    }
    return items
  }

  #closed(close: string, node: Node): Node {
    this.#words.expect(close)
    return node
  }

  #comprehension(start: number, form: 'list' | 'set' | 'dict', elements: Node[]): Node {
    const clauses: Clause[] = []
    while (this.#words.accept('for')) clauses.push(this.#clause())
    return this.#node(start, { kind: 'comprehension', form, elements, clauses })
  }

  #clause(): Clause {
    const open = this.#words.accept('(')
    const targets = [this.#identifier()]
    while (this.#words.accept(',')) targets.push(this.#identifier())
    if (open) this.#words.expect(')')
    this.#words.expect('in')
    const iterable = this.#nested(() => this.#or())
    const conditions: Node[] = []
    while (this.#words.accept('if')) conditions.push(this.#nested(() => this.#or()))
    return Object.freeze({ targets: Object.freeze(targets), iterable, conditions: Object.freeze(conditions) })
  }

  #identifier(): string {
    const { kind, text } = this.#words.peek()
    if (kind !== 'name' || RESERVED.has(text) || CONSTANTS.has(text)) this.#words.fail()
    return this.#words.advance().text
  }

  #constant({ start }: Token, value: null | boolean | number): Node {
    return this.#node(start, { kind: 'constant', value })
  }

  #node(start: number, shape: Shape): Node {
    let height = 1
    for (const child of children(shape)) height = Math.max(height, child.height + 1)
    if (height > MAX_HEIGHT) throw new EXPR_LIMIT(`The expression has more than ${MAX_HEIGHT} levels`)
    for (const part of Object.values(shape)) freezeList(part)
    return Object.freeze({ ...shape, start, height })
  }

  #nested(read: () => Node): Node {
    if (this.#depth >= MAX_DEPTH) throw new EXPR_LIMIT(`The expression is nested more than ${MAX_DEPTH} levels deep`)
    this.#depth += 1
    const node = read()
    this.#depth -= 1
    return node
  }
}

/** Freezes an array of nodes and the pairs that it may hold. */
function freezeList(part: unknown): void {
  if (!Array.isArray(part)) return
  for (const item of part) if (Array.isArray(item)) Object.freeze(item)
  Object.freeze(part)
}
