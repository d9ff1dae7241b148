import { stepable } from '../quick.ts'
import type { Widget } from '../widget.ts'

/** A star, set or not. */
export const widget: Widget = {
  name: 'boolean_favorite',
  types: ['boolean'],
  view: (input) => {
    const checked = input.value === true
    const { translate } = input.page
    return {
      ...stepable(input),
      checked,
      next: String(!checked),
      says: translate(checked ? 'Remove from favorites' : 'Add to favorites'),
      icon: checked ? 'star-fill' : 'star',
      quiet: Boolean(input.place.attributes['nolabel']) || input.view !== 'form',
    }
  },
}
