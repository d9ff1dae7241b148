import type { Fields } from '../../views/page.ts'
import type { WindowAction } from './action.ts'
import type { Toolbar } from './kinds/kind.ts'
import type { PageCalls } from './page-call.ts'

/** What `get_views` answers, as far as pages use it. */
export interface Views {
  readonly views: Readonly<
    Record<
      string,
      {
        readonly arch: string
        readonly id: number | false
        readonly toolbar?: Toolbar
        readonly filters?: readonly object[]
      }
    >
  >
  readonly models: Readonly<Record<string, Fields>>
}

/** Views of an action's model of the given kinds, each the one that the action names. */
export async function viewsOf({ call }: PageCalls, action: WindowAction, types: readonly string[]): Promise<Views> {
  const chosen = new Map(action.views.map(([id, type]) => [type === 'tree' ? 'list' : type, id]))
  if (action.search_view_id) chosen.set('search', action.search_view_id[0])
  const asked = types.map((type) => [chosen.get(type) ?? false, type])
  const answer = await call<{ views: Views['views']; models: Record<string, { fields: Fields }> }>(
    action.res_model,
    'get_views',
    [asked],
    {
      options: { toolbar: true, load_filters: true, action_id: action.id },
    },
  )
  return {
    views: answer.views,
    models: Object.fromEntries(Object.entries(answer.models).map(([model, { fields }]) => [model, fields])),
  }
}
