import type { ViewNode } from '../page.ts'

/** An entry of the gear menu: a link, or a button whose controller the attributes name. */
export interface GearEntry {
  readonly label: string
  readonly icon: string
  readonly href?: string
  readonly isNewTab?: boolean
  readonly attributes?: Readonly<Record<string, unknown>>
}

/** The gear menu beside the breadcrumb, without empty groups; `null` when nothing is left. */
export function gearView(groups: readonly (readonly GearEntry[])[], dialog: ViewNode | null = null): ViewNode | null {
  const filled = groups.filter(({ length }) => length > 0)
  return filled.length === 0 ? null : { template: 'frame/gear', groups: filled, dialog }
}
