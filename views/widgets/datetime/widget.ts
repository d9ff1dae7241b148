import { toLocalInput } from '../../moments.ts'
import { textOf, type Widget } from '../widget.ts'

export const widget: Widget = {
  name: 'datetime',
  types: ['datetime'],
  view: ({ value, page }) => {
    const text = textOf(value)
    return {
      local: text && toLocalInput(text, page.format.zone),
      text: text && page.format.datetime(text),
      zone: page.format.zone,
    }
  },
}
