import { widget as image } from '../image/widget.ts'
import type { Widget } from '../widget.ts'

/** A signature, drawn by hand and kept as a picture. */
export const widget: Widget = {
  ...image,
  name: 'signature',
  view: (input) => ({ ...image.view(input), height: 90 }),
}
