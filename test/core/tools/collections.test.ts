import t from 'tap'
import { topologicalOrder } from '../../../core/tools/graph.ts'
import { chunk, groupBy, indexBy, sumBy, unique } from '../../../core/tools/iter.ts'
import { checkJsonDepth } from '../../../core/tools/json-limits.ts'
import { Lru } from '../../../core/tools/lru.ts'

t.test('iter', async (t) => {
  const people = [
    { name: 'Ann', team: 1, age: 30 },
    { name: 'Bob', team: 2, age: 40 },
    { name: 'Cid', team: 1, age: 50 },
  ]
  const names = (of: { name: string }[]) => of.map((person) => person.name)

  t.test('groupBy keeps the order of first appearance', async (t) => {
    const groups = groupBy(people, (person) => person.team)
    t.same(
      [...groups].map(([team, members]) => [team, names(members)]),
      [
        [1, ['Ann', 'Cid']],
        [2, ['Bob']],
      ],
    )
  })

  t.test('indexBy keeps the last of one key', async (t) => {
    t.equal(indexBy(people, (person) => person.team).get(1)?.name, 'Cid')
  })

  t.test('sumBy adds, and is 0 for nothing', async (t) => {
    t.equal(
      sumBy(people, (person) => person.age),
      120,
    )
    t.equal(
      sumBy([], () => 1),
      0,
    )
  })

  t.test('chunk cuts into parts of a size', async (t) => {
    t.same(chunk([1, 2, 3, 4, 5], 2), [[1, 2], [3, 4], [5]])
    t.same(chunk([], 2), [])
  })

  t.test('unique keeps the first of each key', async (t) => {
    t.same(unique([3, 1, 3, 2, 1]), [3, 1, 2])
    t.same(names(unique(people, (person) => person.team)), ['Ann', 'Bob'])
  })
})

t.test('topologicalOrder', async (t) => {
  const order = (graph: Record<string, string[]>) => topologicalOrder(Object.keys(graph), (node) => graph[node] ?? [])

  t.test('puts dependencies first and keeps the given order otherwise', async (t) => {
    t.same(order({ z: [], sale: ['base', 'mail'], mail: ['base'], base: [], a: [] }), [
      'z',
      'base',
      'mail',
      'sale',
      'a',
    ])
  })

  t.test('leaves out dependencies that are not among the nodes', async (t) => {
    t.same(order({ sale: ['missing'] }), ['sale'])
  })

  t.test('names the path of a cycle', async (t) => {
    t.throws(() => order({ start: ['a'], a: ['b'], b: ['c'], c: ['a'] }), {
      code: 'GRAPH_CYCLE',
      message: 'There is a cycle: a → b → c → a.',
    })
  })

  t.test('survives a chain of a hundred thousand', async (t) => {
    const nodes = Array.from({ length: 100_000 }, (_, index) => index)
    const sorted = topologicalOrder(nodes, (node) => (node + 1 < nodes.length ? [node + 1] : []))
    t.equal(sorted[0], 99_999)
    t.equal(sorted.length, 100_000)
  })
})

t.test('Lru forgets what was not used for longest', async (t) => {
  const lru = new Lru<string, number>(2)
  lru.set('a', 1)
  lru.set('b', 2)
  t.equal(lru.get('a'), 1)
  lru.set('c', 3)
  t.equal(lru.has('b'), false)
  t.equal(lru.get('a'), 1)
  t.equal(lru.get('c'), 3)
  t.equal(lru.size, 2)
  t.equal(lru.delete('a'), true)
  lru.clear()
  t.equal(lru.size, 0)
})

t.test('checkJsonDepth', async (t) => {
  t.test('counts arrays and objects', async (t) => {
    t.equal(checkJsonDepth(1, 0), true)
    t.equal(checkJsonDepth([], 0), false)
    t.equal(checkJsonDepth([1, { a: [null] }], 3), true)
    t.equal(checkJsonDepth([1, { a: [null] }], 2), false)
  })

  t.test('survives a hundred thousand levels', async (t) => {
    let deep: unknown = 1
    for (let level = 0; level < 100_000; level += 1) deep = level % 2 ? [deep] : { deep }
    t.equal(checkJsonDepth(deep, 100), false)
    t.equal(checkJsonDepth(deep, 100_000), true)
  })
})
