import type { PageContext, Values, ViewNode } from '../../page.ts'
import { cardView, type Cards } from './card.ts'
import { boardParameters, withEntry, type BoardState } from './state.ts'

/** A column of a board as it was read. */
export interface Column {
  readonly key: string
  readonly title: string
  readonly count: number
  /** The total of the bar's field, with its unit; `null` without one. */
  readonly sum: string | null
  /** Records by the values of the bar's field; `null` without a bar. */
  readonly progress: Readonly<Record<string, number>> | null
  /** The first of its records; `null` while it is folded. */
  readonly records: readonly Values[] | null
}

/** What one may do with a board and its columns. */
export interface BoardRights {
  readonly canCreate: boolean
  readonly canMove: boolean
  readonly canMoveColumns: boolean
  readonly canCreateColumn: boolean
  readonly canEditColumn: boolean
  readonly canDeleteColumn: boolean
  readonly canArchive: boolean
}

/** A board as its templates draw it. */
export interface Board {
  readonly cards: Cards
  readonly rights: BoardRights
  readonly state: BoardState
  readonly action: number | false
  /** The model of the columns, when they are records. */
  readonly comodel: string | null
  /** The address of a column's record. */
  columnHref(id: number): string | null
  /** The address of the same board in another state. */
  href(own: Readonly<Record<string, string>>): string
}

/** All records of a page as cards side by side. */
export function gridView(cards: Cards, action: number | false, records: readonly Values[], empty: ViewNode): ViewNode {
  return {
    template: 'types/kanban/grid',
    state: { model: cards.model, action, canMove: false },
    cards: records.map((record) => cardView(record, cards)),
    empty: records.length === 0 ? empty : null,
  }
}

/** Records in columns. */
export function boardView(board: Board, columns: readonly Column[], empty: ViewNode | null): ViewNode {
  const { cards, rights, action } = board
  return {
    template: 'types/kanban/board',
    state: {
      model: cards.model,
      comodel: board.comodel,
      action,
      canMove: rights.canMove,
      canMoveColumns: rights.canMoveColumns,
      quickOnNew: rights.canCreate && cards.arch.onCreate === 'quick_create',
    },
    columns: columns.map((column) => columnView(column, board)),
    canCreateColumn: rights.canCreateColumn,
    empty,
  }
}

/** A column with its cards. */
export function columnView(column: Column, board: Board): ViewNode {
  const { key, records } = column
  const { cards } = board
  return {
    template: 'types/kanban/column',
    key,
    isFolded: records === null,
    head: headView(column, board),
    cards: (records ?? []).map((record) => cardView(record, cards)),
    more: records === null ? null : moreView(column, board, records.length),
  }
}

/** The link to the rest of a column of which so many cards are shown; `null` when these are all. */
export function moreView(column: Column, board: Board, shown: number): ViewNode | null {
  const { state, cards } = board
  const left = shownCount(column, board) - shown
  if (left <= 0) return null
  return {
    template: 'types/kanban/more',
    href: board.href(boardParameters({ ...state, rows: withEntry(state.rows, column.key, shown + PAGE) })),
    label: cards.page.translate('Load more… (%s remaining)', cards.page.format.number(left, 0)),
    offset: shown,
  }
}

/** So many cards are added at once to a column that has more. */
export const PAGE = 80

/** The head of a column: its title, count, bar and total, and what one may do with it. */
export function headView(column: Column, board: Board): ViewNode {
  const { key, title, count } = column
  const { state, rights, cards } = board
  const address = (change: Partial<BoardState>): string => board.href(boardParameters({ ...state, ...change }))
  const isFolded = column.records === null
  const isRecord = /^\d+$/.test(key)
  return {
    template: 'types/kanban/head',
    key,
    title,
    count: cards.page.format.number(shownCount(column, board), 0),
    total: count,
    sum: column.sum,
    isFolded,
    fold: address({ folds: withEntry(state.folds, key, !isFolded) }),
    canCreate: rights.canCreate && !isFolded,
    edit: rights.canEditColumn && isRecord ? board.columnHref(Number(key)) : null,
    canDelete: rights.canDeleteColumn && isRecord,
    canMove: rights.canMoveColumns && isRecord,
    canArchive: rights.canArchive,
    segments: segmentsOf(column, board, address),
  }
}

/** How many records of the column there are to show: of a chosen segment only its own. */
function shownCount({ key, count, progress }: Column, { state, cards }: Board): number {
  const segment = state.segments.get(key)
  if (segment === undefined || progress === null) return count
  return segment === 'false' ? otherCount(progress, count, cards) : (progress[segment] ?? 0)
}

function otherCount(progress: Readonly<Record<string, number>>, count: number, { arch }: Cards): number {
  return count - Object.keys(arch.progress?.colors ?? {}).reduce((sum, value) => sum + (progress[value] ?? 0), 0)
}

function segmentsOf(
  column: Column,
  { cards, state }: Board,
  address: (change: Partial<BoardState>) => string,
): ViewNode | null {
  const { arch, fields, page } = cards
  const { key, count, progress } = column
  if (!arch.progress || progress === null) return null
  const chosen = state.segments.get(key)
  const values = [...Object.keys(arch.progress.colors), 'false']
  const segments = values.flatMap((value) => {
    const amount = value === 'false' ? otherCount(progress, count, cards) : (progress[value] ?? 0)
    if (amount <= 0) return []
    const isOn = chosen === value
    return {
      label: `${page.format.number(amount, 0)} ${labelOf(value, fields[arch.progress?.field ?? '']?.selection, page)}`,
      color: value === 'false' ? 'other' : colorName(arch.progress?.colors[value] ?? ''),
      isOn,
      amount,
      href: address({
        segments: withEntry(state.segments, key, isOn ? undefined : value),
        rows: withEntry(state.rows, key, undefined),
      }),
    }
  })
  let at = 0
  return {
    template: 'types/kanban/bar',
    count,
    segments: segments.map((segment) => {
      const start = at
      at += (segment.amount / count) * 100
      return { ...segment, x: round(start), width: round(at - start) }
    }),
  }
}

const round = (percent: number): number => Math.round(percent * 100) / 100

function labelOf(
  value: string,
  selection: readonly (readonly [string, string])[] | undefined,
  page: PageContext,
): string {
  return selection?.find(([key]) => key === value)?.[1] ?? (value === 'false' ? page.translate('Other') : value)
}

/** Names of colours as archs write them. */
function colorName(color: string): string {
  return ['success', 'warning', 'danger', 'info', 'primary'].includes(color) ? color : 'muted'
}
