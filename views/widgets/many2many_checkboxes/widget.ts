import { allRecords, type Widget } from '../widget.ts'

/** All records that a relation may hold, each with a box to tick. */
export const widget: Widget = {
  name: 'many2many_checkboxes',
  types: ['many2many'],
  specification: () => ({ fields: { display_name: {} } }),
  choices: allRecords,
  view: ({ value, page, place }) => {
    const held = (Array.isArray(value) ? value : []) as readonly { id: number; display_name: string }[]
    const ids = new Set(held.map(({ id }) => id))
    const offered = page.choices?.[place.name] ?? []
    const known = new Set(offered.map(({ id }) => id))
    return {
      // what is held and not offered any more stays, ticked
      boxes: [...held.filter(({ id }) => !known.has(id)), ...offered].map(({ id, display_name }) => ({
        id,
        label: display_name,
        checked: ids.has(id),
      })),
      text: held.map(({ display_name }) => display_name).join(', '),
    }
  },
}
