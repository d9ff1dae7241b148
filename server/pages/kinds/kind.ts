import type { Fields, PageContext, ViewNode } from '../../../views/page.ts'
import type { FullState } from '../../../views/types/search/defaults.ts'
import type { Search } from '../../../views/types/search/query.ts'
import type { WindowAction } from '../action.ts'
import type { PageCalls } from '../page-call.ts'

/** Actions and reports that are bound to a model, as `get_views` answers them. */
export interface Toolbar {
  readonly action?: readonly BoundAction[]
  readonly print?: readonly BoundAction[]
}

export interface BoundAction {
  readonly id: number
  readonly name: string
}

/** What a view of several records is asked for. */
export interface ViewRequest {
  /** Calls in the context of the action and the search. */
  readonly calls: PageCalls
  readonly action: WindowAction
  readonly model: string
  readonly fields: Fields
  /** The combined arch of the view. */
  readonly arch: string
  readonly viewId: number | false
  /** Actions and reports that are bound to the model. */
  readonly toolbar: Toolbar
  readonly page: PageContext
  /** Which records, in which groups. */
  readonly search: Search
  /** What the address says, with the defaults spelt out. */
  readonly state: FullState
  /** The address of the same action with another search. */
  href(change: Partial<FullState>): string
  /** The path of the page, without its query. */
  readonly path: string
  /** The address of a record, which knows the way back. */
  recordHref(id: number | 'new'): string
}

/** Which of how many records a page shows, and the addresses of its neighbours. */
export interface Pager {
  readonly from: number
  readonly to: number
  readonly total: number | string
  readonly previous: string | null
  readonly next: string | null
  /** The address that counts to the end, where counting stopped before. */
  readonly countHref?: string | null
  /** What a form that asks for other rows sends along; without it the rows cannot be typed. */
  readonly form?: {
    readonly path: string
    readonly hidden: readonly { readonly name: string; readonly value: string }[]
  }
}

/** A view as it is drawn. */
export interface ShownView {
  readonly content: ViewNode
  readonly pager?: Pager
  /** Whether the view offers to create a record. */
  readonly canCreate?: boolean
  /** What takes the place of the search box while records are selected. */
  readonly selection?: ViewNode
}

/** One way to show several records. */
export interface ViewKind {
  /** The value of an action's view mode: `list`. */
  readonly type: string
  readonly icon: string
  /** What its button in the view switcher is called, in English. */
  readonly label: string
  /** Whether records of the model can be shown so; by default all can. */
  fits?(calls: PageCalls, model: string): boolean
  show(request: ViewRequest): Promise<ShownView>
}
