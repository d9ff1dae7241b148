import { attr, flag, parseArch } from '../../../views/arch/node.ts'
import type { Values } from '../../../views/page.ts'
import { isGroup, readFigures, withUnit } from '../../../views/types/figures/arch.ts'
import { aggregatesOf } from '../../../views/types/figures/measures.ts'
import { ownOfPivot, readPivotState } from '../../../views/types/pivot/state.ts'
import { Cells, domainAt, Tree } from '../../../views/types/pivot/table.ts'
import { pivotView, type PivotInput } from '../../../views/types/pivot/view-model.ts'
import { readGroups, recordsHref } from './figures.ts'
import type { ShownView, ViewKind, ViewRequest } from './kind.ts'

/** More rows than that nobody reads; more columns no screen holds. */
const ROW_LIMIT = 2000
const COLUMN_LIMIT = 200

export const PIVOT_DOWNLOAD = '/web/pivot/xlsx'

export const pivot: ViewKind = {
  type: 'pivot',
  icon: 'table',
  label: 'Pivot',
  async show(request: ViewRequest): Promise<ShownView> {
    return { content: pivotView(await readPivot(request)), canCreate: false }
  },
}

/** A pivot with its numbers: one query per pair of levels of its two sides, however many groups there are. */
export async function readPivot(request: ViewRequest): Promise<PivotInput> {
  const { fields, page, search, state } = request
  const root = parseArch(request.arch)
  const arch = readFigures(root, fields, page)
  const searched = search.groupBy.map((group) => withUnit(group, fields)).filter((group) => isGroup(group, fields))
  const order = attr(root, 'default_order')
  const shown = readPivotState(state.own, { searched, context: page.context, arch, fields, order })
  const aggregates = aggregatesOf(shown.measures)
  const [rows, cols] = [new Tree(shown.rows, fields, page), new Tree(shown.cols, fields, page)]
  const cells = new Cells()
  const read = async (
    rowLevel: number,
    colLevel: number,
    limit = 0,
  ): Promise<{ groups: readonly Values[]; left: number }> => {
    const terms = [...rows.terms(rowLevel), ...cols.terms(colLevel)]
    const domain = domainAt(search.domain, rows.domain(rowLevel), cols.domain(colLevel))
    const { groups, length } = await readGroups(request, terms, aggregates, { limit, domain })
    cells.add(groups, rows, rowLevel, cols, colLevel)
    return { groups, left: length - groups.length }
  }
  await read(0, 0)
  let left = 0
  for (let level = 1; rows.next(); level++) {
    const found = await read(level, 0, ROW_LIMIT)
    rows.add(found.groups)
    left += found.left
  }
  for (let level = 1; cols.next(); level++) {
    const found = await read(0, level, COLUMN_LIMIT)
    cols.add(found.groups)
    left += found.left
  }
  for (let row = 1; row <= rows.depth; row++) for (let col = 1; col <= cols.depth; col++) await read(row, col)
  const isLinked = !flag(root, 'disable_linking')
  return {
    arch,
    state: shown,
    rows,
    cols,
    cells,
    left,
    fields,
    page,
    href: (next) => request.href({ own: ownOfPivot(next, searched) }),
    recordsHref: (domain) => (isLinked ? recordsHref(request, domain) : null),
    download: `${PIVOT_DOWNLOAD}?path=${encodeURIComponent(request.href({}))}`,
  }
}
