import { groupValue } from '../../../core/wire/open-groups.ts'
import type { FieldDescription, Values } from '../../../views/page.ts'
import type { KanbanArch } from '../../../views/types/kanban/arch.ts'
import type { Cards } from '../../../views/types/kanban/card.ts'
import { columnKey, parseBoard, type BoardState } from '../../../views/types/kanban/state.ts'
import type { Board, BoardRights, Column } from '../../../views/types/kanban/view-model.ts'
import { dated } from '../../../views/types/search/defaults.ts'
import type { ViewRequest } from '../kinds/kind.ts'
import { readProgress, segmentDomain } from './progress.ts'

/** So many columns a board shows at most. */
const MOST_COLUMNS = 200
/** So many cards a column shows at once. */
const COLUMN_LIMIT = 80

/** Pictures are fetched on their own: cards know only how large they are. */
export const SMALL = { bin_size: true } as const

/** What a board is grouped by. */
export interface Grouping {
  /** The term: `stage_id`, `date:month`. */
  readonly by: string
  readonly field: FieldDescription
}

export interface ReadBoard {
  readonly board: Board
  readonly columns: readonly Column[]
  readonly grouping: Grouping
  /** The domain of each column's records by its key. */
  readonly domains: ReadonlyMap<string, readonly unknown[]>
}

/** What records are grouped by: what the search says, else what the view does; `null` for no groups. */
export function groupingOf({ search, fields }: ViewRequest, arch: KanbanArch): Grouping | null {
  const by = search.groupBy[0] ?? arch.defaultGroupBy
  const field = by === null ? undefined : fields[by.split(':')[0] ?? '']
  if (by === null || !field) return null
  return { by: dated(by, field.type === 'date' || field.type === 'datetime'), field }
}

/** The cards of a page: what they are drawn with. */
export function cardsOf(request: ViewRequest, arch: KanbanArch): Cards {
  const { model, fields, page } = request
  return { arch, model, fields, page, href: (id) => request.recordHref(id) }
}

/** The order of records: what a person asked for, the favourite's, the view's; `null` for the model's. */
export function orderOf({ state, search }: ViewRequest, arch: KanbanArch): string | null {
  return state.order ?? search.order ?? arch.defaultOrder
}

/**
 * The columns of a board: all of them in one call, their bars in another. `withCards` reads the cards of those that are
 * open; without, columns that are open have none.
 */
export async function readBoard(
  request: ViewRequest,
  arch: KanbanArch,
  grouping: Grouping,
  withCards: boolean,
): Promise<ReadBoard> {
  const { calls, model, search, page } = request
  const state = parseBoard(request.state.own)
  const { by, field } = grouping
  const sum = arch.progress?.sumField ?? null
  const { groups } = await calls.call<{ groups: Values[] }>(
    model,
    'web_read_group',
    [search.domain, sum === null ? [] : [sum], [by]],
    {
      limit: MOST_COLUMNS,
      unfold_read_specification: withCards ? arch.specification : { id: {} },
      unfold_read_default_limit: withCards ? (arch.limit ?? COLUMN_LIMIT) : 1,
      unfold_read_order: orderOf(request, arch) ?? false,
      opening_info: openings(state, arch, field),
      context: SMALL,
    },
  )
  const progress = arch.progress ? await readProgress(calls, model, search.domain, by, arch.progress) : null
  const columns = groups.map((group): Column => {
    const key = columnKey(groupValue(group, by))
    return {
      key,
      title: titleOf(group[by], field, request),
      count: Number(group[`${field.name}_count`]),
      sum: sum === null ? null : page.format.number(Math.round(Number(group[sum] ?? 0)), 0),
      progress: progress && (progress.get(key) ?? {}),
      records: (group['__records'] as readonly Values[] | undefined) ?? null,
    }
  })
  return {
    board: {
      cards: cardsOf(request, arch),
      rights: await rightsOf(request, arch, field),
      state,
      action: request.action.id,
      comodel: (field.type === 'many2one' && field.relation) || null,
      columnHref: (id) =>
        field.type === 'many2one' && field.relation ? `${request.path}/m-${field.relation}/${id}` : null,
      href: (own) => request.href({ own, page: 1 }),
    },
    columns,
    grouping,
    domains: new Map(
      groups.map((group) => [columnKey(groupValue(group, by)), group['__domain'] as readonly unknown[]]),
    ),
  }
}

/** What the address says of columns, as the call takes it. */
function openings({ folds, rows, segments }: BoardState, arch: KanbanArch, field: FieldDescription): object[] {
  const keys = new Set([...folds.keys(), ...rows.keys(), ...segments.keys()])
  return [...keys].map((key) => {
    const limit = rows.get(key)
    const segment = segments.get(key)
    return {
      value: typedValue(key, field),
      ...(folds.has(key) ? { folded: folds.get(key) } : {}),
      ...(limit === undefined ? {} : { limit: Math.min(limit, 1000) }),
      ...(segment === undefined || !arch.progress ? {} : { progressbar_domain: segmentDomain(segment, arch.progress) }),
    }
  })
}

/** The records of the segment that is chosen in a column's bar; all without one. */
export function segmentOf({ segments }: BoardState, key: string, { progress }: KanbanArch): readonly unknown[] {
  const segment = segments.get(key)
  return segment === undefined || !progress ? [] : segmentDomain(segment, progress)
}

/** What the key of a column stands for in its field. */
export function typedValue(key: string, { type }: FieldDescription): string | number | boolean {
  if (type === 'boolean') return key === 'true'
  if (key === 'false') return false
  return ['many2one', 'many2many', 'integer', 'many2one_reference'].includes(type) ? Number(key) : key
}

function titleOf(label: unknown, field: FieldDescription, { page }: ViewRequest): string {
  if (field.type === 'boolean') return label ? page.translate('Yes') : page.translate('No')
  if (label === false || label === null || label === undefined || label === '') return page.translate('None')
  if (Array.isArray(label)) return String(label[1])
  return field.selection?.find(([key]) => key === label)?.[1] ?? String(label)
}

const MOVABLE: ReadonlySet<string> = new Set(['many2one', 'many2many', 'selection', 'boolean', 'char'])

async function rightsOf({ calls }: ViewRequest, arch: KanbanArch, field: FieldDescription): Promise<BoardRights> {
  const isMovable = MOVABLE.has(field.type) && field.readonly !== true && field.store !== false
  const comodel = field.type === 'many2one' ? field.relation : undefined
  const may = async (operation: string): Promise<boolean> =>
    comodel !== undefined && (await calls.call<boolean>(comodel, 'has_access', [[], operation]))
  const canEditColumn = arch.groupEdit && (await may('write'))
  return {
    canCreate: arch.create && arch.quickCreate && isMovable,
    canMove: arch.edit && arch.recordsDraggable && isMovable,
    canMoveColumns:
      canEditColumn && arch.groupsDraggable && calls.env.registry.get(comodel as string).fields.has('sequence'),
    canCreateColumn: arch.groupCreate && (await may('create')),
    canEditColumn,
    canDeleteColumn: arch.groupDelete && (await may('unlink')),
    canArchive: arch.archivable && arch.edit,
  }
}
