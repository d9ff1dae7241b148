import type { Widget } from '../widget.ts'

interface Tag {
  readonly id: number
  readonly display_name: string
  readonly color?: number
}

export const widget: Widget = {
  name: 'many2many_tags',
  types: ['many2many', 'one2many'],
  specification: ({ options }) => ({
    fields: { display_name: {}, ...(options['color_field'] ? { [String(options['color_field'])]: {} } : {}) },
  }),
  view: ({ value, place }) => {
    const color = place.options['color_field'] as string | undefined
    const tags = (Array.isArray(value) ? value : []) as readonly (Tag & Readonly<Record<string, unknown>>)[]
    return {
      model: place.description.relation,
      tags: tags.map((tag) => ({ id: tag.id, text: tag.display_name, color: color ? Number(tag[color] ?? 0) : 0 })),
    }
  },
}
