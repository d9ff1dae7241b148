import * as fc from 'fast-check'
import t from 'tap'
import { ComptoirError } from '../../../core/errors.ts'
import { evaluate } from '../../../core/expr/evaluate.ts'
import { parse } from '../../../core/expr/parse.ts'

t.test('a mistake in the syntax is named with line and column', async (t) => {
  const mistakes: [string, RegExp, number, number][] = [
    ["[('a', '=', 1)", /Expected ','/, 1, 15],
    ["{'a': 1,\n 'b' 2}", /Expected ':' before '2'/, 2, 6],
    ['1 +', /ends too early/, 1, 4],
    ['', /ends too early/, 1, 1],
    ['a = 1', /Unexpected '='/, 1, 3],
    ['1 2', /Unexpected '2'/, 1, 3],
    ["'abc", /not closed/, 1, 1],
    ['a ? b', /Unexpected character '\?'/, 1, 3],
    ['lambda x: x', /Unexpected 'lambda'/, 1, 1],
    ["f'{x}'", /prefix 'f'/, 1, 1],
    ['f(a=1, 2)', /positional argument/, 1, 8],
    ['012', /Malformed number/, 1, 1],
    [String.raw`'\xZZ'`, /Malformed escape/, 1, 2],
    ['a if b', /Expected 'else'/, 1, 7],
    ['x[]', /subscript is empty/, 1, 4],
    ['(a for a in b', /Expected '\)'/, 1, 14],
    ['import os', /Unexpected 'os'/, 1, 8],
  ]
  for (const [source, message, line, column] of mistakes) {
    t.throws(
      () => parse(source),
      { code: 'EXPR_SYNTAX', exception: 'ValueError', message, details: { line, column } },
      source,
    )
  }
})

t.test('an error of evaluation names its place', async (t) => {
  t.throws(() => evaluate("[\n  ('a', '=', usr)]", { user: 1 }), {
    code: 'EXPR_NAME',
    message: /'usr' is not defined, did you mean 'user'\? \(line 2, column 14: /,
    details: { line: 2, column: 14 },
  })
})

t.test('nothing of JavaScript or Python is reachable', async (t) => {
  const record = Object.freeze({ name: 'x' })
  class Secret {
    key = 'secret'
  }
  const scope = { record, list: [1], text: 'a', secret: new Secret(), call: () => 'called', symbol: Symbol('s') }
  const attempts = [
    '().__class__',
    '().__class__.__bases__[0].__subclasses__()',
    '"".constructor',
    "''.constructor.constructor('return 1')()",
    '{}.__proto__',
    "{}['__proto__']",
    "{}.get('constructor')",
    "record['constructor']",
    'record.constructor',
    'record.toString()',
    'record.hasOwnProperty("name")',
    'list.constructor',
    "list['length']",
    'list.map(call)',
    'list.push(1)',
    'text.length',
    "text['length']",
    'secret.key',
    'secret',
    'call()',
    'call',
    'symbol',
    'globalThis',
    'process.env',
    'constructor',
    '__proto__',
    '__import__("os")',
    "{'__proto__': {'polluted': 1}}",
    "dict([['__proto__', 1]])",
    'dict(__proto__=1)',
    'len.constructor',
    'len.__call__([1])',
    'datetime.constructor',
    'datetime.datetime.__class__',
    'context_today().constructor',
    'context_today().time',
    'Command.constructor(1)',
    'range.exprCall("__call__", [1], {})',
    "'%(constructor)s' % record",
    "'{constructor}'.format()",
    "'{0.constructor}'.format(1)",
    'eval("1")',
    'user.name',
  ]
  for (const source of attempts) {
    let found: unknown
    try {
      found = evaluate(source, scope)
    } catch (error) {
      t.match(error, { code: /^EXPR_/ }, source)
      continue
    }
    t.equal(found, null, source)
  }
  t.equal(Object.getOwnPropertyDescriptor(Object.prototype, 'polluted'), undefined)
})

t.test('what would take too long or too much is stopped', async (t) => {
  const bombs = [
    '[x for x in range(10**9)]',
    "'a'*10**9",
    "'a'*10**6*10**6",
    '[0]*10**9',
    "'%s' * 10**8 % 1",
    '10**400',
    '10**10**10',
    '9**9**9**9',
    '[0 for a in range(10000) for b in range(10000)]',
    'sum([[0] * 1000 for x in range(10000)], [])',
    "[('x' * 1000000).upper() for i in range(100000)]",
    "'{0}{0}{0}{0}{0}{0}'.format('x' * 900000)",
    "'%s%s%s' % ('x' * 900000, 'x' * 900000, 'x' * 900000)",
    "('x' * 1000000).replace('x', 'xxxxxxxxxx')",
    "'x'.join('y' * 1500000)",
    `${'['.repeat(60)}1${', 1] * 3'.repeat(60)}`.replaceAll(', 1]', ']'),
    `${'[[a, a] for a in '.repeat(40)}[1]${']'.repeat(40)}`,
    `str(${'[[a, a] for a in '.repeat(40)}[1]${']'.repeat(40)})`,
    '[x == y for x in [range(1000)] for y in [range(1000)] for z in range(10000)]',
    `${'('.repeat(5000)}1${')'.repeat(5000)}`,
    '['.repeat(100_000),
    'not '.repeat(100_000),
    '-'.repeat(100_000),
    '1+'.repeat(100_000) + '1',
    'a.'.repeat(100_000) + 'a',
    'f('.repeat(5000),
    'f()' + '()'.repeat(5000),
    '1 if 1 else '.repeat(5000) + '1',
    '[x for x in '.repeat(5000),
    '2**'.repeat(5000) + '2',
    '{1:'.repeat(5000),
  ]
  for (const source of bombs) {
    const start = performance.now()
    t.throws(() => evaluate(source), { code: 'EXPR_LIMIT', exception: 'ValueError' }, source.slice(0, 60))
    t.ok(performance.now() - start < 2000, `${source.slice(0, 60)} is stopped soon`)
  }
})

t.test('long but flat expressions are fine', async (t) => {
  t.equal(evaluate(`len([${'1, '.repeat(50_000)}])`), 50_000)
  t.equal(evaluate(Array.from({ length: 5000 }, (_, index) => `x == ${index}`).join(' or '), { x: 4999 }), true)
  t.equal(evaluate('('.repeat(150) + '1' + ')'.repeat(150)), 1)
})

/** Evaluates and checks that what comes out is plain data or one of the four errors. */
function isSafe(source: string): boolean {
  const scope = { a: 1, b: [1, 'x', null], c: { d: { e: 2 } }, s: 'text', f: 1.5 }
  try {
    return isPlain(evaluate(source, scope))
  } catch (error) {
    return error instanceof ComptoirError && /^EXPR_(?:SYNTAX|NAME|TYPE|LIMIT)$/.test(error.code)
  }
}

function isPlain(value: unknown): boolean {
  if (value === null || ['boolean', 'number', 'string'].includes(typeof value)) return true
  if (Array.isArray(value)) return value.every(isPlain)
  return (
    typeof value === 'object' &&
    Object.getPrototypeOf(value) === Object.prototype &&
    Object.values(value).every(isPlain)
  )
}

t.test('random text evaluates or raises one of the four errors', async () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 30 }), isSafe), { numRuns: 2000 })
})

