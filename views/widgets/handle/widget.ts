import type { Widget } from '../widget.ts'

/** The grip by which a row is dragged to its place; with the focus on it, the arrows move the row. */
export const widget: Widget = {
  name: 'handle',
  types: ['integer', 'float'],
  view: ({ page }) => ({ says: page.translate('Drag to move, or press the arrow keys') }),
}
