/* Totals of lists: of a page, of groups, of amounts in several currencies. */
import t from 'tap'
import { Formatter } from '../../views/format.ts'
import type { Fields, PageContext } from '../../views/page.ts'
import { readListArch } from '../../views/types/list/arch.ts'
import { footView } from '../../views/types/list/view-model.ts'
import { totalOfTotals } from '../../views/types/list/totals.ts'
import '../../views/widgets/index.ts'

const fields: Fields = {
  name: { name: 'name', type: 'char', string: 'Name' },
  amount: { name: 'amount', type: 'monetary', string: 'Amount', currency_field: 'currency_id', aggregator: 'sum' },
  share: { name: 'share', type: 'float', string: 'Share', aggregator: 'avg' },
  note: { name: 'note', type: 'char', string: 'Note' },
}
const models = { order: fields }
const page: PageContext = {
  format: new Formatter('en_US', 'UTC', new Map([[1, { symbol: '€', position: 'after', digits: 2 }]])),
  translate: (text) => text,
  models,
  context: {},
  today: '2026-05-01',
}
const ARCH = `<list decoration-danger="note == 'late'"><field name="name"/>
  <field name="amount" sum="Total"/><field name="share" avg="Mean" optional="hide"/><field name="note" optional="hide"/></list>`
const records = [
  { id: 1, name: 'a', amount: 10, share: 1, currency_id: 1 },
  { id: 2, name: 'b', amount: 5.5, share: 2, currency_id: 1 },
]

t.test('a list adds up the columns that its arch says, in their currency', async (t) => {
  const arch = readListArch(ARCH, 'order', models, {})
  t.match(footView(arch, { records }, page), [
    { template: 'types/list/no-total' },
    { text: '15.50\u00a0€', title: 'Total' },
  ])
})

t.test('amounts in several currencies have no total', async (t) => {
  const arch = readListArch(ARCH, 'order', models, {})
  const mixed = [...records, { id: 3, amount: 1, currency_id: 2 }]
  t.match(footView(arch, { records: mixed }, page), [{}, { template: 'types/list/mixed-total' }])
})

t.test('the mean of groups counts each of their records once', async (t) => {
  const total = (value: number): { value: number; currency: null; isMixed: boolean } => ({
    value,
    currency: null,
    isMixed: false,
  })
  const parts = [
    { total: total(10), count: 1 },
    { total: total(1), count: 9 },
  ]
  t.equal(totalOfTotals(parts, 'avg').value, 1.9)
  t.equal(totalOfTotals(parts, 'sum').value, 11)
  t.equal(totalOfTotals(parts, 'max').value, 10)
})

t.test('hidden optional columns are read only where an expression speaks of them', async (t) => {
  const arch = readListArch(ARCH, 'order', models, {})
  t.same(
    arch.columns.map(({ name }) => name),
    ['name', 'amount'],
  )
  t.same(Object.keys(arch.specification).toSorted(), ['amount', 'currency_id', 'name', 'note'])
  const chosen = readListArch(ARCH, 'order', models, {}, new Set(['share']))
  t.ok(chosen.columns.some(({ name }) => name === 'share'))
})
