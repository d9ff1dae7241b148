/* What a graph shows for the groups that the server answered. */
import t from 'tap'
import { parseArch } from '../../views/arch/node.ts'
import type { PageContext, Values } from '../../views/page.ts'
import { readFigures } from '../../views/types/figures/arch.ts'
import { aggregatesOf } from '../../views/types/figures/measures.ts'
import { readGraphState } from '../../views/types/graph/state.ts'
import { graphView } from '../../views/types/graph/view-model.ts'
import { wordsOf } from '../../views/types/search/describe.ts'
import { ORDERS, pageIn } from './fixture.ts'

interface Cell {
  readonly value: number | null
  readonly text: string
  readonly href: string | null
}
interface Shown {
  readonly series: readonly string[]
  readonly rows: readonly { readonly label: string; readonly cells: readonly Cell[] }[]
  readonly isEmpty: boolean
  readonly hasPieces: boolean
  readonly measures: readonly { readonly label: string; readonly href: string; readonly isOn: boolean }[]
}

const ARCH = '<graph><field name="date"/><field name="state"/><field name="amount" type="measure"/></graph>'
const month = (label: string, from: string, to: string): Values => ({
  'date:month': label,
  __range: { 'date:month': { from, to } },
})
const OCTOBER = month('October 2026', '2026-10-01', '2026-11-01')
const NOVEMBER = month('November 2026', '2026-11-01', '2026-12-01')
const GROUPS: readonly Values[] = [
  { ...OCTOBER, state: 'draft', __count: 2, m0: 1000, least0: 1, most0: 1 },
  { ...OCTOBER, state: 'sale', __count: 1, m0: 250.5, least0: 1, most0: 1 },
  { ...NOVEMBER, state: 'sale', __count: 1, m0: 3000, least0: 1, most0: 2 },
]

function shown(own: Record<string, string> = {}, groups = GROUPS, page: PageContext = pageIn('en_US')): Shown {
  const root = parseArch(ARCH)
  const arch = readFigures(root, ORDERS, page)
  return graphView({
    arch,
    state: readGraphState(root, arch, own),
    groupBy: arch.rows,
    groups,
    left: 0,
    fields: ORDERS,
    page,
    href: (next) => new URLSearchParams(next).toString(),
    recordsHref: (domain) => domain,
  }) as unknown as Shown
}

const texts = ({ rows }: Shown): Record<string, readonly string[]> =>
  Object.fromEntries(rows.map(({ label, cells }) => [label, cells.map(({ text }) => text)]))

t.test('the first group is the axis, the others are the series', async (t) => {
  const graph = shown()
  t.same(graph.series, ['Quotation', 'Order'])
  t.same(texts(graph), { 'October 2026': ['1,000.00\u00a0€', '250.50\u00a0€'], 'November 2026': ['', '3,000.00'] })
})

t.test('a sum of several currencies bears the sign of none', async (t) => {
  t.equal(shown().rows[1]?.cells[1]?.text, '3,000.00')
  t.same(aggregatesOf([readFigures(parseArch(ARCH), ORDERS, pageIn('en_US')).offered[0] as never]), [
    'm0:sum(amount)',
    'least0:min(currency_id)',
    'most0:max(currency_id)',
  ])
})

t.test('numbers are written as the language writes them', async (t) => {
  const french = shown({}, GROUPS, pageIn('fr_FR'))
  t.equal(french.rows[0]?.cells[1]?.text, '250,50\u00a0€')
})

t.test('a cell leads to the records behind it, in words', async (t) => {
  const href = shown().rows[0]?.cells[1]?.href ?? ''
  t.equal(
    href.split('\n')[0],
    '["&", "&", ["date", ">=", "2026-10-01"], ["date", "<", "2026-11-01"], ["state", "=", "sale"]]',
  )
  t.equal(wordsOf(href), 'October 2026 › Order')
})

t.test('cumulated, each number holds those before it', async (t) => {
  t.same(
    shown({ cumulated: '1' }).rows.map(({ cells }) => cells.map(({ value }) => value)),
    [
      [1000, 250.5],
      [1000, 3250.5],
    ],
  )
})

t.test('sorted by the sums over all series', async (t) => {
  t.same(Object.keys(texts(shown({ sort: 'desc' }))), ['November 2026', 'October 2026'])
  t.same(Object.keys(texts(shown({ sort: 'asc' }))), ['October 2026', 'November 2026'])
})

t.test('each group is a piece of a pie, which cannot be drawn with numbers below zero', async (t) => {
  const pie = shown({ mode: 'pie' })
  t.same(
    pie.rows.map(({ label, cells }) => [label, cells.length]),
    [
      ['October 2026 / Quotation', 1],
      ['October 2026 / Order', 1],
      ['November 2026 / Order', 1],
    ],
  )
  t.ok(pie.hasPieces)
  t.notOk(shown({ mode: 'pie' }, [...GROUPS, { ...NOVEMBER, state: 'draft', __count: 1, m0: -5 }]).hasPieces)
})

t.test('a period without records has a place on the axis, and no series', async (t) => {
  const gap = month('September 2026', '2026-09-01', '2026-10-01')
  const graph = shown({}, [{ ...gap, state: false, __count: 0, m0: false }, ...GROUPS])
  t.same(graph.series, ['Quotation', 'Order'])
  t.same(texts(graph)['September 2026'], ['', ''])
})

t.test('every number that can be summed up may be chosen; the choice is an address', async (t) => {
  const { measures } = shown({ measure: 'lines', mode: 'line' })
  t.same(
    measures.map(({ label, isOn }) => [label, isOn]),
    [
      ['Amount', false],
      ['Lines', true],
      ['Margin', false],
      ['Count', false],
    ],
  )
  t.match(measures.at(-1)?.href, /mode=line.*measure=__count/)
})

t.test('a measure that the model does not have is passed over', async (t) => {
  t.match(
    shown({ measure: 'gone' }).measures.find(({ isOn }) => isOn),
    { label: 'Amount' },
  )
})

t.test('without records there is nothing to draw', async (t) => {
  t.ok(shown({}, []).isEmpty)
})
