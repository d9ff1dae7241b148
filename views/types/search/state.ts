/** What a person searches for, as the query string of an address says it: reload, back and a shared link keep it. */
export interface SearchState {
  /** Names of the filters that are on; `null` while the address says nothing, so that the action's own are. */
  readonly filters: readonly string[] | null
  /** `field` or `field:month`. */
  readonly groups: readonly string[] | null
  /** Texts that fields are searched for. */
  readonly terms: readonly (readonly [field: string, text: string])[]
  /** A domain that the person wrote. */
  readonly domain: string | null
  /** `name desc`. */
  readonly order: string | null
  /** From 1. */
  readonly page: number
  readonly view: string | null
}

const PARAMETERS = { filters: 'f', groups: 'g', terms: 's', domain: 'd', order: 'o', page: 'p', view: 'view' } as const

const listOf = (text: string | null): string[] | null => (text === null ? null : text.split(',').filter(Boolean))

/** The state that a query string describes. */
export function parseSearch(query: URLSearchParams): SearchState {
  const page = Number(query.get(PARAMETERS.page))
  return {
    filters: listOf(query.get(PARAMETERS.filters)),
    groups: listOf(query.get(PARAMETERS.groups)),
    terms: query.getAll(PARAMETERS.terms).flatMap((term) => {
      const cut = term.indexOf('~')
      return cut > 0 ? [[term.slice(0, cut), term.slice(cut + 1)] as const] : []
    }),
    domain: query.get(PARAMETERS.domain),
    order: query.get(PARAMETERS.order),
    page: Number.isSafeInteger(page) && page > 1 ? page : 1,
    view: query.get(PARAMETERS.view),
  }
}

/** The query string of a state, with its `?`; empty when there is nothing to say. */
export function searchQuery(state: SearchState): string {
  const query = new URLSearchParams()
  if (state.view) query.set(PARAMETERS.view, state.view)
  if (state.filters) query.set(PARAMETERS.filters, state.filters.join(','))
  if (state.groups) query.set(PARAMETERS.groups, state.groups.join(','))
  for (const [field, text] of state.terms) query.append(PARAMETERS.terms, `${field}~${text}`)
  if (state.domain) query.set(PARAMETERS.domain, state.domain)
  if (state.order) query.set(PARAMETERS.order, state.order)
  if (state.page > 1) query.set(PARAMETERS.page, String(state.page))
  const text = query.toString()
  return text && `?${text}`
}
