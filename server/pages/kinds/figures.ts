import type { Values } from '../../../views/page.ts'
import type { ViewRequest } from './kind.ts'

/** Groups as `web_read_group` answers them. */
export interface Groups {
  readonly groups: readonly Values[]
  readonly length: number
}

/** The groups of the searched records by all of the terms at once, at most `limit`. */
export function readGroups(
  { calls, model, search }: Pick<ViewRequest, 'calls' | 'model' | 'search'>,
  groupby: readonly string[],
  fields: readonly string[],
  options: { limit: number; domain?: readonly unknown[]; context?: Values },
): Promise<Groups> {
  const { limit, domain = search.domain, context = {} } = options
  return calls.call<Groups>(model, 'web_read_group', [], { domain, fields, groupby, lazy: false, limit, context })
}

/**
 * The address of the list of the searched records that a domain narrows, as text. An action without a list has one made
 * up for its model.
 */
export function recordsHref({ action, model, search, state, href }: ViewRequest, domain: string): string {
  if (action.views.some(([, type]) => type === 'list' || type === 'tree'))
    return href({
      view: 'list',
      groups: [],
      domains: domain ? [...state.domains, domain] : state.domains,
      order: null,
      page: 1,
      own: {},
    })
  const query = new URLSearchParams({ ad: JSON.stringify(search.domain), ...(domain ? { d: domain } : {}) })
  return `/odoo/m-${model}?${query.toString()}`
}
