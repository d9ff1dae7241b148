/* What a pivot shows for the groups that the server answered, and what its links change. */
import t from 'tap'
import { parseArch } from '../../views/arch/node.ts'
import type { Values } from '../../views/page.ts'
import { readFigures } from '../../views/types/figures/arch.ts'
import { childPath, close, isOpen, open, openAxis, openBy } from '../../views/types/pivot/axis.ts'
import { ownOfPivot, readPivotState, type PivotState } from '../../views/types/pivot/state.ts'
import { Cells, Tree } from '../../views/types/pivot/table.ts'
import { pivotView } from '../../views/types/pivot/view-model.ts'
import { wordsOf } from '../../views/types/search/describe.ts'
import { ORDERS, pageIn } from './fixture.ts'

const ARCH = parseArch(
  '<pivot><field name="customer_id" type="row"/><field name="state" type="col"/><field name="lines" type="measure"/></pivot>',
)
const page = pageIn('en_US')
const arch = readFigures(ARCH, ORDERS, page)
const [AZUR, ZENITH] = [
  [7, 'Azur'],
  [9, 'Zénith'],
] as const

function state(own: Record<string, string> = {}, searched: readonly string[] = []): PivotState {
  return readPivotState(own, { searched, context: {}, arch, fields: ORDERS, order: null })
}

interface Head {
  readonly label: string
  readonly colspan?: number
  readonly rowspan?: number
  readonly toggle: string | null
  readonly menu: readonly { readonly label: string; readonly href: string | null }[] | null
}
interface Shown {
  readonly heads: readonly (readonly Head[])[]
  readonly measureHeads: readonly { readonly label: string; readonly href: string; readonly ariaSort: string | null }[]
  readonly rows: readonly (Head & {
    readonly level: number
    readonly cells: readonly { readonly text: string; readonly href: string | null }[]
  })[]
  readonly options: readonly { readonly label: string; readonly href: string }[]
}

/** The pivot of two customers over two states, as the queries of its levels fill it. */
function shown(own: Record<string, string> = {}): Shown {
  const current = state(own)
  const [rows, cols, cells] = [new Tree(current.rows, ORDERS, page), new Tree(current.cols, ORDERS, page), new Cells()]
  const take = (groups: readonly Values[], row: number, col: number): readonly Values[] => {
    cells.add(groups, rows, row, cols, col)
    return groups
  }
  take([{ __count: 4, m0: 10 }], 0, 0)
  if (rows.next())
    rows.add(
      take(
        [
          { customer_id: AZUR, __count: 1, m0: 3 },
          { customer_id: ZENITH, __count: 3, m0: 7 },
        ],
        1,
        0,
      ),
    )
  if (cols.next())
    cols.add(
      take(
        [
          { state: 'draft', __count: 3, m0: 6 },
          { state: 'sale', __count: 1, m0: 4 },
        ],
        0,
        1,
      ),
    )
  if (rows.depth > 0 && cols.depth > 0)
    take(
      [
        { customer_id: AZUR, state: 'draft', __count: 1, m0: 3 },
        { customer_id: ZENITH, state: 'draft', __count: 2, m0: 3 },
        { customer_id: ZENITH, state: 'sale', __count: 1, m0: 4 },
      ],
      1,
      1,
    )
  return pivotView({
    arch,
    state: current,
    rows,
    cols,
    cells,
    left: 0,
    fields: ORDERS,
    page,
    href: (next) => new URLSearchParams(ownOfPivot(next, [])).toString(),
    recordsHref: (domain) => domain,
    download: '',
  }) as unknown as Shown
}

const again = (link: string | null | undefined): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(link ?? ''))
const table = ({ rows }: Shown): unknown[] => rows.map(({ label, cells }) => [label, ...cells.map(({ text }) => text)])

t.test('rows and columns of the arch are open, with their totals', async (t) => {
  const pivot = shown()
  t.same(table(pivot), [
    ['Total', '6', '4', '10'],
    ['Azur', '3', '', '3'],
    ['Zénith', '3', '4', '7'],
  ])
  t.same(
    pivot.heads.map((row) => row.map(({ label, colspan, rowspan }) => [label, colspan, rowspan])),
    [
      [['Total', 3, 1]],
      [
        ['Quotation', 1, 1],
        ['Order', 1, 1],
        ['Total', 1, 1],
      ],
    ],
  )
})

