import { field, model, type RecordsOf } from '#core'
import { invalidating } from './invalidating.ts'

/** Decimals where no precision has the name that is asked for. */
const DEFAULT_DIGITS = 2

export class DecimalPrecisionFields {
  name = field.char({ string: 'Usage', required: true })
  digits = field.integer({ required: true, default: DEFAULT_DIGITS })
}

export const DecimalPrecision = model(
  'decimal.precision',
  DecimalPrecisionFields,
  {
    description: 'Decimal Precision',
    order: 'name, id',
    sqlConstraints: {
      name_uniq: ['unique (name)', 'Only one value can be defined for each given usage!'],
      digits_positive: ['check (digits >= 0)', 'A number of decimals cannot be negative.'],
    },
  },
  (Base) =>
    class extends invalidating(Base, 'digits') {
      /** The number of decimals that values of a usage keep. */
      async precision_get(application: string): Promise<number> {
        const all = this.env.sudo('whoever sees numbers may know how they are rounded')['decimal.precision']
        const [found] = await (await all.search([['name', '=', application]], { limit: 1 })).load(['digits'])
        return found?.digits ?? DEFAULT_DIGITS
      }
    },
)

DecimalPrecision.callable('precision_get', { on: 'model', readonly: true, params: { application: { type: 'string' } } })

export interface DecimalPrecision extends RecordsOf<typeof DecimalPrecision> {}
declare module '#core' {
  interface Models {
    'decimal.precision': { fields: DecimalPrecisionFields; records: DecimalPrecision }
  }
}
