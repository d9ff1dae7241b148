import type { Widget } from '../widget.ts'

const idOf = (value: unknown): number | null => {
  if (typeof value === 'object' && value !== null && 'id' in value) return Number(value.id)
  return typeof value === 'number' ? value : null
}

export const widget: Widget = {
  name: 'monetary',
  types: ['monetary', 'float', 'integer'],
  alignRight: true,
  needs: ({ description, options }) => [
    String(options['currency_field'] ?? description.currency_field ?? 'currency_id'),
  ],
  view: ({ value, record, page, place }) => {
    const field = String(place.options['currency_field'] ?? place.description.currency_field ?? 'currency_id')
    const currency = idOf(record[field])
    const format = currency === null ? undefined : page.format.currencies.get(currency)
    return {
      text: page.format.amount(Number(value || 0), currency),
      number: page.format.number(Number(value || 0), format?.digits ?? 2),
      symbol: format?.symbol,
      before: format?.position === 'before',
    }
  },
}
