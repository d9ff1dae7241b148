import t from 'tap'
import { evaluate, evaluateLive, holds } from '../../../core/expr/evaluate.ts'
import { names } from '../../../core/expr/names.ts'
import { parse } from '../../../core/expr/parse.ts'
import { callable, type ExprObject, type Value } from '../../../core/expr/values.ts'

const user: ExprObject = {
  exprGet: (name) =>
    new Map<string, Value>([
      ['id', 7],
      ['company_ids', [1, 2]],
      ['name', 'Ann'],
    ]).get(name),
  exprCall: (name, [group]) => name === 'has_group' && group === 'base.group_user',
  exprNumber: () => 7,
}

/** Asserts the values of expressions, one by one. */
function gives(
  t: Tap,
  cases: readonly (readonly [source: string, value: unknown])[],
  scope: Record<string, unknown> = {},
) {
  for (const [source, value] of cases) t.strictSame(evaluate(source, scope), value, source)
}

type Tap = Pick<typeof t, 'strictSame'>

t.test('literals', async (t) => {
  gives(t, [
    ['None', null],
    ['True', true],
    ['1_000', 1000],
    ['0x1f + 0o17 + 0b11', 49],
    ['1.5e3', 1500],
    ['.5', 0.5],
    ["'single' \"double\" '''triple\nquoted'''", 'singledoubletriple\nquoted'],
    [String.raw`'\x41\u00e9\n\'\\\q'`, "Aé\n'\\\\q"],
    [String.raw`r'\n' + u'x'`, '\\nx'],
    ['[1, (2, 3), {4, 4}, ()]', [1, [2, 3], [4], []]],
    ["{'a': 1, 2: 'b', True: None,}", { a: 1, 2: 'b', True: null }],
    ['1, 2', [1, 2]],
    ['(1,)', [1]],
    ["[\n  # a comment\n  ('a', '=', 1),\n]", [['a', '=', 1]]],
  ])
})

t.test('numbers', async (t) => {
  t.test('follow Python in division, sign and precedence', async (t) => {
    gives(t, [
      ['-7 // 2', -4],
      ['-7 % 3', 2],
      ['7 % -3', -2],
      ['10 / 4', 2.5],
      ['-2 ** 2', -4],
      ['2 ** 3 ** 2', 512],
      ['2 ** -1', 0.5],
      ['1 + 2 * 3 - 4', 3],
      ['True + True', 2],
      ['-0 * 1', 0],
    ])
  })

  t.test('cannot be divided by zero', async (t) => {
    for (const source of ['1 / 0', '1 // 0', '1 % 0', '0 ** -1'])
      t.throws(() => evaluate(source), { code: 'EXPR_TYPE' })
  })
})

t.test('logic', async (t) => {
  gives(
    t,
    [
      ["'' or [] or {} or 0 or None or 'last'", 'last'],
      ["'a' and 0 and 1", 0],
      ['not []', true],
      ['not 1 == 2', true],
      ["'yes' if x else 'no' if y else 'maybe'", 'maybe'],
      ['x and unknown', null],
      ['true or false', true],
    ],
    { x: null, y: 0 },
  )
})

t.test('comparisons', async (t) => {
  t.test('compare numbers, texts and lists by value', async (t) => {
    gives(t, [
      ['1 < 2 <= 2 < 3', true],
      ['1 < 2 > 2', false],
      ['True == 1 and False == 0', true],
      ["1 == '1'", false],
      ['[1, [2]] == [1, [2]]', true],
      ["{'a': [1]} == {'a': [1]}", true],
      ["{'a': 1} != {'b': 1}", true],
      ['[1, 2] < [1, 3]', true],
      ["'a' < 'b'", true],
      ['None is None', true],
      ['0 is not None', true],
      ['None == False', false],
    ])
  })

  t.test('look into lists, dicts and texts', async (t) => {
    gives(t, [
      ["'b' in 'abc'", true],
      ['2 in (1, 2)', true],
      ['[1] in [[1]]', true],
      ["'a' in {'a': None}", true],
      ["'x' not in ['a']", true],
      ['1 in False', false],
    ])
  })

  t.test('put a field without a value before every other value', async (t) => {
    gives(
      t,
      [
        ["date < '2026-01-01'", true],
        ["date >= '2026-01-01'", false],
        ['none < 1', true],
      ],
      { date: false, none: null },
    )
  })

  t.test('refuse to order what has no order', async (t) => {
    t.throws(() => evaluate("1 < 'a'"), { code: 'EXPR_TYPE', exception: 'ValueError' })
    t.throws(() => evaluate('{} < []'), { code: 'EXPR_TYPE' })
  })
})

