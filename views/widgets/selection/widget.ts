import { allRecords, choicesOf, namedOf, textOf, type Widget } from '../widget.ts'

/** One of several values; of a many2one, one of all its records. */
export const widget: Widget = {
  name: 'selection',
  types: ['selection', 'many2one'],
  specification: ({ description }) => (description.type === 'many2one' ? { fields: { display_name: {} } } : {}),
  choices: allRecords,
  view: (input) => {
    const { place, value } = input
    const known = choicesOf(input)
    const target = namedOf(value)
    const missing = target && !known.some(({ selected }) => selected)
    const options = missing
      ? [{ key: target.id, label: target.display_name, folded: false, selected: true }, ...known]
      : known
    return {
      options,
      placeholder: place.attributes['placeholder'] ?? '',
      text: target?.display_name ?? options.find(({ selected }) => selected)?.label ?? textOf(value),
    }
  },
}
