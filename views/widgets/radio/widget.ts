import { allRecords, choicesOf, namedOf, textOf, type Widget } from '../widget.ts'

/** All values of a selection or many2one at once, one of them chosen. */
export const widget: Widget = {
  name: 'radio',
  types: ['selection', 'many2one'],
  specification: ({ description }) => (description.type === 'many2one' ? { fields: { display_name: {} } } : {}),
  choices: allRecords,
  view: (input) => {
    const choices = choicesOf(input)
    return {
      choices,
      beside: Boolean(input.place.options['horizontal']),
      text:
        namedOf(input.value)?.display_name ?? choices.find(({ selected }) => selected)?.label ?? textOf(input.value),
    }
  },
}