t.test('sequences', async (t) => {
  gives(t, [
    ['[1] + [2] + [x for x in (3,)]', [1, 2, 3]],
    ["'ab' * 2 + 'c'", 'ababc'],
    ['[0] * 3', [0, 0, 0]],
    ['[1, 2, 3][-1]', 3],
    ['[1, 2, 3, 4][1:3]', [2, 3]],
    ['[1, 2, 3, 4][::-2]', [4, 2]],
    ["'hello'[:-1] + 'hello'[10:]", 'hell'],
    ["{'a': {'b': 5}}['a']['b']", 5],
    ['[x * y for x in range(3) if x for y in [10, 20] if y > 10]', [20, 40]],
    ["{k: v + 1 for k, v in {'a': 1}.items()}", { a: 2 }],
    ['{x % 2 for x in range(5)}', [0, 1]],
    ['sum(x for x in [1, 2, 3])', 6],
    ['[[y for y in range(x)] for x in range(3)]', [[], [0], [0, 1]]],
    ['set([1, 2, 2]) - set([2])', [1]],
  ])
  t.throws(() => evaluate('[1][1]'), { code: 'EXPR_TYPE' })
  t.throws(() => evaluate("{'amount': 1}['amonut']"), { code: 'EXPR_NAME', message: /did you mean 'amount'/ })
  t.throws(() => evaluate('[a for a, b in [[1]]]'), { code: 'EXPR_TYPE' })
})

t.test('a comprehension binds its names only inside', async (t) => {
  gives(
    t,
    [
      ['[x for x in [1, 2]] + [x]', [1, 2, 9]],
      ['[None for x in [1]] and x', 9],
      ['[x for x in [None]]', [null]],
    ],
    { x: 9 },
  )
})

t.test('functions', async (t) => {
  gives(t, [
    ["len([1, 2]), len('abc'), len({'a': 1})", [2, 3, 1]],
    ["int('12') + int(3.9) + float('1.5')", 16.5],
    ["str([1, 'a', None, True, {'k': 1.5}])", "[1, 'a', None, True, {'k': 1.5}]"],
    ['bool([]), list((1,)), tuple([1]), dict(a=1), dict([[1, 2]])', [false, [1], [1], { a: 1 }, { 1: 2 }]],
    ['min(3, 1, 2), max([1, 5]), min([], default=0), abs(-2)', [1, 5, 0, 2]],
    ['sum([1, 2], 10), sum([[1], [2]], [])', [13, [1, 2]]],
    ['round(2.5), round(3.5), round(2.675, 2), round(1234, -2), round(-0.4)', [2, 4, 2.67, 1200, 0]],
    ['any([0, 1]), all([0, 1]), any(x > 1 for x in [1, 2])', [true, false, true]],
    [
      'sorted([3, 1, 2]), sorted([1, 2], reverse=True)',
      [
        [1, 2, 3],
        [2, 1],
      ],
    ],
    [
      'range(3), range(1, 3), range(5, 0, -2)',
      [
        [0, 1, 2],
        [1, 2],
        [5, 3, 1],
      ],
    ],
    [
      "zip([1, 2], 'ab'), enumerate(['a'], 1)",
      [
        [
          [1, 'a'],
          [2, 'b'],
        ],
        [[1, 'a']],
      ],
    ],
  ])
  t.equal(evaluate('str(None) + str()'), 'None')
  t.throws(() => evaluate('list(None)'), { code: 'EXPR_TYPE' })
  t.throws(() => evaluate("int('x')"), { code: 'EXPR_TYPE' })
  t.throws(() => evaluate('min([])'), { code: 'EXPR_TYPE' })
  t.throws(() => evaluate('len'), { code: 'EXPR_TYPE' })
})

t.test('methods of texts and dicts', async (t) => {
  gives(t, [
    ["'aB'.lower() + 'aB'.upper() + 'aB'.capitalize() + 'ab cd'.title()", 'abABAbAb Cd'],
    ["' x '.strip(), 'xxa'.lstrip('x'), 'a  '.rstrip()", ['x', 'a', 'a']],
    ["'abc'.startswith('ab'), 'abc'.endswith(('x', 'bc'))", [true, true]],
    [
      "'a b  c'.split(), 'a,b,c'.split(',', 1)",
      [
        ['a', 'b', 'c'],
        ['a', 'b,c'],
      ],
    ],
    ["', '.join(['a', 'b']), 'a-b'.replace('-', '+')", ['a, b', 'a+b']],
    ["{'a': 1}.get('a'), {}.get('a'), {}.get('a', 5), {'a': None}.get('a', 5)", [1, null, 5, null]],
    ["{'a': 1}.keys(), {'a': 1}.values(), {'a': 1}.items()", [['a'], [1], [['a', 1]]]],
    ['[5, 6].index(6), [1, 1].count(1)', [1, 2]],
  ])
  t.throws(() => evaluate("'a'.uper()"), { code: 'EXPR_NAME', message: /did you mean 'upper'/ })
  t.throws(() => evaluate("{}.update({'a': 1})"), { code: 'EXPR_NAME' })
})

