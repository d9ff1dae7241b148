import { stepable } from '../quick.ts'
import type { Widget } from '../widget.ts'

/** A switch; in a list it writes at once. */
export const widget: Widget = {
  name: 'boolean_toggle',
  types: ['boolean'],
  view: (input) => ({ ...stepable(input), checked: input.value === true }),
}
