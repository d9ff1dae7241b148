import { domainOf, namedOf, type Widget } from '../widget.ts'

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
      model,
      domain: domainOf(place),
      href: target && model && `/odoo/m-${model}/${target.id}`,
    }
  },
}
