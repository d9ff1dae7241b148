import { addressOf, isSize } from '../file.ts'
import { textOf, type Widget } from '../widget.ts'

/** A file: its name and size, to download, replace or take away. */
export const widget: Widget = {
  name: 'binary',
  types: ['binary'],
  needs: ({ attributes }) => (attributes['filename'] ? [attributes['filename']] : []),
  view: (input) => {
    const { value, place, record } = input
    const filename = place.attributes['filename'] ?? null
    const stored = isSize(value) && typeof record['id'] === 'number'
    return {
      filename,
      present: Boolean(value),
      href: stored ? addressOf('content', input, place.name, { download: 'true', filename_field: filename }) : null,
      file: textOf(filename && record[filename]) || input.page.translate('File'),
      size: isSize(value) ? textOf(value) : '',
      accept: textOf(place.options['accepted_file_extensions']) || null,
    }
  },
}
