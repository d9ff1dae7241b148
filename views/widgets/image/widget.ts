import { sourceOf } from '../file.ts'
import { textOf, type Widget } from '../widget.ts'

/** A picture, kept in a binary field. `options`: `preview_image` is a smaller one to show, `size` its width and height. */
export const widget: Widget = {
  name: 'image',
  types: ['binary'],
  needs: ({ attributes }) => ['write_date', ...(attributes['filename'] ? [attributes['filename']] : [])],
  view: (input) => {
    const { place, view } = input
    const [width, height] = (place.options['size'] ?? (view === 'form' ? [0, 128] : [0, 32])) as [number, number]
    const source = sourceOf(input, textOf(place.options['preview_image']) || place.name)
    return {
      source,
      width: width || null,
      height: height || null,
      filename: place.attributes['filename'] ?? null,
      accept: textOf(place.options['accepted_file_extensions']) || 'image/*',
    }
  },
}
