import { textOf, type Widget } from '../widget.ts'

export const widget: Widget = {
  name: 'selection',
  types: ['selection'],
  view: ({ value, place }) => {
    const options = (place.description.selection ?? []).map(([key, label]) => ({ key, label, selected: key === value }))
    return { options, text: options.find(({ selected }) => selected)?.label ?? textOf(value) }
  },
}
