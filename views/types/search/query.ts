import { evaluate } from '../../../core/expr/evaluate.ts'
import type { Scope } from '../../../core/expr/values.ts'
import type { Fields, PageContext, Values } from '../../page.ts'
import { evaluated } from '../../arch/modifiers.ts'
import type { PanelField, SearchArch, SearchField, SearchFilter } from './arch.ts'
import { allOf, anyOf, type Domain } from './combine.ts'
import type { Favorite, FullState } from './defaults.ts'
import { isPeriod, periodDomain } from './periods.ts'
import type { Term } from './state.ts'

/** What a view shows: the records of a domain, grouped and in order. */
export interface Search {
  readonly domain: Domain
  readonly groupBy: readonly string[]
  /** Of filters and favourites. */
  readonly context: Values
  /** What a favourite asks for; `null` for the view's own order. */
  readonly order: string | null
}

/** What a search is made of beside its state. */
export interface SearchParts {
  readonly arch: SearchArch
  readonly favorites: readonly Favorite[]
  readonly fields: Fields
  readonly page: PageContext
  /** The action's own domain. */
  readonly domain: Domain
}

/**
 * The domain, groups and order that a state asks for. What it names and is not there is left out: an address outlives
 * a view.
 * Filters of a set are alternatives, as are texts for one field; all else must hold together.
 */
export function searchOf(state: FullState, { arch, favorites, fields, page, domain }: SearchParts): Search {
  const favorite = favorites.find(({ id }) => id === state.favorite)
  const scope = domainScope(page)
  const chosen = chosenFilters(state, arch)
  const contexts = [favorite?.context, ...chosen.map(({ filter }) => filter.context)]
  return {
    domain: allOf([
      domain,
      ...arch.filters.map((set) =>
        anyOf(
          chosen
            .filter(({ filter }) => set.includes(filter))
            .map((one) => filterDomain(one, fields, page, scope))
            .filter(({ length }) => length > 0),
        ),
      ),
      ...termSets(state.terms).map((terms) => anyOf(terms.map((term) => termDomain(term, arch, fields, scope)))),
      ...state.domains.map((text) => readDomain(text, scope)),
      ...panelDomains(state.panel, arch.panel, fields),
      favorite ? readDomain(favorite.domain, scope) : [],
    ]),
    groupBy: state.groups.filter((group) => fields[group.split(':')[0] as string] !== undefined),
    context: Object.assign({}, ...contexts.map((text) => contextOf(text ?? null, scope))) as Values,
    order: favorite ? orderOf(favorite.sort) : null,
  }
}

/** What domains and contexts of actions and filters may speak of: the context, the user, days and times. */
export function domainScope({ context }: Pick<PageContext, 'context'>): Scope {
  return {
    ...context,
    context,
    active_id: context['active_id'] ?? false,
    active_ids: context['active_ids'] ?? [],
  } as unknown as Scope
}

/** A domain written as a Python expression; one that cannot be read finds nothing out and says so. */
export function readDomain(text: string, scope: Scope): Domain {
  return text.trim() === '' ? [] : (evaluate(text, scope) as Domain)
}

/** Filters that are on, a date filter once for each of its periods. */
export function chosenFilters(
  { filters }: Pick<FullState, 'filters'>,
  { filters: sets }: SearchArch,
): { readonly filter: SearchFilter; readonly period: string | null }[] {
  const known = new Map(sets.flat().map((filter) => [filter.name, filter]))
  return filters.flatMap((text) => {
    const [name = '', period] = text.split(':')
    const filter = known.get(name)
    if (!filter || (filter.date === null) !== (period === undefined)) return []
    return period === undefined || isPeriod(period) ? [{ filter, period: period ?? null }] : []
  })
}

function filterDomain(
  { filter, period }: { readonly filter: SearchFilter; readonly period: string | null },
  fields: Fields,
  { format }: PageContext,
  scope: Scope,
): Domain {
  const own = readDomain(filter.domain, scope)
  if (period === null || filter.date === null) return own
  return allOf([own, periodDomain(period, filter.date, fields[filter.date]?.type === 'datetime', format.zone)])
}

/** Terms by field: those for one field are alternatives. */
export function termSets(terms: readonly Term[]): Term[][] {
  const sets = new Map<string, Term[]>()
  for (const term of terms) sets.set(term.field, [...(sets.get(term.field) ?? []), term])
  return [...sets.values()]
}

function termDomain(term: Term, arch: SearchArch, fields: Fields, scope: Scope): Domain {
  const { field, text, value } = term
  const searched = arch.fields.find(({ name }) => name === field)
  const type = fields[field]?.type
  if (searched?.filterDomain) {
    const self = value === undefined ? text : Number(value) || value
    return readDomain(searched.filterDomain, { ...(scope as object), self, raw_value: self } as unknown as Scope)
  }
  if (type === undefined) return []
  if (value !== undefined) {
    const picked =
      type === 'selection' || type === 'char' ? value : type === 'boolean' ? value === 'true' : Number(value)
    return [[field, searched?.operator === 'child_of' ? 'child_of' : '=', picked]]
  }
  return textDomain(field, type, text, searched)
}

function textDomain(field: string, type: string, text: string, searched: SearchField | undefined): Domain {
  const quoted = /^"(.+)"$/.exec(text)?.[1]
  if (type === 'integer' || type === 'float' || type === 'monetary' || type === 'many2one_reference') {
    const number = Number(text.replace(',', '.').replace(/\s/g, ''))
    return Number.isFinite(number) ? [[field, searched?.operator ?? '=', number]] : [[0, '=', 1]]
  }
  if (type === 'selection') {
    const wanted = text.toLowerCase()
    const found = (searched?.description.selection ?? []).filter(([, label]) => label.toLowerCase().includes(wanted))
    return [[field, 'in', found.map(([one]) => one)]]
  }
  if (type === 'date' || type === 'datetime')
    return /^\d{4}(-\d{2}(-\d{2})?)?$/.test(text) ? [[field, '>=', text.padEnd(10, '-01')]] : [[0, '=', 1]]
  if (quoted !== undefined) return [[field, '=', quoted]]
  return [[field, searched?.operator === 'child_of' ? 'ilike' : (searched?.operator ?? 'ilike'), text]]
}

/** Categories contain what is below them; values of a filter are alternatives. */
function panelDomains(chosen: readonly string[], panel: readonly PanelField[], fields: Fields): Domain[] {
  return panel.flatMap(({ name, isMulti }): Domain[] => {
    const values = chosen
      .filter((one) => one.startsWith(`${name}:`))
      .map((one) => one.slice(name.length + 1))
      .map((value) => (fields[name]?.type === 'selection' ? value : Number(value)))
    if (values.length === 0) return []
    if (isMulti) return [[[name, 'in', values]]]
    return [[[name, fields[name]?.type === 'many2one' ? 'child_of' : '=', values[0]]]]
  })
}

function contextOf(text: string | null, scope: Scope): Values {
  const { group_by: _groups, ...context } = evaluated(text, scope) as Record<string, unknown>
  return context
}

function orderOf(sort: string): string | null {
  const parts = JSON.parse(sort) as unknown
  return Array.isArray(parts) && parts.length > 0 ? parts.join(', ') : null
}
