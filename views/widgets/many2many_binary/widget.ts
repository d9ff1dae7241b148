import type { Widget } from '../widget.ts'

interface Attachment {
  readonly id: number
  readonly name?: string
  readonly display_name?: string
  readonly mimetype?: string
}

/** Attachments: files to download, add and take away. */
export const widget: Widget = {
  name: 'many2many_binary',
  types: ['many2many', 'one2many'],
  specification: () => ({ fields: { display_name: {}, name: {}, mimetype: {} } }),
  view: ({ value, place, record }) => ({
    model: place.model,
    record: typeof record['id'] === 'number' ? record['id'] : '',
    accept:
      typeof place.options['accepted_file_extensions'] === 'string' ? place.options['accepted_file_extensions'] : null,
    files: ((Array.isArray(value) ? value : []) as readonly Attachment[]).map(
      ({ id, name, display_name, mimetype }) => ({
        id,
        name: name || display_name,
        href: `/web/content/${id}?download=true`,
        picture: mimetype?.startsWith('image/') ? `/web/image/${id}/64x64` : null,
      }),
    ),
  }),
}
