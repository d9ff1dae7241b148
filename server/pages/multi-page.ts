import type { ViewNode } from '../../views/page.ts'
import { readSearchArch, type SearchField } from '../../views/types/search/arch.ts'
import {
  defaultSearch,
  fullState,
  shortState,
  type Favorite,
  type FullState,
} from '../../views/types/search/defaults.ts'
import { searchOf } from '../../views/types/search/query.ts'
import { searchQuery, type SearchState } from '../../views/types/search/state.ts'
import { panelView } from '../../views/types/search/panel.ts'
import { searchView } from '../../views/types/search/view-model.ts'
import { actionContext, actionDomain, type WindowAction } from './action.ts'
import { pathOf, type Step } from './address.ts'
import { listGear } from './gear.ts'
import { KINDS } from './kinds/index.ts'
import type { ShownView, ViewKind, ViewRequest } from './kinds/kind.ts'
import { withContext, type PageCalls } from './page-call.ts'
import { pageContext } from './page-context.ts'
import { panelSections } from './search-panel.ts'
import { viewsOf } from './views.ts'

/** A view of several records with the search box above it and the other views that one may switch to. */
export interface ShownPage extends ShownView {
  readonly search: ViewNode
  readonly switcher: readonly SwitcherEntry[]
  readonly newHref: string | null
  /** What can be done with all records. */
  readonly gear: ViewNode | null
}

interface SwitcherEntry {
  readonly label: string
  readonly icon: string
  readonly href: string
  readonly current: boolean
  /** The one that a shortcut leads on to. */
  readonly isNext: boolean
}

/** The records of an action as the address asks for them. */
export async function multiPage(
  calls: PageCalls,
  action: WindowAction,
  steps: readonly Step[],
  asked: SearchState,
): Promise<ShownPage> {
  const { kind, kinds, request, box, side } = await prepare(calls, action, steps, asked)
  const shown = await kind.show(request)
  const panel = await side()
  return {
    ...shown,
    content: panel ? { template: 'types/search/beside', side: panel, content: shown.content } : shown.content,
    search: box,
    switcher:
      kinds.length < 2
        ? []
        : kinds.map(({ type, icon, label }, i) => ({
            label: request.page.translate(label),
            icon,
            href: request.href({ view: type === kinds[0]?.type ? null : type, page: 1, own: {} }),
            current: type === kind.type,
            isNext: i === (kinds.indexOf(kind) + 1) % kinds.length,
          })),
    gear: listGear(request),
    newHref: shown.canCreate === false ? null : request.recordHref('new'),
  }
}

/** The address of a list in which the first field of its search view is searched for a text: what the box does without scripts. */
export async function searchedAddress(
  calls: PageCalls,
  action: WindowAction,
  steps: readonly Step[],
  asked: SearchState,
  text: string,
): Promise<string> {
  const { request, fields } = await prepare(calls, action, steps, asked)
  const [first] = fields
  const field = first?.name ?? 'display_name'
  return request.href({
    terms: [...request.state.terms, ...(text.trim() ? [{ field, text: text.trim() }] : [])],
    page: 1,
  })
}

/** Which records the address of a list asks for, for whatever else works on them. */
export async function viewRequest(
  calls: PageCalls,
  action: WindowAction,
  steps: readonly Step[],
  asked: SearchState,
): Promise<ViewRequest> {
  return (await prepare(calls, action, steps, asked)).request
}

async function prepare(
  plain: PageCalls,
  action: WindowAction,
  steps: readonly Step[],
  asked: SearchState,
): Promise<{
  kind: ViewKind
  kinds: readonly ViewKind[]
  request: ViewRequest
  box: ViewNode
  /** The panel at the side, for views that have one. */
  side(): Promise<ViewNode | null>
  fields: readonly SearchField[]
}> {
  const kinds = kindsOf(plain, action)
  const kind = kinds.find(({ type }) => type === asked.view) ?? (kinds[0] as ViewKind)
  const calls = withContext(plain, actionContext(plain, action, steps))
  const model = action.res_model
  const { views, models } = await viewsOf(calls, action, [kind.type, 'search'])
  const fields = models[model] ?? {}
  const page = await pageContext(calls, models)
  const arch = readSearchArch(views['search']?.arch ?? '<search/>', fields, page.context)
  const favorites = (views['search']?.filters ?? []) as readonly Favorite[]
  const defaults = defaultSearch(arch, favorites, page.context, page.today)
  const state = fullState(asked, defaults)
  const path = pathOf(steps)
  const href = (change: Partial<FullState>): string => path + searchQuery(shortState({ ...state, ...change }, defaults))
  const parts = { arch, favorites, fields, page, domain: actionDomain(action, page.context) }
  const search = searchOf(state, parts)
  const back = searchQuery(asked).slice(1)
  const request: ViewRequest = {
    calls: withContext(calls, search.context),
    action,
    model,
    fields,
    arch: views[kind.type]?.arch ?? `<${kind.type}/>`,
    viewId: views[kind.type]?.id ?? false,
    toolbar: views[kind.type]?.toolbar ?? {},
    page: { ...page, context: { ...page.context, ...search.context } },
    search,
    state,
    path,
    href,
    recordHref: (id) => `${path}/${id}${back && `?in=${encodeURIComponent(back)}`}`,
  }
  const side = async (): Promise<ViewNode | null> => {
    if (arch.panel.length === 0 || !arch.panelViews.includes(kind.type)) return null
    const sections = await panelSections(request.calls, model, fields, arch.panel, (name) => {
      const others = state.panel.filter((one) => !one.startsWith(`${name}:`))
      return searchOf({ ...state, panel: others }, parts).domain
    })
    return sections.length > 0 ? panelView(sections, state, page, href) : null
  }
  const box = searchView({ model, arch, favorites, fields, state, page, href, path, action: action.id })
  return { kind, kinds, request, box, side, fields: arch.fields }
}

/** The views that an action offers and that show several records. */
function kindsOf(calls: PageCalls, action: WindowAction): ViewKind[] {
  const kinds = action.views
    .flatMap(([, type]) => KINDS.get(type === 'tree' ? 'list' : type) ?? [])
    .filter((kind) => kind.fits?.(calls, action.res_model) ?? true)
  return kinds.length > 0 ? kinds : [KINDS.get('list') as ViewKind]
}