t.test('formats', async (t) => {
  gives(t, [
    ["'%s is %d, %5.2f, %-4s|%04d %x %%' % ('a', 2.9, 3.14159, 'b', 42, 255)", 'a is 2,  3.14, b   |0042 ff %'],
    ["'%(a)s-%(b).1f' % {'a': 1, 'b': 2}", '1-2.0'],
    ["'%s' % [1, 'x'], '%r' % 'x', '%s' % None", ["[1, 'x']", "'x'", 'None']],
    ["'{} {1} {name:>5} {0:.2f}{{}}'.format(1, 2, name='n')", '1 2     n 1.00{}'],
    ["'{:,.2f}'.format(1234567.891)", '1,234,567.89'],
    ["'%+d %05d' % (5, -5)", '+5 -0005'],
  ])
  t.throws(() => evaluate("'%s %s' % (1,)"), { code: 'EXPR_TYPE' })
  t.throws(() => evaluate("'%s' % (1, 2)"), { code: 'EXPR_TYPE' })
  t.throws(() => evaluate("'plain' % 1"), { code: 'EXPR_TYPE' })
  t.throws(() => evaluate("'{0.__class__}'.format(1)"), { code: 'EXPR_TYPE' })
})

t.test('objects of the scope', async (t) => {
  t.test('answer attributes, methods and calls', async (t) => {
    gives(
      t,
      [
        ["user.name + ref('base.fr')", 'Annfr'],
        ["user.has_group('base.group_user') and not user.has_group('x')", true],
        ['parent.partner.id', 3],
        ['context.get("lang") or context.missing if False else context.lang', 'fr_FR'],
      ],
      {
        user,
        ref: callable(([xmlid]) => (xmlid === 'base.fr' ? 'fr' : null)),
        parent: { partner: { id: 3 } },
        context: { lang: 'fr_FR' },
      },
    )
  })

  t.test('are their number where a number is asked, and in the result', async (t) => {
    gives(
      t,
      [
        [
          "[('user_id', '=', user), ('company_id', 'in', user.company_ids + [False])]",
          [
            ['user_id', '=', 7],
            ['company_id', 'in', [1, 2, false]],
          ],
        ],
        ['user == 7 and user in [7] and user + 1 == 8', true],
        ['{user: user}', { 7: 7 }],
      ],
      { user },
    )
    t.equal(evaluateLive('user', { user }), user)
  })

  t.test('may be the scope itself', async (t) => {
    t.equal(evaluate('id + len(company_ids)', user), 9)
    t.throws(() => evaluate('nothing', user), { code: 'EXPR_NAME' })
  })

  t.test('raise their own errors, unchanged', async (t) => {
    const failing = callable(() => {
      throw new SyntaxError('mine')
    })
    t.throws(() => evaluate('f()', { f: failing }), { name: 'SyntaxError', message: 'mine' })
  })

  t.test('without a plain value cannot be a result', async (t) => {
    t.throws(() => evaluate('f', { f: callable(() => 1) }), { code: 'EXPR_TYPE' })
  })
})

t.test('the scope comes before builtin names, even with None', async (t) => {
  gives(
    t,
    [
      ['len', 5],
      ['today', null],
    ],
    { len: 5, today: null },
  )
})

t.test('the result shares nothing with the scope', async (t) => {
  const ids = [1, 2]
  t.not(evaluate('ids', { ids }), ids)
})

t.test('commands of x2many fields', async (t) => {
  gives(t, [
    [
      "[Command.create({'a': 1}), Command.link(4), Command.clear()]",
      [
        [0, 0, { a: 1 }],
        [4, 4, 0],
        [5, 0, 0],
      ],
    ],
    [
      'Command.set([1]), Command.update(1, {}), Command.delete(1), Command.unlink(1)',
      [
        [6, 0, [1]],
        [1, 1, {}],
        [2, 1, 0],
        [3, 1, 0],
      ],
    ],
  ])
})

t.test('holds tells Python truth', async (t) => {
  t.equal(holds("state in ('draft',)", { state: 'draft' }), true)
  t.equal(holds('lines', { lines: [] }), false)
  t.equal(holds('user', { user }), true)
})

t.test('names are those that the scope must define', async (t) => {
  const found = names(parse("[x + y for x in lines if x.qty > z] and parent.state == 'a' or f(k=v) or [x]"))
  t.same([...found].toSorted(), ['f', 'lines', 'parent', 'v', 'x', 'y', 'z'])
  t.same([...names(parse('[x for x in range(3)]'))], ['range'])
})

t.test('parse gives one frozen tree per source', async (t) => {
  const first = parse('a + [1, b]')
  t.equal(parse('a + [1, b]'), first)
  t.ok(Object.isFrozen(first) && Object.isFrozen(first.root))
})
