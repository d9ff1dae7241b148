import { flag, parseArch } from '../../../views/arch/node.ts'
import { isGroup, readFigures, withUnit } from '../../../views/types/figures/arch.ts'
import { aggregatesOf } from '../../../views/types/figures/measures.ts'
import { readGraphState } from '../../../views/types/graph/state.ts'
import { graphView } from '../../../views/types/graph/view-model.ts'
import { readGroups, recordsHref } from './figures.ts'
import type { ShownView, ViewKind, ViewRequest } from './kind.ts'

/** More bars than that nobody tells apart, and no browser draws fast. */
const GROUP_LIMIT = 1000
/** Periods of which all between the first and the last are shown: of shorter ones there may be far too many. */
const FILLED: ReadonlySet<string> = new Set(['week', 'month', 'quarter', 'year'])

export const graph: ViewKind = {
  type: 'graph',
  icon: 'bar-chart-fill',
  label: 'Graph',
  async show(request: ViewRequest): Promise<ShownView> {
    const { fields, page, search, state } = request
    const root = parseArch(request.arch)
    const arch = readFigures(root, fields, page)
    const shown = readGraphState(root, arch, state.own)
    const searched = search.groupBy.map((group) => withUnit(group, fields)).filter((group) => isGroup(group, fields))
    const groupBy = searched.length > 0 ? searched : [...new Set([...arch.rows, ...arch.cols])]
    const isFilled = shown.mode !== 'pie' && FILLED.has(groupBy[0]?.split(':')[1] ?? '')
    const { groups, length } = await readGroups(request, groupBy, aggregatesOf([shown.measure]), {
      limit: GROUP_LIMIT,
      context: isFilled ? { fill_temporal: true } : {},
    })
    const isLinked = !flag(root, 'disable_linking')
    const content = graphView({
      arch,
      state: shown,
      groupBy,
      groups: groupBy.length === 0 && groups[0]?.['__count'] === 0 ? [] : groups,
      left: length - groups.length,
      fields,
      page,
      href: (own) => request.href({ own }),
      recordsHref: (domain) => (isLinked ? recordsHref(request, domain) : null),
    })
    return { content, canCreate: false }
  },
}
