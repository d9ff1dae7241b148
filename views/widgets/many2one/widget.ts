import { domainOf, namedOf, type FieldPlace, type Widget } from '../widget.ts'

/** One record of another model: a combobox that finds, creates and opens it. */
export const widget: Widget = {
  name: 'many2one',
  types: ['many2one'],
  specification: () => ({ fields: { display_name: {} } }),
  view: ({ value, place }) => {
    const target = namedOf(value)
    const model = place.description.relation
    return {
      id: target?.id,
      text: target?.display_name ?? '',
      ...relationView(place),
      href: target && model && !place.options['no_open'] ? `/odoo/m-${model}/${target.id}` : null,
    }
  },
}

/** What the controller of a relation reads: model, domain, context, and what may be created in passing. */
export function relationView(place: FieldPlace): Readonly<Record<string, unknown>> {
  const { attributes, options, description } = place
  const mayCreate = attributes['can_create'] !== 'False' && !options['no_create']
  const context = attributes['context'] ?? (typeof description.context === 'string' ? description.context : null)
  return {
    model: description.relation,
    domain: domainOf(place),
    context,
    mayCreate: mayCreate && !options['no_quick_create'],
    mayEdit: mayCreate && !options['no_create_edit'],
  }
}
