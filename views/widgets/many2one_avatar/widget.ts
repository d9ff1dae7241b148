import { widget as many2one } from '../many2one/widget.ts'
import { namedOf, type Widget } from '../widget.ts'

/** One record of another model with its picture. */
export const widget: Widget = {
  ...many2one,
  name: 'many2one_avatar',
  view: (input) => {
    const target = namedOf(input.value)
    return {
      ...many2one.view(input),
      picture: target ? `/web/image/${input.place.description.relation ?? ''}/${target.id}/avatar_128` : null,
      initial: Array.from(target?.display_name ?? '')[0]?.toUpperCase() ?? '',
    }
  },
}
