import t from 'tap'
import { field, model, type RecordsOf } from '#core'
import { readDigits } from '#core/orm/setup/stored.ts'
import { databases } from '#test/databases.ts'
import { DIALECTS } from '#test/env.ts'
import { kinds } from '#test/models/kinds.ts'
import { plain } from '#test/plain.ts'

/* The two models that rounding looks at, with what it looks at. */
class CurrencyFields {
  name = field.char()
  rounding = field.float()
}
const Currency = model('res.currency', CurrencyFields, {}, (Base) => class extends Base {})
class PrecisionFields {
  name = field.char()
  digits = field.integer()
}
const Precision = model('decimal.precision', PrecisionFields, {}, (Base) => class extends Base {})
const rounding = { addon: 'rounding', models: [Currency, Precision] as never }

class PricedFields {
  name = field.char()
  currency_id = field.many2one('res.currency')
  amount = field.monetary()
  other_currency_id = field.many2one('res.currency')
  other = field.monetary({ currencyField: 'other_currency_id' })
  half = field.monetary({ store: true })
}
const Priced = model('kinds.priced', PricedFields, { description: 'Priced' }, (Base) => class extends Base {})
Priced.compute('half', ['amount'], (record) => record.amount / 2)
interface Priced extends RecordsOf<typeof Priced> {}
declare module '#core' {
  interface Models {
    'kinds.priced': { fields: PricedFields; records: Priced }
  }
}

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const open = databases(t, dialect)
    t.test('an integer is cut off behind the point, and refused beyond 32 bits', async (t) => {
      const env = await open(t, [kinds])
      const sample = await env['kinds.sample'].create([{ whole: 2.9 }])
      t.match(plain(await sample.load(['whole'])), [{ whole: 2 }])
      await sample.write({ whole: -2.9 })
      t.match(plain(await sample.load(['whole'])), [{ whole: -2 }])
      await t.rejects(sample.write({ whole: 2 ** 31 }), {
        code: 'VALUE_WRONG',
        message: /kinds\.sample\.whole: 2147483648 is not between/,
      })
      await t.rejects(sample.write({ whole: 'x' as never }), { code: 'VALUE_WRONG' })
      await t.rejects(sample.write({ ratio: Number.NaN }), { code: 'VALUE_WRONG' })
      await t.rejects(sample.write({ ratio: Infinity }), { code: 'VALUE_WRONG' })
    })

    t.test('unset numbers read as 0 and are found as 0', async (t) => {
      const env = await open(t, [kinds])
      const sample = await env['kinds.sample'].create([{}])
      t.match(plain(await sample.load(['whole', 'ratio', 'exact', 'flag'])), [
        { whole: 0, ratio: 0, exact: 0, flag: false },
      ])
      for (const name of ['whole', 'ratio', 'exact'] as const)
        t.same((await env['kinds.sample'].search([[name, '=', 0]])).ids, sample.ids, name)
      t.same((await env['kinds.sample'].search([['flag', '=', false]])).ids, sample.ids)
    })

    t.test('a float is rounded to its digits, halves away from zero', async (t) => {
      const env = await open(t, [kinds])
      const samples = await env['kinds.sample'].create([
        { exact: 1.0005 },
        { exact: -1.0005 },
        { exact: 0.1 + 0.2, ratio: 0.1 + 0.2 },
      ])
      t.match(plain(await samples.load(['exact', 'ratio'])), [
        { exact: 1.001 },
        { exact: -1.001 },
        { exact: 0.3, ratio: 0.1 + 0.2 },
      ])
    })

    t.test('a write of what rounds to the same value touches nothing', async (t) => {
      const env = await open(t, [kinds])
      const sample = await env['kinds.sample'].create([{ exact: 1.001 }])
      const before = env.connection.queries
      await sample.write({ exact: 1.00099 })
      t.equal(env.connection.queries, before)
    })

    t.test('a float follows the decimal precision that it names, two decimals without one', async (t) => {
      const env = await open(t, [rounding, kinds])
      const sample = await env['kinds.sample'].create([{ cost: 1.23456 }])
      t.match(plain(await sample.load(['cost'])), [{ cost: 1.23 }])
      await env['decimal.precision'].create([{ name: 'Test Cost', digits: 4 }])
      await readDigits(env.registry, env.connection)
      await sample.write({ cost: 1.23456 })
      t.match(plain(await sample.load(['cost'])), [{ cost: 1.2346 }])
    })

    t.test('an amount is rounded as the currency of its record is, computed ones too', async (t) => {
      const env = await open(t, [rounding, { addon: 'priced', models: [Priced] as never }])
      const [euro, yen, franc] = (
        await env['res.currency'].create([
          { name: 'EUR', rounding: 0.01 },
          { name: 'JPY', rounding: 1 },
          { name: 'CHF', rounding: 0.05 },
        ])
      ).ids as [number, number, number]
      const records = await env['kinds.priced'].create([
        { currency_id: euro, amount: 1.235, other_currency_id: yen, other: 10.5 },
        { currency_id: yen, amount: 13.2, other_currency_id: franc, other: 0.13 },
        { amount: 1.23456 },
      ])
      t.match(plain(await records.load(['amount', 'other', 'half'])), [
        { amount: 1.24, other: 11, half: 0.62 },
        { amount: 13, other: 0.15, half: 7 },
        { amount: 1.23456, half: 0.61728 },
      ])
      const [first] = records
      await first!.write({ currency_id: yen, amount: 5.4 })
      t.match(plain(await first!.load(['amount', 'half'])), [{ amount: 5, half: 3 }])
    })
  })
}
