import { evaluate } from '../../core/expr/evaluate.ts'
import type { Values } from '../../views/page.ts'
import { domainScope } from '../../views/types/search/query.ts'
import type { SearchState } from '../../views/types/search/state.ts'
import { ADDRESS_WRONG } from '../errors.ts'
import type { PageCalls } from './page-call.ts'
import type { Step } from './address.ts'

/** What a page does with an action, as `/web/action/load` answers it. */
export interface WindowAction {
  readonly id: number | false
  readonly name: string
  readonly res_model: string
  readonly views: readonly (readonly [id: number | false, type: string])[]
  readonly domain: unknown
  readonly context: unknown
  readonly limit: number
  readonly help: string | false
  readonly search_view_id?: readonly [number, string] | false
}

/** The action of a step: a stored one, or one that is made up for a model. */
export async function actionOf({ env, call }: PageCalls, step: Step): Promise<WindowAction> {
  if (step.model !== undefined) {
    const { description } = env.registry.get(step.model)
    return {
      id: false,
      name: description ?? step.model,
      res_model: step.model,
      views: [
        [false, 'list'],
        [false, 'form'],
      ],
      domain: false,
      context: '{}',
      limit: 80,
      help: false,
    }
  }
  return call<WindowAction>('ir.actions.actions', 'load_action', [step.action])
}

/** An action that is made up for one form of a model. */
export function formAction(model: string, view: number | false): WindowAction {
  return {
    id: false,
    name: model,
    res_model: model,
    views: [[view, 'form']],
    domain: false,
    context: '{}',
    limit: 80,
    help: false,
  }
}

/** An action with the domain and context that the address holds because a button's answer gave them. */
export function givenAction(action: WindowAction, { domain, context }: SearchState['given']): WindowAction {
  return {
    ...action,
    ...(domain === null ? {} : { domain: readJson(domain) }),
    ...(context === null ? {} : { context: readJson(context) }),
  }
}

/** The context of an action; `active_id` is the record that the address came through. */
export function actionContext({ env }: PageCalls, { context }: WindowAction, steps: readonly Step[]): Values {
  const from = steps.slice(0, -1).findLast(({ record }) => typeof record === 'number')
  const active = from === undefined ? {} : { active_id: from.record, active_ids: [from.record] }
  if (typeof context === 'object' && context !== null) return { ...active, ...context }
  if (typeof context !== 'string' || context.trim() === '') return active
  return {
    ...active,
    ...(evaluate(context, domainScope({ context: { ...env.context, ...active } as Values })) as Values),
  }
}

/** The domain of an action, which may speak of the user and of today. */
export function actionDomain({ domain }: WindowAction, context: Values): readonly unknown[] {
  if (Array.isArray(domain)) return domain
  if (typeof domain !== 'string' || domain.trim() === '') return []
  return evaluate(domain, domainScope({ context })) as readonly unknown[]
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new ADDRESS_WRONG(text)
  }
}
