import { parseSearch } from '../../views/types/search/state.ts'
import { actionOf, givenAction, type WindowAction } from './action.ts'
import { parseAddress, withoutRecord } from './address.ts'
import type { ViewRequest } from './kinds/kind.ts'
import { viewRequest } from './multi-page.ts'
import type { PageCalls } from './page-call.ts'

/**
 * The records that a page shows, by its address: what its scripts send along with each question. `change` is what the
 * action is taken to be other than it is.
 */
export async function askedPage(
  calls: PageCalls,
  address: string,
  change: Partial<WindowAction> = {},
): Promise<ViewRequest> {
  const url = new URL(address, 'http://localhost')
  const steps = withoutRecord(parseAddress(url.pathname))
  const state = parseSearch(url.searchParams)
  const action = givenAction(await actionOf(calls, steps.at(-1) ?? {}), state.given)
  return viewRequest(calls, { ...action, ...change }, steps, state)
}
