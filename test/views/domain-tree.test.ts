import t from 'tap'
import { domainOf, domainText, parseDomain, treeOf } from '../../views/domain-editor/tree.ts'
import { comparisonOf, comparisonsOf } from '../../views/domain-editor/operators.ts'

t.test('a domain becomes a tree in which groups of a kind are one', async (t) => {
  const tree = treeOf(['&', ['a', '=', 1], '|', '|', ['b', '=', 2], ['c', '=', 3], ['d', '=', 4]])
  t.match(tree, {
    any: false,
    children: [
      { path: 'a', value: 1 },
      { kind: 'group', any: true, children: [{ path: 'b' }, { path: 'c' }, { path: 'd' }] },
    ],
  })
})

t.test('a tree gives back a domain that says the same', async (t) => {
  for (const domain of [
    [],
    [['a', '=', 1]],
    [
      ['a', '=', 1],
      ['b', 'in', [1, 2]],
    ],
    ['|', ['a', '=', 1], ['b', '=', false]],
    ['!', '&', ['a', '=', 1], ['b', '=', 2]],
    ['!', ['a', 'ilike', "l'eau"]],
  ]) {
    const again = parseDomain(domainText(domainOf(treeOf(domain))))
    t.same(treeOf(again), treeOf(domain), JSON.stringify(domain))
  }
})

t.test('a text that is no domain is refused', async (t) => {
  for (const text of ['[', '{}', '1']) t.throws(() => treeOf(parseDomain(text)), text)
  t.throws(() => treeOf(['&', ['a', '=', 1]]), { message: 'null is no part of a domain' })
  t.throws(() => parseDomain("[('user_id', '=', uid)]"))
})

t.test('values are written as Python does', async (t) => {
  t.equal(
    domainText([
      ['a', '=', true],
      ['b', 'in', ["it's", null]],
    ]),
    "[('a', '=', True), ('b', 'in', ['it\\'s', None])]",
  )
})

t.test('set and not set are comparisons of their own', async (t) => {
  t.equal(comparisonOf('many2one', '!=', false)?.key, 'set')
  t.equal(comparisonOf('many2one', '!=', 3)?.key, '!=')
  t.equal(comparisonOf('boolean', '=', true)?.key, 'yes')
  t.equal(comparisonOf('char', '=like', 'x%'), undefined)
  t.equal(comparisonsOf('char')[0]?.operator, 'ilike')
})
