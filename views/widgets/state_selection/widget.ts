import { stepable } from '../quick.ts'
import type { Widget } from '../widget.ts'

const LOOKS: Readonly<Record<string, string>> = { done: 'success', blocked: 'danger', normal: 'muted' }

/** A coloured dot with a menu of the values of a selection. */
export const widget: Widget = {
  name: 'state_selection',
  types: ['selection'],
  view: (input) => {
    const { place, value, record, view } = input
    const states = (place.description.selection ?? []).map(([key, label]) => ({
      key,
      // a record may call its states otherwise: legend_done, legend_blocked
      label: typeof record[`legend_${key}`] === 'string' ? record[`legend_${key}`] : label,
      look: LOOKS[key] ?? 'info',
      selected: key === value,
    }))
    const current = states.find(({ selected }) => selected)
    return {
      ...stepable(input),
      states,
      look: current?.look ?? 'muted',
      text: current?.label ?? '',
      quiet: view !== 'form' || Boolean(place.options['hide_label']),
    }
  },
}
