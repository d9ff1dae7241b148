import type { Fields, PageContext, ViewNode } from '../../page.ts'
import type { SearchArch, SearchFilter } from './arch.ts'
import { contextGroups, dated, type Favorite, type FullState } from './defaults.ts'
import { describeDomain, wordsOf } from './describe.ts'
import { periodLabel, periodsOf } from './periods.ts'
import { chosenFilters, domainScope, readDomain, termSets } from './query.ts'

/** What the search box of a page is drawn from. */
export interface SearchInput {
  readonly model: string
  readonly arch: SearchArch
  readonly favorites: readonly Favorite[]
  readonly fields: Fields
  readonly state: FullState
  readonly page: PageContext
  /** The address of the same view with another search. */
  href(change: Partial<FullState>): string
  /** The path alone, without a query. */
  readonly path: string
  readonly action: number | false
}

const UNITS = ['year', 'quarter', 'month', 'week', 'day'] as const
const UNIT_LABELS: Readonly<Record<string, string>> = {
  year: 'Year',
  quarter: 'Quarter',
  month: 'Month',
  week: 'Week',
  day: 'Day',
}
const DATED: ReadonlySet<string> = new Set(['date', 'datetime'])

interface Choice {
  readonly label: string
  readonly href: string
  readonly isOn: boolean
  readonly children?: readonly Choice[]
}

/** The search box: what is on, as facets, and the menus that change it. Every choice is a link. */
export function searchView(input: SearchInput): ViewNode {
  const { arch, state, page, href } = input
  // What the browser adds a term to, when somebody types one; without scripts the form sends it along.
  const { search: query, searchParams } = new URL(href({ page: 1 }), 'http://localhost')
  return {
    template: 'types/search/template',
    path: input.path,
    model: input.model,
    facets: facets(input),
    filters: arch.filters.map((set) => set.map((filter) => filterChoice(filter, input))),
    groups: arch.groups.map((set) =>
      set.map(({ label, groupBy, isDated }) => groupChoice(groupBy, label, isDated, input)),
    ),
    moreGroups: otherGroups(input),
    favorites: input.favorites.map(({ id, name, user_id, context }) => ({
      id,
      label: name,
      isShared: !user_id,
      isOn: state.favorite === id,
      href: href(
        state.favorite === id
          ? { favorite: 0, page: 1 }
          : { favorite: id, filters: [], groups: contextGroups(context), terms: [], domains: [], page: 1 },
      ),
    })),
    state: {
      query,
      path: input.path,
      model: input.model,
      action: input.action,
      words: { search: page.translate('Search %s for: %s', '%s', '%s'), none: page.translate('No result.') },
      fields: arch.fields.map(({ name, label, description }) => ({
        name,
        label,
        type: description.type,
        relation: description.relation ?? null,
        selection: description.selection ?? null,
      })),
      choices: arch.filters.flat().flatMap((filter) => {
        const choice = filterChoice(filter, input)
        return choice.children ? [] : [{ label: choice.label, href: choice.href, isOn: choice.isOn }]
      }),
    },
    hidden: Array.from(searchParams, ([name, value]) => ({ name, value })),
    placeholder: page.translate('Search…'),
  }
}

function toggled(list: readonly string[], one: string): string[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one]
}

function filterChoice(filter: SearchFilter, { state, page, href }: SearchInput): Choice {
  const { name, label } = filter
  const toggle = (text: string, shown: string): Choice => ({
    label: shown,
    isOn: state.filters.includes(text),
    href: href({ filters: toggled(state.filters, text), page: 1 }),
  })
  if (filter.date === null) return toggle(name, label)
  const children = periodsOf(page).flatMap((set) => set.map((period) => toggle(`${name}:${period.id}`, period.label)))
  return { label, href: '', isOn: children.some(({ isOn }) => isOn), children }
}

function groupChoice(groupBy: string, label: string, isDated: boolean, { state, page, href }: SearchInput): Choice {
  const toggle = (text: string, shown: string): Choice => ({
    label: shown,
    isOn: state.groups.includes(text),
    href: href({ groups: toggled(state.groups, text), page: 1 }),
  })
  if (!isDated || groupBy.includes(':')) return toggle(groupBy, label)
  const children = UNITS.map((unit) => toggle(`${groupBy}:${unit}`, page.translate(UNIT_LABELS[unit] ?? unit)))
  return { label, href: '', isOn: children.some(({ isOn }) => isOn), children }
}

/** Fields by which one may group though the view does not offer it. */
function otherGroups(input: SearchInput): Choice[] {
  const offered = new Set(input.arch.groups.flat().map(({ groupBy }) => groupBy.split(':')[0]))
  return Object.values(input.fields)
    .filter(({ name, groupable }) => groupable === true && name !== 'id' && !offered.has(name))
    .toSorted((a, b) => a.string.localeCompare(b.string))
    .map(({ name, string, type }) => {
      const groupBy = dated(name, DATED.has(type))
      return {
        label: string,
        isOn: input.state.groups.includes(groupBy),
        href: input.href({ groups: toggled(input.state.groups, groupBy), page: 1 }),
      }
    })
}

interface Facet {
  readonly icon: string
  readonly label: string | null
  readonly values: readonly string[]
  /** The address without it. */
  readonly remove: string
}

function facets({ arch, favorites, fields, state, page, href }: SearchInput): Facet[] {
  const { translate, format } = page
  const chosen = chosenFilters(state, arch)
  const groupLabel = (group: string): string => {
    const [name = '', unit] = group.split(':')
    const named = arch.groups.flat().find(({ groupBy }) => groupBy === group || groupBy === name)
    const label = named?.label ?? fields[name]?.string ?? name
    return unit === undefined ? label : `${label}: ${translate(UNIT_LABELS[unit] ?? unit)}`
  }
  const favorite = favorites.find(({ id }) => id === state.favorite)
  return [
    ...(favorite
      ? [{ icon: 'star-fill', label: null, values: [favorite.name], remove: href({ favorite: 0, page: 1 }) }]
      : []),
    ...arch.filters.flatMap((set): Facet[] => {
      const here = chosen.filter(({ filter }) => set.includes(filter))
      if (here.length === 0) return []
      const kept = state.filters.filter((text) => !set.some(({ name }) => name === text.split(':')[0]))
      return [
        {
          icon: 'funnel-fill',
          label: null,
          values: here.map(({ filter, period }) =>
            period === null ? filter.label : `${filter.label}: ${periodLabel(period, format.language, translate)}`,
          ),
          remove: href({ filters: kept, page: 1 }),
        },
      ]
    }),
    ...termSets(state.terms).map((terms): Facet => ({
      icon: '',
      label:
        arch.fields.find(({ name }) => name === terms[0]?.field)?.label ?? fields[terms[0]?.field ?? '']?.string ?? '',
      values: terms.map(({ text }) => text),
      remove: href({ terms: state.terms.filter((term) => !terms.includes(term)), page: 1 }),
    })),
    ...state.domains.map((text): Facet => ({
      icon: 'funnel-fill',
      label: null,
      values: [wordsOf(text) ?? describeDomain(readDomain(text, domainScope(page)), fields, translate, format)],
      remove: href({ domains: state.domains.filter((one) => one !== text), page: 1 }),
    })),
    ...(state.groups.length > 0
      ? [{ icon: 'stack', label: null, values: state.groups.map(groupLabel), remove: href({ groups: [], page: 1 }) }]
      : []),
  ]
}
