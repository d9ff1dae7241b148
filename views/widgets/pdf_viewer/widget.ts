import { addressOf, isSize } from '../file.ts'
import type { Widget } from '../widget.ts'
import { widget as binary } from '../binary/widget.ts'

/** A PDF, shown by the browser's own viewer. */
export const widget: Widget = {
  name: 'pdf_viewer',
  types: ['binary'],
  needs: (place) => ['write_date', ...(binary.needs?.(place) ?? [])],
  view: (input) => ({
    ...binary.view(input),
    source:
      isSize(input.value) && typeof input.record['id'] === 'number'
        ? addressOf('content', input, input.place.name, { unique: String(input.record['write_date'] ?? '') })
        : null,
    accept: 'application/pdf',
  }),
}
