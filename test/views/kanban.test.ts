/* Boards as plain data: columns, bars, addresses, places. */
import t from 'tap'
import '../../views/widgets/index.ts'
import { sequencesFor } from '#server/pages/kanban/move.ts'
import { Formatter } from '../../views/format.ts'
import type { Fields, PageContext } from '../../views/page.ts'
import { readKanbanArch } from '../../views/types/kanban/arch.ts'
import { boardParameters, parseBoard } from '../../views/types/kanban/state.ts'
import { boardView, columnView, type Board, type Column } from '../../views/types/kanban/view-model.ts'

const fields: Fields = {
  id: { name: 'id', type: 'integer', string: 'ID' },
  name: { name: 'name', type: 'char', string: 'Name' },
  active: { name: 'active', type: 'boolean', string: 'Active' },
  color: { name: 'color', type: 'integer', string: 'Color' },
  state: {
    name: 'state',
    type: 'selection',
    string: 'State',
    selection: [
      ['ok', 'In order'],
      ['late', 'Late'],
    ],
  },
  amount: { name: 'amount', type: 'float', string: 'Amount' },
}
const page: PageContext = {
  format: new Formatter('en_US', 'UTC'),
  translate: (source, ...values) => values.reduce((text, value) => text.replace('%s', value), source),
  models: { 'x.deal': fields },
  context: { uid: 2 },
  today: '2026-03-31',
}
const arch = readKanbanArch(
  `<kanban default_group_by="stage_id" highlight_color="color" on_create="quick_create" group_create="0" records_draggable="false" limit="2">
     <progressbar field="state" colors='{"ok": "success", "late": "danger"}' sum_field="amount"/>
     <templates><t t-name="card"><field name="name"/></t><t t-name="menu"><field name="color" widget="kanban_color_picker"/></t></templates>
   </kanban>`,
  'x.deal',
  page.models,
)
const column: Column = {
  key: '3',
  title: 'New',
  count: 10,
  sum: '120',
  progress: { ok: 5, late: 2 },
  records: [{ id: 1, display_name: 'One', name: 'One', color: 4 }],
}

function board(own: Readonly<Record<string, string>> = {}): Board {
  return {
    cards: { arch, model: 'x.deal', fields, page, href: (id) => `/odoo/deals/${id}` },
    rights: {
      canCreate: true,
      canMove: true,
      canMoveColumns: true,
      canCreateColumn: true,
      canEditColumn: true,
      canDeleteColumn: false,
      canArchive: true,
    },
    state: parseBoard(own),
    action: 1,
    comodel: 'x.stage',
    columnHref: (id) => `/odoo/deals/m-x.stage/${id}`,
    href: (next) => `?${new URLSearchParams(next).toString()}`,
  }
}

t.test('an arch says what the board offers and what is read for it', async (t) => {
  t.match(arch, {
    defaultGroupBy: 'stage_id',
    onCreate: 'quick_create',
    groupCreate: false,
    groupEdit: true,
    recordsDraggable: false,
    limit: 2,
    archivable: true,
    progress: { field: 'state', sumField: 'amount', colors: { ok: 'success', late: 'danger' } },
  })
  t.same(Object.keys(arch.specification).toSorted(), ['color', 'display_name', 'name'])
})

t.test('a column shows its count, its total, its bar and how many cards are left', async (t) => {
  const view = columnView(column, board())
  t.match(view, {
    head: {
      title: 'New',
      count: '10',
      sum: '120',
      edit: '/odoo/deals/m-x.stage/3',
      canDelete: false,
      fold: '?folded=3',
      segments: {
        segments: [
          { label: '5 In order', color: 'success', x: 0, width: 50, href: '?bar=3%7Eok' },
          { label: '2 Late', color: 'danger', x: 50, width: 20 },
          { label: '3 Other', color: 'other', x: 70, width: 30 },
        ],
      },
    },
    more: { label: 'Load more… (9 remaining)', offset: 1 },
    cards: [{ id: 1, href: '/odoo/deals/1', color: 4, menu: [{ template: 'types/kanban/colors' }] }],
  })
})

t.test('a chosen segment counts alone, and a second click takes it off', async (t) => {
  const view = columnView(column, board({ bar: '3~late' }))
  t.match(view, { head: { count: '2', total: 10 }, more: { label: 'Load more… (1 remaining)' } })
  const { segments } = (view['head'] as { segments: { segments: { isOn: boolean; href: string }[] } }).segments
  t.same(
    segments.map(({ isOn }) => isOn),
    [false, true, false],
  )
  t.equal(segments[1]?.href, '?')
})

t.test('a folded column has no cards, and its title opens it', async (t) => {
  t.match(columnView({ ...column, records: null }, board()), {
    isFolded: true,
    cards: [],
    more: null,
    head: { canCreate: false, fold: '?opened=3' },
  })
  t.match(boardView(board(), [column], null), { state: { model: 'x.deal', comodel: 'x.stage', quickOnNew: true } })
})

t.test('an address keeps what a board shows, whatever its columns are called', async (t) => {
  const own = { folded: 'a%2Cb,false', opened: '4', rows: '4~160', bar: 'a%7Eb~late' }
  const state = parseBoard(own)
  t.same(
    [...state.folds],
    [
      ['a,b', true],
      ['false', true],
      ['4', false],
    ],
  )
  t.same([...state.segments], [['a~b', 'late']])
  t.same(boardParameters(state), own)
  t.same([...parseBoard({ rows: '4~x,5~-1' }).rows], [])
})

t.test('a moved card takes the number between its neighbours, or all are counted anew', async (t) => {
  const known = new Map([
    [1, 10],
    [2, 20],
    [3, 21],
    [4, 30],
  ])
  const after = (id: number, order: readonly number[]): unknown => Object.fromEntries(sequencesFor(id, order, known))
  t.same(after(4, [1, 4, 2, 3]), { 4: 11 })
  t.same(after(4, [4, 1, 2, 3]), { 4: 9 })
  t.same(after(1, [2, 3, 4, 1]), { 1: 31 })
  t.same(after(1, [2, 1, 3, 4]), { 2: 10, 1: 11, 3: 12, 4: 13 })
  t.same(after(2, [1, 2, 3, 4]), {})
})
