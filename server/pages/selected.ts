import { allOf, type Domain } from '../../views/types/search/combine.ts'
import type { Schema } from '../validate.ts'
import type { ViewRequest } from './kinds/kind.ts'

/** Records that somebody selected: these, or all that the address of the page finds. */
export type Selected = readonly number[] | 'all'

/** How pages send them. */
export const SELECTED: Schema = {
  anyOf: [{ type: 'array', items: { type: 'integer', minimum: 1 } }, { const: 'all' }],
}

/** The domain of selected records: never more than what the page is about. */
export function selectedDomain({ search }: ViewRequest, selected: Selected): Domain {
  return selected === 'all' ? search.domain : allOf([search.domain, [['id', 'in', selected]]])
}

/** Ids of selected records, in the order of the page. */
export async function selectedIds(request: ViewRequest, selected: Selected): Promise<readonly number[]> {
  if (selected !== 'all') return selected
  return request.calls.call<number[]>(request.model, 'search', [request.search.domain])
}