t.test('random words evaluate or raise one of the four errors', async () => {
  const words =
    'a b c d s f x ( ) [ ] { } , : . = + - * / // % ** < <= == != > in not and or is if else for None True 1 2.5 0 ' +
    "'t' '' '%s' '{}' len range str sum dict set min sorted zip round int datetime context_today() relativedelta( days=1 " +
    'timedelta .get .items() .keys .split .join .format .strftime .date .replace __proto__ constructor .__class__ ' +
    '.constructor prototype .exprGet .exprCall __call__ Command .set time now now() today .year .days lambda'
  const word = fc.constantFrom(...words.split(' '))
  const soup = fc.array(word, { minLength: 1, maxLength: 14 }).map((parts) => parts.join(' '))
  fc.assert(fc.property(soup, isSafe), { numRuns: 20_000 })
})

t.test('random well-formed expressions evaluate or raise one of the four errors', async (t) => {
  const { expression } = fc.letrec<{ expression: string }>((tie) => {
    const inner = tie('expression')
    const leaf = fc.constantFrom('a', 'b', 'c', 's', 'f', '1', '0', '-2', "'x'", "''", 'None', 'True', '[]', '{}', 'x')
    const operator = fc.constantFrom('+', '-', '*', '/', '//', '%', '<', '==', 'in', 'not in', 'and', 'or', 'is')
    const call = fc.constantFrom(
      'len',
      'str',
      'int',
      'sum',
      'sorted',
      'max',
      'list',
      'set',
      'dict',
      'round',
      'context_today',
    )
    const method = fc.constantFrom(
      'get',
      'split',
      'join',
      'format',
      'items',
      'index',
      'upper',
      'constructor',
      'strftime',
    )
    const form = fc.oneof(
      fc.tuple(inner, operator, inner).map(([left, sign, right]) => `(${left} ${sign} ${right})`),
      fc.tuple(call, inner).map(([name, value]) => `${name}(${value})`),
      fc.tuple(inner, method, inner).map(([of, name, value]) => `${of}.${name}(${value})`),
      fc.tuple(inner, inner).map(([of, index]) => `${of}[${index}]`),
      fc.tuple(inner, inner, inner).map(([x, y, z]) => `(${x} if ${y} else ${z})`),
      fc.tuple(inner, inner).map(([x, y]) => `[${x} for x in ${y}]`),
      fc.tuple(inner, inner).map(([x, y]) => `{${x}: ${y}}`),
      fc.tuple(inner, inner).map(([x, y]) => `[${x}, ${y}]`),
    )
    return { expression: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, form) }
  })
  fc.assert(fc.property(expression, isSafe), { numRuns: 5000 })
  t.pass('held')
})
