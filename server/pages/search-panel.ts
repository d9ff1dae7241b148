import type { Fields, Values } from '../../views/page.ts'
import type { PanelField } from '../../views/types/search/arch.ts'
import type { Domain } from '../../views/types/search/combine.ts'
import type { PanelSection, PanelValue } from '../../views/types/search/panel.ts'
import type { PageCalls } from './page-call.ts'

/** More values than these are no help to anybody. */
const MOST = 200

/**
 * What the panel at the side offers: for each of its fields one query counts the records by value, and for a relation
 * another reads its values. `domainOf` is the search without what the panel itself says of a field.
 */
export async function panelSections(
  calls: PageCalls,
  model: string,
  fields: Fields,
  panel: readonly PanelField[],
  domainOf: (field: string) => Domain,
): Promise<PanelSection[]> {
  const sections: PanelSection[] = []
  for (const field of panel) {
    const description = fields[field.name]
    if (!description) continue
    const counts = await countsOf(calls, model, field.name, domainOf(field.name))
    const values = description.relation
      ? await related(calls, description.relation, field, counts)
      : (description.selection ?? []).map(([key, label]): PanelValue => ({
          key,
          label,
          count: counts.get(key) ?? 0,
          parent: null,
        }))
    const shown = field.isExpanded || description.relation ? values : values.filter(({ count }) => count > 0)
    if (shown.length > 0) sections.push({ field, values: shown })
  }
  return sections
}

/** Records by value: ids and keys as text. */
async function countsOf(calls: PageCalls, model: string, field: string, domain: Domain): Promise<Map<string, number>> {
  const groups = await calls.call<Values[]>(model, 'read_group', [], {
    domain,
    fields: [],
    groupby: [field],
    lazy: false,
  })
  return new Map(
    groups
      .filter((group) => group[field] !== false)
      .map((group) => {
        const value = group[field]
        return [String(Array.isArray(value) ? value[0] : value), Number(group['__count'])]
      }),
  )
}

/** Records of a relation that some record has, or all; in a tree with those above them. */
async function related(
  calls: PageCalls,
  model: string,
  field: PanelField,
  counts: ReadonlyMap<string, number>,
): Promise<PanelValue[]> {
  const info = calls.env.registry.get(model)
  const isTree = field.isTree && !field.isMulti && info.fields.get('parent_id')?.comodel === model
  const ids = [...counts.keys()].map(Number)
  const operator = isTree && info.fields.has('parent_path') ? 'parent_of' : 'in'
  const records = await calls.call<Values[]>(model, 'search_read', [], {
    domain: field.isExpanded ? [] : [['id', operator, ids]],
    fields: ['display_name', ...(isTree ? ['name', 'parent_id'] : [])],
    limit: MOST,
  })
  const known = new Set(records.map((record) => String(record['id'])))
  return records.map((record) => {
    const parent = isTree && Array.isArray(record['parent_id']) ? String(record['parent_id'][0]) : null
    const key = String(record['id'])
    return {
      key,
      // What is above stands above: its name need not be said again.
      label: String((isTree && record['name']) || record['display_name']),
      count: counts.get(key) ?? 0,
      parent: parent !== null && known.has(parent) ? parent : null,
    }
  })
}
