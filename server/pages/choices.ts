import { evaluated } from '../../views/arch/modifiers.ts'
import type { Scope } from '../../core/expr/values.ts'
import type { OfferedRecord, PageContext } from '../../views/page.ts'
import { widgetOf } from '../../views/widgets/place.ts'
import type { FieldPlace } from '../../views/widgets/widget.ts'
import type { PageCalls } from './page-call.ts'

/** A widget that shows all records to choose from shows at most so many. */
const MOST = 100

/** The page with the records that widgets of the given places show all of; `scope` is the record that is drawn. */
export async function withChoices(
  calls: PageCalls,
  page: PageContext,
  places: readonly FieldPlace[],
  scope: Scope,
): Promise<PageContext> {
  const choices: Record<string, readonly OfferedRecord[]> = {}
  for (const place of places) {
    const asked = widgetOf(place).choices?.(place, page.models)
    if (!asked || !calls.env.registry.has(asked.model)) continue
    const fields = calls.env.registry.get(asked.model).fields
    const fold = [asked.foldField, 'fold'].find((name) => name !== undefined && fields.has(name))
    const records = await calls.call<{ id: number; display_name: string; [fold: string]: unknown }[]>(
      asked.model,
      'search_read',
      [],
      {
        domain: asked.domain ? evaluated(asked.domain, scope) : [],
        fields: ['display_name', ...(fold ? [fold] : [])],
        limit: MOST,
      },
    )
    choices[place.name] = records.map(({ id, display_name, ...more }) => ({
      id,
      display_name,
      folded: fold !== undefined && more[fold] === true,
    }))
  }
  return { ...page, choices }
}
