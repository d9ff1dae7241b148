import { choicesOf, domainOf, type Widget } from '../widget.ts'

/** The stages of a record as steps; `statusbar_visible` names those that are always shown, others fold under "…" unless current. */
export const widget: Widget = {
  name: 'statusbar',
  types: ['selection', 'many2one'],
  specification: ({ description }) => (description.type === 'many2one' ? { fields: { display_name: {} } } : {}),
  choices: (place) => {
    const { relation } = place.description
    if (!relation) return null
    const fold = place.options['fold_field']
    return { model: relation, domain: domainOf(place), ...(typeof fold === 'string' ? { foldField: fold } : {}) }
  },
  view: (input) => {
    const { place } = input
    const visible = (place.attributes['statusbar_visible'] ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean)
    const isSelection = place.description.type === 'selection'
    const all = choicesOf(input)
    const at = all.findIndex(({ selected }) => selected)
    const steps = all.map(({ key, label, selected, folded }, i) => ({
      key,
      label,
      current: selected,
      done: i < at,
      hidden: !selected && (folded || (visible.length > 0 && !visible.includes(String(key)))),
    }))
    return {
      // stages are there to be clicked; a selection only where the arch says so
      clickable: 'clickable' in place.options ? Boolean(place.options['clickable']) : !isSelection,
      steps: steps.filter(({ hidden }) => !hidden),
      all: steps,
      folded: steps.some(({ hidden }) => hidden) ? steps.filter(({ hidden }) => hidden) : null,
      currentLabel: steps[at]?.label ?? '',
    }
  },
}
