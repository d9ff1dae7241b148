import { textOf, type Widget } from '../widget.ts'

/** A picture by its address. Only those of this server are loaded: the pages' policy lets nothing in from elsewhere. */
export const widget: Widget = {
  name: 'image_url',
  types: ['char'],
  view: ({ value, place }) => {
    const text = textOf(value)
    const [width, height] = (place.options['size'] ?? [0, 64]) as [number, number]
    return { text, own: /^\/(?!\/)/.test(text) ? text : '', width: width || null, height: height || null }
  },
}
