import { groupBy } from '../../../core/tools/iter.ts'
import type { PageContext, ViewNode } from '../../page.ts'
import type { PanelField } from './arch.ts'
import type { FullState } from './defaults.ts'

/** A value of a field of the panel. */
export interface PanelValue {
  /** As addresses have it: an id, or the key of a selection. */
  readonly key: string
  readonly label: string
  readonly count: number
  /** The value that it is part of. */
  readonly parent: string | null
}

/** A field of the panel with its values, in order. */
export interface PanelSection {
  readonly field: PanelField
  readonly values: readonly PanelValue[]
}

interface Entry {
  readonly label: string
  readonly count: number | null
  readonly href: string
  readonly isOn: boolean
  readonly children: readonly Entry[]
}

/** The panel at the side: categories of which one holds, filters of which several may. Each value is a link. */
export function panelView(
  sections: readonly PanelSection[],
  state: FullState,
  page: PageContext,
  href: (change: Partial<FullState>) => string,
): ViewNode {
  return {
    template: 'types/search/panel',
    sections: sections.map(({ field, values }) => {
      const chosen = state.panel.filter((one) => one.startsWith(`${field.name}:`))
      const others = state.panel.filter((one) => !chosen.includes(one))
      const address = (panel: readonly string[]): string => href({ panel, page: 1 })
      const byParent = groupBy(values, ({ parent }) => parent)
      const entries = (parent: string | null): Entry[] =>
        (byParent.get(parent) ?? []).map((value) => {
          const key = `${field.name}:${value.key}`
          const isOn = chosen.includes(key)
          const rest = field.isMulti ? chosen.filter((one) => one !== key) : []
          const children = entries(value.key)
          return {
            label: value.label,
            count: field.hasCounters ? totalOf(value, byParent) : null,
            href: address([...others, ...rest, ...(isOn ? [] : [key])]),
            isOn,
            children,
          }
        })
      return {
        label: field.label,
        icon: field.icon,
        isMulti: field.isMulti,
        all: field.isMulti ? null : { label: page.translate('All'), href: address(others), isOn: chosen.length === 0 },
        entries: entries(null),
      }
    }),
  }
}

/** Records of a value and of all values below it. */
function totalOf(value: PanelValue, byParent: ReadonlyMap<string | null, readonly PanelValue[]>): number {
  return (byParent.get(value.key) ?? []).reduce((sum, child) => sum + totalOf(child, byParent), value.count)
}
