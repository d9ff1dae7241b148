import { Formatter, type CurrencyFormat } from '../../views/format.ts'
import type { FieldDescription, Fields, PageContext } from '../../views/page.ts'
import { translator } from '../../views/translate.ts'

const CURRENCIES: ReadonlyMap<number, CurrencyFormat> = new Map([
  [1, { symbol: '€', position: 'after', digits: 2 }],
  [2, { symbol: '$', position: 'before', digits: 2 }],
])

/** What views are drawn with, in a language, in Brussels. */
export function pageIn(lang: string): PageContext {
  return {
    format: new Formatter(lang, 'Europe/Brussels', CURRENCIES),
    translate: translator(lang),
    models: {},
    context: { lang, uid: 2 },
    today: '2026-11-27',
  }
}

/** Descriptions of fields, by name: the type and what else there is to say. */
export function fieldsOf(
  described: Readonly<Record<string, Partial<FieldDescription> & { readonly type: string }>>,
): Fields {
  return Object.fromEntries(
    Object.entries(described).map(([name, more]) => [
      name,
      { name, string: name, groupable: true, store: true, ...more },
    ]),
  )
}

/** Orders as a report of sales knows them. */
export const ORDERS = fieldsOf({
  id: { type: 'integer', aggregator: 'sum' },
  date: { type: 'date', string: 'Date' },
  customer_id: { type: 'many2one', string: 'Customer' },
  state: {
    type: 'selection',
    string: 'Status',
    selection: [
      ['draft', 'Quotation'],
      ['sale', 'Order'],
    ],
  },
  paid: { type: 'boolean', string: 'Paid' },
  amount: { type: 'monetary', string: 'Amount', aggregator: 'sum', groupable: false, currency_field: 'currency_id' },
  lines: { type: 'integer', string: 'Lines', aggregator: 'sum', groupable: false },
  margin: { type: 'float', string: 'Margin', aggregator: 'avg', groupable: false, digits: [16, 3] },
  note: { type: 'text', string: 'Note', groupable: false },
})
