/** A text that a field is searched for, or one of its values that a person picked. */
export interface Term {
  readonly field: string
  readonly text: string
  /** The record or the selection's value that was picked; without it the text itself is searched for. */
  readonly value?: string
}

/** What a person searches for, as the query string of an address says it: reload, back and a shared link keep it. */
export interface SearchState {
  /** Names of the filters that are on, `name:period` for dates; `null` while the address says nothing, so that the defaults are. */
  readonly filters: readonly string[] | null
  /** `field` or `field:month`; `null` as above. */
  readonly groups: readonly string[] | null
  readonly terms: readonly Term[]
  /** Domains that the person wrote. */
  readonly domains: readonly string[]
  /** Id of the favourite that is on; 0 when the default one was taken off. */
  readonly favorite: number | null
  /** Values chosen in the panel at the side: `field:id`. */
  readonly panel: readonly string[]
  /** `name desc`. */
  readonly order: string | null
  /** From 1. */
  readonly page: number
  readonly view: string | null
  /** Domain and context, as JSON, that a button's answer gave the action: the address is all that a reload has. */
  readonly given: { readonly domain: string | null; readonly context: string | null }
  /** What the kind of view keeps for itself: a measure, a day. */
  readonly own: Readonly<Record<string, string>>
}

const PARAMETERS = {
  view: 'view',
  filters: 'f',
  groups: 'g',
  terms: 's',
  picked: 'v',
  domains: 'd',
  favorite: 'fav',
  panel: 'in_panel',
  order: 'o',
  page: 'p',
  givenDomain: 'ad',
  givenContext: 'c',
} as const

/** All that is not a kind's own: `in` is the list that a form came from, `q` a text to search for. */
const OTHERS: ReadonlySet<string> = new Set([...Object.values(PARAMETERS), 'in', 'q'])
const CUT = '~'

const listOf = (text: string | null): string[] | null => (text === null ? null : text.split(',').filter(Boolean))

function termOf(parameter: string, isPicked: boolean): Term[] {
  const [field = '', ...rest] = parameter.split(CUT)
  if (field === '' || rest.length === 0) return []
  const [value = '', ...label] = rest
  return [isPicked ? { field, value, text: label.join(CUT) } : { field, text: rest.join(CUT) }]
}

/** The state that a query string describes. */
export function parseSearch(query: URLSearchParams): SearchState {
  const page = Number(query.get(PARAMETERS.page))
  const favorite = query.get(PARAMETERS.favorite)
  return {
    filters: listOf(query.get(PARAMETERS.filters)),
    groups: listOf(query.get(PARAMETERS.groups)),
    terms: [
      ...query.getAll(PARAMETERS.terms).flatMap((text) => termOf(text, false)),
      ...query.getAll(PARAMETERS.picked).flatMap((text) => termOf(text, true)),
    ],
    domains: query.getAll(PARAMETERS.domains),
    favorite: favorite !== null && /^\d+$/.test(favorite) ? Number(favorite) : null,
    panel: listOf(query.get(PARAMETERS.panel)) ?? [],
    order: query.get(PARAMETERS.order),
    page: Number.isSafeInteger(page) && page > 1 ? page : 1,
    view: query.get(PARAMETERS.view),
    given: { domain: query.get(PARAMETERS.givenDomain), context: query.get(PARAMETERS.givenContext) },
    own: Object.fromEntries([...query].filter(([name]) => !OTHERS.has(name))),
  }
}

/** The query string of a state, with its `?`; empty when there is nothing to say. */
export function searchQuery(state: SearchState): string {
  const query = new URLSearchParams()
  if (state.view) query.set(PARAMETERS.view, state.view)
  if (state.filters) query.set(PARAMETERS.filters, state.filters.join(','))
  if (state.groups) query.set(PARAMETERS.groups, state.groups.join(','))
  for (const { field, text, value } of state.terms) {
    if (value === undefined) query.append(PARAMETERS.terms, [field, text].join(CUT))
    else query.append(PARAMETERS.picked, [field, value, text].join(CUT))
  }
  for (const domain of state.domains) query.append(PARAMETERS.domains, domain)
  if (state.favorite !== null) query.set(PARAMETERS.favorite, String(state.favorite))
  if (state.panel.length > 0) query.set(PARAMETERS.panel, state.panel.join(','))
  if (state.order) query.set(PARAMETERS.order, state.order)
  if (state.page > 1) query.set(PARAMETERS.page, String(state.page))
  if (state.given.domain !== null) query.set(PARAMETERS.givenDomain, state.given.domain)
  if (state.given.context !== null) query.set(PARAMETERS.givenContext, state.given.context)
  for (const [name, value] of Object.entries(state.own)) query.set(name, value)
  const text = query.toString()
  return text && `?${text}`
}
