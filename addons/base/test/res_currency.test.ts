import t from 'tap'
import { countQueries, DIALECTS, openEnv } from '#test/env.ts'
import { baseRuntime } from './base-env.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const runtime = await baseRuntime(t, dialect)

    const money = async (t: Parameters<typeof openEnv>[0]) => {
      const env = await openEnv(t, runtime)
      const [usd, jpy] = await env['res.currency'].create([
        { name: 'USD', symbol: '$' },
        { name: 'JPY', symbol: '¥', rounding: 1 },
      ])
      await env['res.currency.rate'].create([
        { currency_id: usd!, name: '2025-01-01', rate: 2 },
        { currency_id: usd!, name: '2025-06-01', rate: 4 },
        { currency_id: jpy!, name: '2025-01-01', rate: 160 },
      ])
      return { env, usd: usd!, jpy: jpy!, eur: env['res.currency'].browse([1]) }
    }

    t.test('rounds to its rounding, halves away from zero', async (t) => {
      const { env } = await money(t)
      const coarse = await env['res.currency'].create([{ name: 'XXX', symbol: '¤', rounding: 0.05 }])
      t.same(
        await Promise.all([10.126, 10.124, -10.126, 2.675].map((amount) => coarse.round(amount))),
        [10.15, 10.1, -10.15, 2.7],
      )
      t.same([await coarse.is_zero(0.02), await coarse.is_zero(0.03)], [true, false])
      t.same([await coarse.compare_amounts(1.01, 1.02), await coarse.compare_amounts(1.1, 1.02)], [0, 1])
      t.match(await coarse.load(['decimal_places']), [{ decimal_places: 2 }])
      await t.rejects(env['res.currency'].browse([1, coarse.ids[0]!]).round(1), { code: 'CURRENCY_NOT_ONE' })
    })

    t.test('the rate is the last one up to the day of the context, else the first one', async (t) => {
      const { usd } = await money(t)
      const rate = async (date: string): Promise<unknown> =>
        (await usd.withContext({ date }).load(['rate', 'inverse_rate']))[0]
      t.match(await rate('2024-12-31'), { rate: 2, inverse_rate: 0.5 })
      t.match(await rate('2025-01-01'), { rate: 2, inverse_rate: 0.5 })
      t.match(await rate('2025-05-31'), { rate: 2, inverse_rate: 0.5 })
      t.match(await rate('2025-06-01'), { rate: 4, inverse_rate: 0.25 })
      t.match(
        await usd.withContext({ date: '2025-03-01' }).load(['rate_string', 'date', 'is_current_company_currency']),
        [{ rate_string: '1 EUR = 2.000000 USD', date: '2025-06-01', is_current_company_currency: false }],
      )
    })

    t.test('reading the rates of all currencies takes no query per currency', async (t) => {
      const { env, usd, jpy, eur } = await money(t)
      const all = env['res.currency'].browse([usd, jpy, eur].flatMap((one) => one.ids))
      await all.load(['name'])
      const few = await countQueries(env, () => usd.withContext({ date: '2025-02-01' }).load(['rate']))
      t.equal(await countQueries(env, () => all.withContext({ date: '2025-02-01' }).load(['rate'])), few)
    })

    t.test('rates of the own company come before shared ones, those of others do not count', async (t) => {
      const { env, usd } = await money(t)
      const other = await env['res.company'].create([{ name: 'Other' }])
      await env['res.currency.rate'].create([
        { currency_id: usd, name: '2025-07-01', rate: 5, company_id: null },
        { currency_id: usd, name: '2025-07-02', rate: 9, company_id: other },
      ])
      t.equal((await usd._get_rates(1, '2025-08-01')).get(usd.ids[0]!), 4)
      t.equal((await usd._get_rates(other.ids[0]!, '2025-08-01')).get(usd.ids[0]!), 9)
    })

    t.test('converts over the common reference and rounds as the target does', async (t) => {
      const { usd, jpy, eur } = await money(t)
      t.equal(await eur._convert(10.01, usd, 1, '2025-02-01'), 20.02)
      t.equal(await usd._convert(10.01, eur, 1, '2025-02-01'), 5.01)
      t.equal(await usd._convert(10.01, eur, 1, '2025-02-01', false), 5.005)
      t.equal(await usd._convert(1.11, jpy, 1, '2025-02-01'), 89)
      t.equal(await usd._convert(1.117, usd), 1.12)
    })

    t.test("rates can be given against the company's currency, either way round", async (t) => {
      const { env, eur, usd } = await money(t)
      await env['res.currency.rate'].create([{ currency_id: eur, name: '2025-01-01', rate: 2 }])
      const [a, b] = await env['res.currency.rate'].create([
        { currency_id: usd, name: '2025-09-01', company_rate: 1.5 },
        { currency_id: usd, name: '2025-10-01', inverse_company_rate: 0.5 },
      ])
      t.match(await a!.load(['rate', 'company_rate']), [{ rate: 3, company_rate: 1.5 }])
      t.match(await b!.load(['rate', 'company_rate', 'inverse_company_rate']), [
        { rate: 4, company_rate: 2, inverse_company_rate: 0.5 },
      ])
      await a!.write({ inverse_company_rate: 0.25 })
      t.match(await a!.load(['rate', 'company_rate']), [{ rate: 8, company_rate: 4 }])
    })

    t.test('refuses a second rate of a day, a rate of zero, a second currency of one name', async (t) => {
      const { env, usd } = await money(t)
      const refused = (work: () => Promise<unknown>, message: string) =>
        t.rejects(env.connection.savepoint(work), { message })
      const rates = env['res.currency.rate']
      await refused(
        () => rates.create([{ currency_id: usd, name: '2025-01-01', rate: 3 }]),
        'Only one currency rate per day allowed!',
      )
      await refused(
        () => rates.create([{ currency_id: usd, name: '2025-01-02', rate: 0 }]),
        'The currency rate must be strictly positive.',
      )
      await refused(
        () => env['res.currency'].create([{ name: 'USD', symbol: '$' }]),
        'The currency code must be unique!',
      )
    })

    t.test('the currency of a company cannot be archived, others can', async (t) => {
      const { eur, usd } = await money(t)
      await t.rejects(eur.write({ active: false }), { code: 'CURRENCY_IN_USE' })
      await usd.action_archive()
      t.match(await usd.load(['active']), [{ active: false }])
    })
  })
}
