import type { Widget } from '../widget.ts'

/** The stages of a record as steps; `statusbar_visible` names those that are always shown, others only while current. */
export const widget: Widget = {
  name: 'statusbar',
  types: ['selection', 'many2one'],
  specification: ({ description }) => (description.type === 'many2one' ? { fields: { display_name: {} } } : {}),
  view: ({ value, place, page }) => {
    const current = typeof value === 'object' && value !== null && 'id' in value ? value.id : value
    const visible = (place.attributes['statusbar_visible'] ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean)
    const all: readonly (readonly [key: unknown, label: string])[] =
      place.description.type === 'selection' ? (place.description.selection ?? []) : (page.choices?.[place.name] ?? [])
    const steps = all.filter(([key]) => visible.length === 0 || visible.includes(String(key)) || key === current)
    const at = steps.findIndex(([key]) => key === current)
    return {
      clickable: Boolean(place.options['clickable']),
      steps: steps.map(([key, label], i) => ({ key, label, current: i === at, done: i < at })),
    }
  },
}
