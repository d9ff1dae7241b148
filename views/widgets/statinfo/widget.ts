import { namedOf, textOf, type FieldInput, type Widget } from '../widget.ts'

const NUMBERS: ReadonlySet<string> = new Set(['integer', 'float', 'monetary', 'one2many', 'many2many'])

/** A number over what it counts, as smart buttons have them. */
export const widget: Widget = {
  name: 'statinfo',
  types: [
    'integer',
    'float',
    'monetary',
    'char',
    'text',
    'selection',
    'boolean',
    'date',
    'datetime',
    'many2one',
    'one2many',
    'many2many',
  ],
  needs: ({ attributes, options, description }) => {
    const label = options['label_field'] ?? attributes['label_field']
    const currency = description.type === 'monetary' ? [description.currency_field ?? 'currency_id'] : []
    return [...currency, ...(typeof label === 'string' ? [label] : [])]
  },
  view: (input) => {
    const { place, record } = input
    const label = place.options['label_field'] ?? place.attributes['label_field']
    return {
      stat: shown(input),
      counted: place.attributes['nolabel']
        ? ''
        : typeof label === 'string'
          ? textOf(record[label])
          : place.description.string,
    }
  },
}

function shown({ value, place, page, record }: FieldInput): string {
  const { description } = place
  if (description.type === 'monetary') {
    const currency = record[description.currency_field ?? 'currency_id']
    return page.format.amount(
      Number(value || 0),
      namedOf(currency)?.id ?? (typeof currency === 'number' ? currency : null),
    )
  }
  if (NUMBERS.has(description.type)) {
    const number = Array.isArray(value) ? value.length : Number(value || 0)
    return page.format.number(number, Number.isInteger(number) ? 0 : (description.digits || [16, 2])[1])
  }
  return namedOf(value)?.display_name ?? description.selection?.find(([key]) => key === value)?.[1] ?? textOf(value)
}
