import { tagsView } from '../many2many_tags/widget.ts'
import type { Widget } from '../widget.ts'

/** People of a relation as tags with their pictures. */
export const widget: Widget = {
  name: 'many2many_tags_avatar',
  types: ['many2many', 'one2many'],
  specification: () => ({ fields: { display_name: {} } }),
  view: ({ value, place }) => tagsView(value, place),
}
