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
