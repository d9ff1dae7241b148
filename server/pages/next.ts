import type { Values } from '../../views/page.ts'
import type { Next } from '../../views/client/follow.ts'
import { parseAddress, pathOf, type Step } from './address.ts'
import { fragmentHtml } from './answer.ts'
import { formAction, type WindowAction } from './action.ts'
import type { PageCalls } from './page-call.ts'
import { recordForm } from './record-form.ts'
import { reportUrl } from './report/address.ts'

/** An action as methods answer it: a stored one, or one that is made up. */
type Action = Partial<WindowAction> & {
  readonly type: string
  readonly target?: string
  readonly res_id?: number | false
  readonly url?: string
  readonly tag?: string
  readonly params?: Values
  readonly path?: string | false
}

const isAction = (value: unknown): value is Action =>
  typeof value === 'object' && value !== null && typeof (value as Action).type === 'string'

/** What the page at `path` does with the answer of a button or an action. */
export async function nextOf(calls: PageCalls, answer: unknown, path: string): Promise<Next> {
  if (!isAction(answer)) return { kind: 'reload' }
  switch (answer.type) {
    case 'ir.actions.act_window':
      return answer.target === 'new' ? dialog(calls, answer) : { kind: 'visit', url: addressOf(answer, path) }
    case 'ir.actions.act_url':
      return { kind: answer.target === 'self' ? 'visit' : 'open', url: answer.url ?? '/odoo' }
    case 'ir.actions.report':
      return { kind: 'open', url: reportUrl({ id: Number(answer.id) }, reportedIds(answer)) }
    case 'ir.actions.client':
      return clientAction(calls, answer, path)
    default:
      return { kind: 'reload' }
  }
}

/** The records that a report is printed of, as whoever asked for it says. */
function reportedIds({ context }: Action): number[] {
  const { active_ids: many, active_id: one } = (context ?? {}) as { active_ids?: number[]; active_id?: number }
  return many ?? (one ? [one] : [])
}

async function clientAction(calls: PageCalls, { tag, params = {} }: Action, path: string): Promise<Next> {
  if (tag !== 'display_notification') return { kind: 'reload' }
  const type = params['type']
  return {
    kind: 'notify',
    message: [params['title'], params['message']].filter(Boolean).join('\n'),
    type: type === 'success' || type === 'warning' || type === 'danger' ? type : 'info',
    after: params['next'] ? await nextOf(calls, params['next'], path) : { kind: 'reload' },
  }
}

/** The address of a window action, one step on from where the page is. */
function addressOf(action: Action, path: string): string {
  const url = new URL(path, 'http://localhost')
  const stored = action.path || (action.id ? String(action.id) : null)
  const step: Step = {
    ...(stored === null ? { model: action.res_model ?? '' } : { action: stored }),
    ...(action.res_id ? { record: action.res_id } : {}),
  }
  const query = new URLSearchParams()
  // What only the answer says must be in the address: it is all that a reload has.
  if (Array.isArray(action.domain) && action.domain.length > 0) query.set('ad', JSON.stringify(action.domain))
  if (typeof action.context === 'object' && action.context !== null && Object.keys(action.context).length > 0)
    query.set('c', JSON.stringify(action.context))
  const text = query.toString()
  return pathOf([...parseAddress(url.pathname), step]) + (text && `?${text}`)
}

async function dialog(calls: PageCalls, action: Action): Promise<Next> {
  const model = action.res_model ?? ''
  const view = action.views?.find(([, type]) => type === 'form')?.[0] ?? false
  const context = typeof action.context === 'object' && action.context !== null ? (action.context as Values) : {}
  const inside: PageCalls = {
    ...calls,
    call: (name, method, args, kwargs = {}) =>
      calls.call(name, method, args, {
        ...kwargs,
        context: { ...context, ...(kwargs['context'] as object | undefined) },
      }),
  }
  const shown = await recordForm(inside, formAction(model, view), action.res_id || 'new', 'd_', context)
  return {
    kind: 'dialog',
    html: fragmentHtml('dialog/form', { title: action.name ?? shown.name, content: shown.content }, calls.env.lang),
  }
}
