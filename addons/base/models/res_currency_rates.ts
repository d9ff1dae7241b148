import { field, roundTo, sql, today, type Recs, type RecordsOf } from '#core'
import { CURRENCY_NOT_ONE } from '../errors.ts'
import { ResCurrency } from './res_currency.ts'

declare module '#core' {
  interface Context {
    /** The day that rates of currencies are read for, `YYYY-MM-DD`; by default today. */
    readonly date?: string | null
  }
}

export class ResCurrencyRatesFields {
  rate_ids = field.one2many('res.currency.rate', 'currency_id', { string: 'Rates' })
  rate = field.float({ string: 'Current Rate', help: "How much of it one unit of the company's currency buys." })
  inverse_rate = field.float({ help: "How much of the company's currency one unit of it buys." })
  rate_string = field.char()
  date = field.date({ string: 'Date', help: 'The day of the last rate.' })
  is_current_company_currency = field.boolean()
}

export const ResCurrencyRates = ResCurrency.extend(
  ResCurrencyRatesFields,
  (Base) =>
    class extends Base {
      /**
       * Rates of the currencies of the set on a day (`YYYY-MM-DD`), all against one common reference: the last one up to
       * that day, else the first one ever, else 1. Rates of the company come before shared ones.
       */
      async _get_rates(company: number, date: string): Promise<ReadonlyMap<number, number>> {
        const rates = new Map(this.ids.map((id) => [id, 1]))
        if (this.length === 0) return rates
        const { connection, dialect } = this.env
        const rows = await connection.rows<{ currency_id: number; rate: number }>(sql`
      SELECT currency_id, rate FROM (
        SELECT currency_id, rate, ROW_NUMBER() OVER (
          PARTITION BY currency_id
          ORDER BY CASE WHEN name <= ${date} THEN 0 ELSE 1 END, CASE WHEN company_id IS NULL THEN 1 ELSE 0 END,
            CASE WHEN name <= ${date} THEN name END DESC, name
        ) AS place
        FROM res_currency_rate
        WHERE ${dialect.anyOf(sql`currency_id`, this.ids)} AND (company_id IS NULL OR company_id = ${company})
      ) AS ranked WHERE place = 1`)
        for (const row of rows) rates.set(row.currency_id, row.rate)
        return rates
      }

      /** What one unit of the one currency of the set is worth in another currency on a day. */
      async _get_conversion_rate(
        to_currency: number | Recs<'res.currency'>,
        company: number | Recs<'res.company'> = this.env.companyId,
        date: string = today(this.env.zone),
      ): Promise<number> {
        const [from, to] = [oneId(this), oneId(to_currency)]
        if (from === to) return 1
        const rates = await this.browse([from, to])._get_rates(oneId(company), date)
        return (rates.get(to) ?? 1) / (rates.get(from) ?? 1)
      }

      /**
       * An amount of the one currency of the set in another currency, rounded as that one is unless told otherwise. For
       * many amounts ask `_get_rates` once and multiply.
       */
      async _convert(
        from_amount: number,
        to_currency: number | Recs<'res.currency'>,
        company: number | Recs<'res.company'> = this.env.companyId,
        date: string = today(this.env.zone),
        round = true,
      ): Promise<number> {
        const rate = from_amount === 0 ? 1 : await this._get_conversion_rate(to_currency, company, date)
        return round ? this.browse([oneId(to_currency)]).round(from_amount * rate) : from_amount * rate
      }
    },
)

/** @throws CURRENCY_NOT_ONE */
function oneId(record: number | { readonly ids: readonly number[] }): number {
  if (typeof record === 'number') return record
  const [id, ...others] = record.ids
  if (id === undefined || others.length > 0) throw new CURRENCY_NOT_ONE(record.ids.length)
  return id
}

ResCurrencyRates.computeBatch('rate', [], async (currencies, env) => {
  const all = env['res.currency']
  const company = await companyCurrency(all)
  const ids = currencies.map((currency) => currency.id)
  const rates = await all
    .browse([...new Set([...ids, company.id])])
    ._get_rates(env.companyId, env.context.date || today(env.zone))
  return new Map(ids.map((id) => [id, (rates.get(id) ?? 1) / (rates.get(company.id) ?? 1)]))
})
  .compute('inverse_rate', ['rate'], ({ rate }) => (rate ? 1 / rate : 0))
  .computeBatch('rate_string', ['name', 'rate'], async (currencies, env) => {
    const company = await companyCurrency(env['res.currency'])
    return new Map(
      currencies.map(({ id, name, rate }) => [
        id,
        id === company.id ? '' : `1 ${company.name} = ${roundTo(rate, { digits: 6 }).toFixed(6)} ${name}`,
      ]),
    )
  })
  .computeBatch('date', [], async (currencies, env) => {
    const ids = currencies.map((currency) => currency.id)
    const rows = await env.connection.rows<{ currency_id: number; name: string }>(sql`
      SELECT currency_id, MAX(name) AS name FROM res_currency_rate
      WHERE ${env.dialect.anyOf(sql`currency_id`, ids)} AND (company_id IS NULL OR company_id = ${env.companyId})
      GROUP BY currency_id`)
    const last = new Map(rows.map((row) => [row.currency_id, row.name]))
    return new Map(ids.map((id) => [id, last.get(id) ?? null]))
  })
  .computeBatch('is_current_company_currency', [], async (currencies, env) => {
    const company = await companyCurrency(env['res.currency'])
    return new Map(currencies.map(({ id }) => [id, id === company.id]))
  })

/** The currency of the company that the call works in. */
async function companyCurrency(
  currencies: Recs<'res.currency'>,
): Promise<{ readonly id: number; readonly name: string }> {
  const { env } = currencies.sudo('amounts are shown against the currency of the company, whoever sees it')
  const [company] = await env['res.company'].browse([env.companyId]).load(['currency_id.name'])
  return company?.currency_id ?? { id: 0, name: '' }
}

declare module './res_currency.ts' {
  interface ResCurrencyFields extends ResCurrencyRatesFields {}
  interface ResCurrency extends RecordsOf<typeof ResCurrencyRates> {}
}
