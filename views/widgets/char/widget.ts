import { textOf, type Widget } from '../widget.ts'

export const widget: Widget = {
  name: 'char',
  types: ['char', 'text', 'integer', 'many2one', 'selection', 'reference', 'json', 'properties', 'binary'],
  view: ({ value, place }) => ({ text: textOf(value), maxLength: place.description.size }),
}
