import type { Values } from '../../page.ts'
import type { SearchArch, SearchFilter } from './arch.ts'
import { defaultPeriod } from './periods.ts'
import type { SearchState, Term } from './state.ts'

/** A saved search as `get_views` gives it. */
export interface Favorite {
  readonly id: number
  readonly name: string
  readonly user_id: readonly [id: number, name: string] | false
  readonly domain: string
  readonly context: string
  /** A JSON list of orders. */
  readonly sort: string
  readonly is_default: boolean
}

/** A state that says everything: nothing is left to defaults. */
export interface FullState extends SearchState {
  readonly filters: readonly string[]
  readonly groups: readonly string[]
}

/** What is on before a person touches the search: the default favourite, else what the action's context asks for. */
export function defaultSearch(
  arch: SearchArch,
  favorites: readonly Favorite[],
  context: Values,
  today: string,
): Pick<FullState, 'filters' | 'groups' | 'terms' | 'favorite'> {
  const favorite = favorites.find(({ is_default }) => is_default)
  if (favorite && context['search_disable_default_favorites'] === undefined)
    return { filters: [], groups: contextGroups(favorite.context), terms: [], favorite: favorite.id }
  const asked = (name: string): unknown => context[`search_default_${name}`]
  const filters = arch.filters.flat().filter(({ name }) => isOn(asked(name)))
  const groups = arch.groups
    .flat()
    .filter(({ name }) => isOn(asked(name)))
    .toSorted((a, b) => Number(asked(a.name)) - Number(asked(b.name)))
  return {
    filters: filters.map((filter) => stateOfFilter(filter, today)),
    groups:
      groups.length > 0
        ? groups.map(({ groupBy, isDated }) => dated(groupBy, isDated))
        : groupList(context['group_by']).map((group) => group),
    terms: arch.fields.flatMap(({ name, description }): Term[] => {
      const value = asked(name)
      if (!isOn(value) || arch.filters.flat().some((filter) => filter.name === name)) return []
      const isPicked = typeof value === 'number' || (description.type === 'selection' && typeof value === 'string')
      const text = description.selection?.find(([one]) => one === value)?.[1] ?? String(value)
      return [isPicked ? { field: name, value: String(value), text } : { field: name, text }]
    }),
    favorite: null,
  }
}

/** The state with its defaults spelt out. */
export function fullState(state: SearchState, defaults: ReturnType<typeof defaultSearch>): FullState {
  if (isTouched(state)) return { ...state, filters: state.filters ?? [], groups: state.groups ?? [] }
  return { ...state, ...defaults }
}

/** A state as short as an address may say it: without lists that are empty anyhow. */
export function shortState(state: FullState, defaults: ReturnType<typeof defaultSearch>): SearchState {
  const hasDefaults =
    defaults.filters.length + defaults.groups.length + defaults.terms.length > 0 || defaults.favorite !== null
  if (hasDefaults) return state
  return {
    ...state,
    filters: state.filters.length > 0 ? state.filters : null,
    groups: state.groups.length > 0 ? state.groups : null,
  }
}

/** Groups that a context names, `'country_id'` or `['country_id', 'create_date:month']`. */
export function groupList(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : [value]
  return list.filter((one): one is string => typeof one === 'string' && one !== '').map(String)
}

/** Groups of a favourite's context, which is the text of a dictionary. */
export function contextGroups(context: string): readonly string[] {
  const found = /['"]group_by['"]\s*:\s*(\[[^\]]*\]|['"][^'"]*['"])/.exec(context)?.[1] ?? ''
  return [...found.matchAll(/['"]([\w.:]+)['"]/g)].map(([, name = '']) => name)
}

/** `field:month` of a date that names no unit. */
export function dated(groupBy: string, isDated: boolean): string {
  return isDated && !groupBy.includes(':') ? `${groupBy}:month` : groupBy
}

function isTouched({ filters, groups, terms, domains, favorite }: SearchState): boolean {
  return filters !== null || groups !== null || terms.length + domains.length > 0 || favorite !== null
}

function stateOfFilter(filter: SearchFilter, today: string): string {
  return filter.date === null ? filter.name : `${filter.name}:${defaultPeriod(filter.defaultPeriod, today)}`
}

const isOn = (value: unknown): boolean => value !== undefined && value !== false && value !== null && value !== 0
