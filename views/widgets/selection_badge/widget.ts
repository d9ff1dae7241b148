import { allRecords, choicesOf, namedOf, textOf, type Widget } from '../widget.ts'

/** All values of a selection or many2one as badges, one of them chosen. */
export const widget: Widget = {
  name: 'selection_badge',
  types: ['selection', 'many2one'],
  specification: ({ description }) => (description.type === 'many2one' ? { fields: { display_name: {} } } : {}),
  choices: allRecords,
  view: (input) => {
    const choices = choicesOf(input)
    return {
      // the chosen one again takes it away, where the field may be empty
      choices: choices.map((one) => ({ ...one, next: one.selected ? '' : one.key })),
      text:
        namedOf(input.value)?.display_name ?? choices.find(({ selected }) => selected)?.label ?? textOf(input.value),
    }
  },
}
