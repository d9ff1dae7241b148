import { textOf, type Widget } from '../widget.ts'

/** A record as `web_read` answers a reference. */
interface Target {
  readonly id: number
  readonly model: string
  readonly display_name?: string
}

/** A record of one of several models: first the model is chosen, then the record. */
export const widget: Widget = {
  name: 'reference',
  types: ['reference', 'char'],
  specification: ({ description }) => (description.type === 'reference' ? { fields: { display_name: {} } } : {}),
  view: ({ value, place }) => {
    const target = targetOf(value)
    return {
      id: target?.id || null,
      text: target?.id ? (target.display_name ?? `${target.model},${target.id}`) : '',
      model: target?.model ?? '',
      models: (place.description.selection ?? []).map(([key, label]) => ({
        key,
        label,
        selected: key === target?.model,
      })),
      href: target?.id ? `/odoo/m-${target.model}/${target.id}` : null,
      mayCreate: !place.options['no_create'],
      mayEdit: !place.options['no_create'],
    }
  },
}

function targetOf(value: unknown): Target | null {
  if (typeof value === 'object' && value !== null && 'model' in value) return value as Target
  const [model = '', id] = textOf(value).split(',')
  return model ? { model, id: Number(id ?? 0) } : null
}
