import { textOf, type Widget } from '../widget.ts'

/** A domain, edited as a tree. `options.model` names the model, or the field that holds its name. */
export const widget: Widget = {
  name: 'domain',
  types: ['char', 'text'],
  needs: ({ options }) => (/^\w+$/.test(textOf(options['model'])) ? [textOf(options['model'])] : []),
  view: ({ value, record, place }) => {
    const named = textOf(place.options['model'])
    return { text: textOf(value), model: /^\w+$/.test(named) ? textOf(record[named]) : named }
  },
}
