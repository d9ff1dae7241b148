import { relationView } from '../many2one/widget.ts'
import { textOf, type FieldPlace, type Widget } from '../widget.ts'

interface Tag {
  readonly id: number
  readonly display_name: string
  readonly [field: string]: unknown
}

/** Records of a relation as tags, with the colours of `options.color_field`. */
export const widget: Widget = {
  name: 'many2many_tags',
  types: ['many2many', 'one2many'],
  specification: ({ options }) => ({
    fields: { display_name: {}, ...(options['color_field'] ? { [String(options['color_field'])]: {} } : {}) },
  }),
  view: ({ value, place }) => tagsView(value, place),
}

/** What templates of tags read. */
export function tagsView(value: unknown, place: FieldPlace): Readonly<Record<string, unknown>> {
  const color = place.options['color_field'] as string | undefined
  const tags = (Array.isArray(value) ? value : []) as readonly Tag[]
  return {
    ...relationView(place),
    tags: tags.map((tag) => ({
      id: tag.id,
      text: textOf(tag.display_name),
      color: color ? Number(tag[color] ?? 0) : 0,
      initial: Array.from(textOf(tag.display_name))[0]?.toUpperCase() ?? '',
      picture: `/web/image/${place.description.relation ?? ''}/${tag.id}/avatar_128`,
    })),
  }
}
