import { compare, field, isZero, model, roundTo, type RecordsOf, type Values } from '#core'
import { CURRENCY_IN_USE, CURRENCY_NOT_ONE } from '../errors.ts'
import { invalidating } from './invalidating.ts'

export class ResCurrencyFields {
  name = field.char({ string: 'Currency', size: 3, required: true, help: 'The three letters of ISO 4217.' })
  iso_numeric = field.integer({ string: 'Currency numeric code', aggregator: null, help: 'The number of ISO 4217.' })
  full_name = field.char({ string: 'Name', translate: true })
  symbol = field.char({ required: true, help: 'What stands beside amounts.' })
  rounding = field.float({
    string: 'Rounding Factor',
    digits: 6,
    default: 0.01,
    aggregator: null,
    help: 'Amounts are rounded off to the nearest multiple of this.',
  })
  decimal_places = field.integer({ store: true, aggregator: null })
  active = field.boolean({ default: true })
  position = field.selection(
    { after: 'After Amount', before: 'Before Amount' },
    {
      string: 'Symbol Position',
      default: 'after',
    },
  )
  currency_unit_label = field.char({ string: 'Currency Unit', translate: true })
  currency_subunit_label = field.char({ string: 'Currency Subunit', translate: true })
}

export const ResCurrency = model(
  'res.currency',
  ResCurrencyFields,
  {
    description: 'Currency',
    order: 'active desc, name, id',
    recNamesSearch: ['name', 'full_name'],
    sqlConstraints: {
      unique_name: ['unique (name)', 'The currency code must be unique!'],
      rounding_gt_zero: ['check (rounding > 0)', 'The rounding factor must be greater than 0!'],
    },
  },
  (Base) =>
    class extends invalidating(Base, 'currencies') {
      override async write(values: Values<'res.currency'>): Promise<void> {
        if (values.active === false) await this._check_unused()
        await super.write(values)
      }

      /** The amount as the one currency of the set rounds it, halves away from zero. */
      async round(amount: number): Promise<number> {
        return roundTo(amount, { rounding: await this._rounding() })
      }

      /** Whether the amount is nothing once it is rounded. */
      async is_zero(amount: number): Promise<boolean> {
        return isZero(amount, await this._rounding())
      }

      /** -1, 0 or 1 as the first amount is less than, equal to or more than the second one once both are rounded. */
      async compare_amounts(amount1: number, amount2: number): Promise<-1 | 0 | 1> {
        return compare(amount1, amount2, await this._rounding())
      }

      /** @throws CURRENCY_NOT_ONE */
      async _rounding(): Promise<number> {
        const [currency, ...others] = await this.load(['rounding'])
        if (!currency || others.length > 0) throw new CURRENCY_NOT_ONE(this.length)
        return currency.rounding
      }

      /** @throws CURRENCY_IN_USE for currencies that a company keeps its books in */
      async _check_unused(): Promise<void> {
        const companies = this.env.sudo('a currency is in use whoever sees the company')['res.company']
        const using = await (await companies.search([['currency_id', 'in', this.ids]])).load(['currency_id.name'])
        if (using.length > 0) throw new CURRENCY_IN_USE([...new Set(using.map((company) => company.currency_id.name))])
      }
    },
)

const AMOUNT = { type: 'number' }
ResCurrency.callable('round', { readonly: true, params: { amount: AMOUNT } })
  .callable('is_zero', { readonly: true, params: { amount: AMOUNT } })
  .callable('compare_amounts', { readonly: true, params: { amount1: AMOUNT, amount2: AMOUNT } })
  .compute('decimal_places', ['rounding'], ({ rounding }) =>
    rounding > 0 && rounding < 1 ? Math.ceil(roundTo(Math.log10(1 / rounding), { digits: 9 })) : 0,
  )

export interface ResCurrency extends RecordsOf<typeof ResCurrency> {}
declare module '#core' {
  interface Models {
    'res.currency': { fields: ResCurrencyFields; records: ResCurrency }
  }
}
