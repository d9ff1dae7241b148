import type { Widget } from '../widget.ts'

/** The id of a record whose model another field names: a link to it. */
export const widget: Widget = {
  name: 'many2one_reference',
  types: ['many2one_reference', 'integer'],
  needs: ({ description }) => (description.model_field ? [description.model_field] : []),
  view: ({ value, record, place }) => {
    const model = place.description.model_field ? record[place.description.model_field] : false
    const id = typeof value === 'object' && value !== null && 'id' in value ? Number(value.id) : Number(value || 0)
    return {
      text: id === 0 ? '' : String(id),
      href: id !== 0 && typeof model === 'string' ? `/odoo/m-${model}/${id}` : null,
    }
  },
}
