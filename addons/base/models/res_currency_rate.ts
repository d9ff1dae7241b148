import { field, model, today, type Env, type Recs, type RecordsOf, type Values } from '#core'

export class ResCurrencyRateFields {
  name = field.date({ string: 'Date', required: true, index: true, default: (env) => today(env.zone) })
  rate = field.float({
    string: 'Technical Rate',
    aggregator: null,
    default: 1,
    help: 'How much of the currency one unit of the common reference of all rates buys.',
  })
  company_rate = field.float({
    string: 'Company Rate',
    readonly: false,
    aggregator: null,
    help: "How much of the currency one unit of the company's currency buys.",
  })
  inverse_company_rate = field.float({
    string: 'Inverse Company Rate',
    readonly: false,
    aggregator: null,
    help: "How much of the company's currency one unit of the currency buys.",
  })
  currency_id = field.many2one('res.currency', { string: 'Currency', required: true, ondelete: 'cascade', index: true })
  company_id = field.many2one('res.company', {
    string: 'Company',
    default: (env) => env.companyId,
    help: 'For all companies when empty.',
  })
}

/** What decides about the reference of a rate: its day and the company that it is for. */
interface Moment {
  readonly name: string
  readonly company: number
}

export const ResCurrencyRate = model(
  'res.currency.rate',
  ResCurrencyRateFields,
  {
    description: 'Currency Rate',
    order: 'name desc, id',
    sqlConstraints: {
      unique_name_per_day: ['unique (name, currency_id, company_id)', 'Only one currency rate per day allowed!'],
      currency_rate_check: ['check (rate > 0)', 'The currency rate must be strictly positive.'],
    },
  },
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'res.currency.rate'>[]): Promise<Recs<'res.currency.rate'>> {
        if (!values.some(isAgainstCompany)) return super.create(values)
        const defaults = { name: today(this.env.zone), company: this.env.companyId }
        const references = await referenceRates(
          values.map((one) => momentOf(one, defaults)),
          this.env,
        )
        return super.create(values.map((one, i) => withTechnicalRate(one, references[i] ?? 1)))
      }

      override async write(values: Values<'res.currency.rate'>): Promise<void> {
        if (!isAgainstCompany(values)) return super.write(values)
        const rates = await this.load(['name', 'company_id'])
        const moments = rates.map((rate) =>
          momentOf(values, { name: rate.name, company: rate.company_id?.id ?? this.env.companyId }),
        )
        const references = await referenceRates(moments, this.env)
        // rates of one day have one reference, so that there are hardly ever two of them in one call
        for (const reference of new Set(references)) {
          const ids = rates.filter((_, i) => references[i] === reference).map((rate) => rate.id)
          await this.browse(ids)._write_technical(withTechnicalRate(values, reference))
        }
      }

      /** Writes values that hold the technical rate already. */
      async _write_technical(values: Values<'res.currency.rate'>): Promise<void> {
        await super.write(values)
      }
    },
)

ResCurrencyRate.computeBatch('company_rate', ['rate', 'name', 'company_id'], async (rates, env) => {
  const references = await referenceRates(
    rates.map((rate) => draftMoment(rate, env)),
    env,
  )
  return new Map(rates.map((rate, i) => [rate.id, (rate.rate || 1) / (references[i] ?? 1)]))
})
  .compute('inverse_company_rate', ['company_rate'], ({ company_rate }) => (company_rate ? 1 / company_rate : 0))
  .onchange(['company_rate'], ['company_rate', 'name', 'company_id'], async (rate, env) => {
    const [reference = 1] = await referenceRates([draftMoment(rate, env)], env)
    return { values: { rate: rate.company_rate * reference } }
  })
  .onchange(['inverse_company_rate'], ['inverse_company_rate', 'name', 'company_id'], async (rate, env) => {
    const [reference = 1] = await referenceRates([draftMoment(rate, env)], env)
    return rate.inverse_company_rate ? { values: { rate: reference / rate.inverse_company_rate } } : undefined
  })

/** Whether the rate is given against the company's currency and not against the common reference. */
function isAgainstCompany(values: Values<'res.currency.rate'>): boolean {
  return values.rate === undefined && Boolean(values.company_rate ?? values.inverse_company_rate)
}

/** The values with the rate against the common reference in place of the one against the company's currency. */
function withTechnicalRate(values: Values<'res.currency.rate'>, reference: number): Values<'res.currency.rate'> {
  const { company_rate, inverse_company_rate, ...rest } = values
  if (!isAgainstCompany(values)) return rest
  return { ...rest, rate: company_rate ? company_rate * reference : reference / (inverse_company_rate ?? 1) }
}

function momentOf(values: Values<'res.currency.rate'>, fallback: Moment): Moment {
  const company = typeof values.company_id === 'object' ? values.company_id?.ids[0] : values.company_id
  return { name: values.name ?? fallback.name, company: company ?? fallback.company }
}

function draftMoment(
  rate: { readonly name: string | null; readonly company_id: { readonly id: number } | null },
  env: Env,
): Moment {
  return { name: rate.name ?? today(env.zone), company: rate.company_id?.id ?? env.companyId }
}

/** For each moment the rate of the company's own currency: 1 as long as rates are kept against that currency. */
async function referenceRates(moments: readonly Moment[], caller: Env): Promise<number[]> {
  const env = caller.sudo('a rate is relative to the currency of its company, whoever sees that company')
  const ids = [...new Set(moments.map((moment) => moment.company))]
  const companies = new Map(
    (await env['res.company'].browse(ids).load(['currency_id'])).map((company) => [company.id, company.currency_id.id]),
  )
  const found = await env['res.currency.rate'].search([['currency_id', 'in', [...companies.values()]]], {
    order: 'name, id',
  })
  const rates = await found.load(['name', 'rate', 'currency_id', 'company_id'])
  return moments.map(({ name, company }) => {
    const own = rates.filter(
      (rate) =>
        rate.currency_id.id === companies.get(company) && (rate.company_id === null || rate.company_id.id === company),
    )
    return (own.findLast((rate) => rate.name <= name) ?? own[0])?.rate ?? 1
  })
}

export interface ResCurrencyRate extends RecordsOf<typeof ResCurrencyRate> {}
declare module '#core' {
  interface Models {
    'res.currency.rate': { fields: ResCurrencyRateFields; records: ResCurrencyRate }
  }
}
