import type { Widget } from '../widget.ts'

/** The grip by which a row is dragged to its place. */
export const widget: Widget = {
  name: 'handle',
  types: ['integer', 'float'],
  view: ({ page }) => ({ says: page.translate('Drag to move') }),
}
