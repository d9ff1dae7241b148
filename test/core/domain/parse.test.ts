import t from 'tap'
import { parseDomain, treeToDomain } from '#core/domain/parse.ts'
import { EVERYTHING, NOTHING } from '#core/domain/tree.ts'

const a = { type: 'leaf', path: 'a', operator: '=', operand: 1 }
const b = { type: 'leaf', path: 'b', operator: '=', operand: 2 }
const c = { type: 'leaf', path: 'c', operator: '=', operand: 3 }
const A = ['a', '=', 1]
const B = ['b', '=', 2]
const C = ['c', '=', 3]

t.test('parseDomain', (t) => {
  t.test('joins terms side by side by and', (t) => {
    t.equal(parseDomain([]), EVERYTHING)
    t.strictSame(parseDomain([A]), a)
    t.strictSame(parseDomain([A, B, C]), { type: 'and', of: [a, b, c] })
    t.end()
  })

  t.test('reads connectives before their terms', (t) => {
    t.strictSame(parseDomain(['|', A, B]), { type: 'or', of: [a, b] })
    t.strictSame(parseDomain(['|', A, B, C]), { type: 'and', of: [{ type: 'or', of: [a, b] }, c] })
    t.strictSame(parseDomain(['|', C, '&', A, B]), { type: 'or', of: [c, { type: 'and', of: [a, b] }] })
    t.strictSame(parseDomain(['!', '|', A, B]), { type: 'not', of: { type: 'or', of: [a, b] } })
    t.strictSame(parseDomain(['!', A, B]), { type: 'and', of: [{ type: 'not', of: a }, b] })
    t.strictSame(parseDomain(['!', '!', A]), a)
    t.end()
  })

  t.test('takes chains of one connective together, in order', (t) => {
    const all = { type: 'or', of: [a, b, c] }
    t.strictSame(parseDomain(['|', '|', A, B, C]), all)
    t.strictSame(parseDomain(['|', A, '|', B, C]), all)
    t.strictSame(parseDomain(['|', '|', A, B, '|', C, A]), { type: 'or', of: [a, b, c, a] })
    t.end()
  })

  t.test('writes empty as null, and lists as in', (t) => {
    t.match(parseDomain([['a', '=', false]]), { operator: '=', operand: null })
    t.match(parseDomain([['a', 'in', [1, false]]]), { operator: 'in', operand: [1, null] })
    t.match(parseDomain([['a', '=', [1]]]), { operator: 'in', operand: [1] })
    t.match(parseDomain([['a', '<>', [1]]]), { operator: 'not in', operand: [1] })
    t.match(parseDomain([['a', 'in', false]]), { operator: '=', operand: null })
    t.match(parseDomain([['a', 'not in', true]]), { operator: '!=', operand: true })
    t.match(parseDomain([['a', 'NOT ILIKE', 'x']]), { operator: 'not ilike', operand: 'x' })
    t.end()
  })

  t.test('reads constants', (t) => {
    t.equal(parseDomain([[1, '=', 1]]), EVERYTHING)
    t.equal(parseDomain([[0, '=', 1]]), NOTHING)
    t.equal(parseDomain([[1, '!=', 1]]), NOTHING)
    t.equal(parseDomain([true]), EVERYTHING)
    t.equal(parseDomain([false]), NOTHING)
    t.end()
  })

  t.test('reads domains on related records', (t) => {
    t.strictSame(parseDomain([['x.y', 'not any', [A, B]]]), {
      type: 'any',
      field: 'x.y',
      tree: { type: 'and', of: [a, b] },
      negated: true,
    })
    t.end()
  })

  t.test('names the position of a mistake and what is expected there', (t) => {
    const wrong = (domain: unknown, message: string): unknown =>
      t.throws(() => parseDomain(domain), { code: 'DOMAIN_WRONG', exception: 'ValueError', message })
    wrong('a = 1', 'Invalid domain: domain is "a = 1", expected a list.')
    wrong(null, 'Invalid domain: domain is null, expected a list.')
    wrong([A, '|', B], `Invalid domain: domain[1] is "|", expected two terms behind it.`)
    wrong([A, '!'], `Invalid domain: domain[1] is "!", expected a term behind it.`)
    wrong([A, 'or', B], `Invalid domain: domain[1] is "or", expected '&', '|', '!' or [field, operator, value].`)
    wrong(
      [[A, B]],
      `Invalid domain: domain[0] is [["a","=",1],["b","=",2]], expected '&', '|', '!' or [field, operator, value].`,
    )
    wrong([['a', 1, 2]], 'Invalid domain: domain[0][1] is 1, expected an operator.')
    wrong([[null, '=', 2]], 'Invalid domain: domain[0][0] is null, expected the name of a field.')
    wrong([['a..b', '=', 2]], 'Invalid domain: domain[0][0] is "a..b", expected the name of a field.')
    wrong([['a', 'in', 5]], 'Invalid domain: domain[0][2] is 5, expected a list.')
    wrong([[1, '=', 'x']], `Invalid domain: domain[0] is [1,"=","x"], expected [1, '=', 1] or [0, '=', 1].`)
    wrong([A, ['x', 'any', [B, ['y', 'any', 5]]]], 'Invalid domain: domain[1][2][1][2] is 5, expected a list.')
    t.end()
  })

  t.test('refuses operators that do not exist', (t) => {
    for (const operator of ['~~', 'any!', 'like ', '', 'is', 'constructor']) {
      t.throws(() => parseDomain([['a', operator, []]]), { code: 'DOMAIN_OPERATOR', exception: 'ValueError' }, operator)
    }
    t.end()
  })

  t.test('refuses what is nested too deeply, however it is nested', (t) => {
    const nested = (depth: number, wrap: (inner: unknown[]) => unknown[]): unknown[] => {
      let domain: unknown[] = [A]
      for (let i = 0; i < depth; i++) domain = wrap(domain)
      return domain
    }
    const deep = [
      nested(10_000, (inner) => [['x', 'any', inner]]),
      nested(201, (inner) => [['x', 'any', inner]]),
      nested(150, (inner) => ['|', A, '&', B, ...inner]),
      nested(150, (inner) => ['!', '|', A, ...inner]),
    ]
    for (const domain of deep) t.throws(() => parseDomain(domain), { code: 'DOMAIN_TOO_DEEP' })
    t.doesNotThrow(() => parseDomain(nested(199, (inner) => [['x', 'any', inner]])))
    t.doesNotThrow(() => parseDomain(nested(5_000, (inner) => ['!', ...inner])), 'negations cancel out')
    t.end()
  })

  t.test('takes long chains, up to 10,000 terms', (t) => {
    const chain = (n: number): unknown[] => [...Array<string>(n - 1).fill('|'), ...Array.from({ length: n }, () => A)]
    t.match(parseDomain(chain(10_000)), { type: 'or', of: { length: 10_000 } })
    t.throws(() => parseDomain(chain(10_001)), { code: 'DOMAIN_TOO_DEEP' })
    t.throws(
      () =>
        parseDomain([
          ['x', 'any', chain(6_000)],
          ['y', 'any', chain(6_000)],
        ]),
      { code: 'DOMAIN_TOO_DEEP' },
    )
    t.end()
  })
  t.end()
})

t.test('treeToDomain writes what parseDomain reads back', (t) => {
  const domains = [
    [],
    [A],
    [A, B, C],
    ['|', '|', A, B, C],
    ['!', '|', A, '&', B, C],
    ['|', '&', A, B, '!', ['d', 'in', [1, false]]],
    [
      ['x', 'not any', ['|', A, B]],
      ['y', '=', false],
    ],
    [[0, '=', 1]],
  ]
  for (const domain of domains) {
    const tree = parseDomain(domain)
    t.strictSame(parseDomain(treeToDomain(tree)), tree)
  }
  t.strictSame(treeToDomain(parseDomain(['|', A, '&', B, C])), ['|', A, '&', B, C])
  t.strictSame(treeToDomain(parseDomain([A, ['b', 'in', [false]]])), [A, ['b', 'in', [false]]])
  t.end()
})