t.test('a number leads to the records of its row and column', async (t) => {
  const { rows } = shown()
  const href = rows[2]?.cells[1]?.href ?? ''
  t.equal(href.split('\n')[0], '["&", ["customer_id", "=", 9], ["state", "=", "sale"]]')
  t.equal(wordsOf(href), 'Zénith › Order')
  t.equal(rows[0]?.cells[2]?.href, '', 'all records need no domain')
  t.equal(rows[1]?.cells[1]?.href, null, 'where there are none, there is no link')
})

t.test('closing the total takes its groups away; opening it asks by what', async (t) => {
  const closed = shown(again(shown().rows[0]?.toggle))
  t.same(table(closed), [['Total', '6', '4', '10']])
  const asked = shown(again(closed.rows[0]?.toggle))
  const labels = asked.rows[0]?.menu?.map(({ label }) => label)
  t.same(labels, ['Customer', 'Date', 'Year', 'Quarter', 'Month', 'Week', 'Day', 'Paid'], 'but not what is a column')
  const byMonth = asked.rows[0]?.menu?.find(({ label }) => label === 'Month')
  t.same(state(again(byMonth?.href)).rows.groups, ['date:month'])
  t.equal(state(again(byMonth?.href)).menu, null, 'and the menu is closed again')
})

t.test('a row is opened by another field; its neighbours stay closed', async (t) => {
  const asked = shown(again(shown().rows[1]?.toggle))
  t.equal(asked.rows[2]?.menu, null)
  const { rows } = state(again(asked.rows[1]?.menu?.find(({ label }) => label === 'Paid')?.href))
  t.same(rows.groups, ['customer_id', 'paid'])
  t.ok(isOpen(rows, '/7'))
  t.notOk(isOpen(rows, '/9'))
})

t.test('expanding all opens every level', async (t) => {
  const own = { rows: 'customer_id,paid', rd: '1', ro: '/7', rx: '/' }
  const link = shown(own).options.find(({ label }) => label === 'Expand all')
  const { rows } = state(again(link?.href))
  t.ok(isOpen(rows, '/') && isOpen(rows, '/7') && isOpen(rows, '/9'))
})

t.test('flipping the axes makes rows of columns', async (t) => {
  const link = shown().options.find(({ label }) => label === 'Flip axes')
  const { rows, cols } = state(again(link?.href))
  t.same([rows.groups, cols.groups], [['state'], ['customer_id']])
})

t.test('rows are sorted by a column, those without records last', async (t) => {
  const [, orders] = shown().measureHeads
  const sorted = shown(again(orders?.href))
  t.equal(sorted.measureHeads[1]?.ariaSort, 'descending')
  t.same(
    sorted.rows.map(({ label }) => label),
    ['Total', 'Zénith', 'Azur'],
  )
  const other = shown(again(sorted.measureHeads[1]?.href))
  t.equal(other.measureHeads[1]?.ariaSort, 'ascending')
  t.equal(other.rows.at(-1)?.label, 'Azur')
})

t.test('other groups of the search begin anew', async (t) => {
  const own = again(shown(again(shown().rows[0]?.toggle)).options[0]?.href)
  t.same(state(own, ['paid']).rows.groups, ['paid'])
  t.same(state({ ...own, rows: 'customer_id', base: 'paid' }, ['paid']).rows.groups, ['customer_id'])
})

t.test('what an address names and the model does not have is left out', async (t) => {
  const { rows, measures, sort } = state({
    rows: 'gone,note,date,state:month,customer_id',
    m: 'gone',
    sort: '/,gone,asc',
  })
  t.same(rows.groups, ['date:month', 'customer_id'])
  t.same(
    measures.map(({ name }) => name),
    ['__count'],
  )
  t.equal(sort, null)
})

t.test('paths tell values apart whatever is in them', async (t) => {
  const keys = ['a/b', 'a', 'b', 'a,b', '_', '']
  t.equal(new Set(keys.map((key) => childPath('/', key))).size, keys.length)
  const axis = openBy(openBy(openAxis([]), '/', 'state'), childPath('/', 'a,b'), 'paid')
  const kept = state(ownOfPivot({ ...state(), rows: axis } as PivotState, []) as Record<string, string>).rows
  t.ok(isOpen(kept, childPath('/', 'a,b')))
  t.notOk(isOpen(close(kept, childPath('/', 'a,b')), childPath('/', 'a,b')))
  t.ok(isOpen(open(kept, childPath('/', 'c')), childPath('/', 'c')))
})
