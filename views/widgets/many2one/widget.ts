import type { FieldPlace, Widget } from '../widget.ts'

/** A many2one as `web_read` answers it with its name. */
interface Named {
  readonly id: number
  readonly display_name: string
}

export const widget: Widget = {
  name: 'many2one',
  types: ['many2one'],
  specification: () => ({ fields: { display_name: {} } }),
  view: ({ value, place }) => {
    const target = typeof value === 'object' && value !== null ? (value as Named) : null
    const model = place.description.relation
    return {
      id: target?.id,
      text: target?.display_name ?? '',
      model,
      domain: domainOf(place),
      href: target && model && `/odoo/m-${model}/${target.id}`,
    }
  },
}

/** The domain of the records that are offered: an expression over the record, or a list. */
function domainOf({ attributes, description }: FieldPlace): string | null {
  if (attributes['domain']) return attributes['domain']
  if (typeof description.domain === 'string') return description.domain
  return Array.isArray(description.domain) && description.domain.length > 0 ? JSON.stringify(description.domain) : null
}
