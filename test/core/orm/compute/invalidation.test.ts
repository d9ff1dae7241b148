import t from 'tap'
import type { Env } from '#core'
import { databases } from '#test/databases.ts'
import { countQueries, DIALECTS, settle } from '#test/env.ts'
import { plain } from '#test/plain.ts'
import { ran, shop } from '#test/models/shop.ts'

/** What ran while the work was done and settled, each name once, sorted. */
async function ranDuring(env: Env, work: () => Promise<unknown>): Promise<string[]> {
  await settle(env)
  ran.length = 0
  await work()
  await settle(env)
  return [...new Set(ran)].sort()
}

const orders = (env: Env, count: number) =>
  env['shop.order'].create(
    Array.from({ length: count }, (_, i) => ({
      name: `O${i}`,
      line_ids: [{ create: { price: 10, quantity: 2 } }, { create: { price: 5 } }],
    })),
  )

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const open = databases(t, dialect)
    t.test('a write that changes nothing computes nothing and sends nothing', async (t) => {
      const env = await open(t, [shop])
      const order = await orders(env, 1)
      const [line] = (await order.load(['line_ids.price']))[0]!.line_ids
      await settle(env)
      t.same(await ranDuring(env, () => line!.write({ price: 10, quantity: 2, order_id: order })), [])
      t.equal(
        await countQueries(env, async () => {
          await line!.write({ price: 10, quantity: 2, order_id: order })
          await settle(env)
        }),
        0,
      )
    })

    t.test('a write to a field that nothing depends on computes nothing', async (t) => {
      const env = await open(t, [shop])
      const order = await orders(env, 1)
      t.same(await ranDuring(env, () => order.write({ note: 'x' })), [])
    })

    t.test('a write computes what depends on it, and nothing beside', async (t) => {
      const env = await open(t, [shop])
      const order = await orders(env, 1)
      const [line] = (await order.load(['line_ids']))[0]!.line_ids
      t.same(await ranDuring(env, () => line!.write({ quantity: 3 })), [
        'line.share',
        'line.subtotal',
        'order.amount',
        'order.tax',
        'order.total',
      ])
      t.same(await ranDuring(env, () => order.write({ name: 'N' })), ['order.slug'])
    })

    t.test('a value that comes out the same ends the chain', async (t) => {
      const env = await open(t, [shop])
      const order = await orders(env, 1)
      const [line] = (await order.load(['line_ids']))[0]!.line_ids
      t.same(await ranDuring(env, () => line!.write({ quantity: 4, price: 5 })), ['line.subtotal'])
    })

    t.test('each value is computed once, however many lines of it change', async (t) => {
      const env = await open(t, [shop])
      const order = await orders(env, 1)
      const { line_ids: lines } = (await order.load(['line_ids']))[0]!
      await settle(env)
      ran.length = 0
      await lines.write({ quantity: 7 })
      await settle(env)
      t.equal(ran.filter((name) => name === 'order.amount').length, 1)
      t.equal(ran.filter((name) => name === 'order.total').length, 1)
      t.equal(ran.filter((name) => name === 'line.subtotal').length, 2)
    })

    t.test('writes a recomputed value in one statement per model, and 40 orders take as many as 2', async (t) => {
      const env = await open(t, [shop])
      const cost = async (count: number): Promise<number[]> => {
        const created = await countQueries(env, async () => {
          await orders(env, count)
          await settle(env)
        })
        const made = await env['shop.order'].search([], { limit: count, order: 'id desc' })
        const lines = await env['shop.line'].search([['order_id', 'in', [...made.ids]]])
        await settle(env)
        env.transaction.cache.clear()
        const changed = await countQueries(env, async () => {
          await lines.write({ quantity: 9 })
          await settle(env)
        })
        await settle(env)
        env.transaction.cache.clear()
        const loaded = await countQueries(env, () =>
          made.load(['total', 'slug', 'label', 'line_ids.share', 'line_ids.product_id.name', 'tag_ids.name']),
        )
        return [created, changed, loaded]
      }
      await orders(env, 1)
      await settle(env)
      const two = await cost(2)
      t.same(await cost(40), two)
    })

    t.test('a field that was given in the same write is kept, whatever it is computed from', async (t) => {
      const env = await open(t, [shop])
      const products = await env['shop.product'].create([
        { name: 'A', price: 3 },
        { name: 'B', price: 4 },
      ])
      const [a, b] = products.ids as [number, number]
      const order = await env['shop.order'].create([
        { name: 'O', line_ids: [{ create: { product_id: a } }, { create: { product_id: a, price: 9 } }] },
      ])
      const [first, second] = (await order.load(['line_ids.price']))[0]!.line_ids
      t.same([first!.price, second!.price], [3, 9])
      await first!.write({ product_id: b, price: 7 })
      await second!.write({ product_id: b })
      t.match(plain(await order.load(['line_ids.price', 'total'])), [
        { line_ids: [{ price: 7 }, { price: 4 }], total: 12.1 },
      ])
    })

    t.test('answers the same whatever is read first', async (t) => {
      const env = await open(t, [shop])
      const customer = await env['shop.customer'].create([{ name: 'C', level: 1 }])
      const order = await orders(env, 1)
      const paths = ['total', 'slug', 'tax', 'customer_level', 'amount'] as const
      const results = new Set<string>()
      for (const [i] of paths.entries()) {
        await order.write({ customer_id: null })
        await customer.write({ level: 1, name: 'C' })
        await settle(env)
        await order.write({ customer_id: customer })
        await customer.write({ level: 9, name: 'D' })
        for (const path of [...paths.slice(i), ...paths.slice(0, i)]) await order.load([path])
        for (const { total, slug, tax, customer_level, amount } of await order.load(paths))
          results.add(JSON.stringify([total, slug, tax, customer_level, amount]))
      }
      t.same([...results], [JSON.stringify([25, 'o0 d', 0, 9, 25])])
    })

    t.test('what is searched is up to date, and so is what another call finds', async (t) => {
      const env = await open(t, [shop])
      const order = await orders(env, 1)
      const [line] = (await order.load(['line_ids']))[0]!.line_ids
      await line!.write({ quantity: 100 })
      t.equal(await env['shop.order'].search_count([['total', '>', 1000]]), 1)
      await settle(env)
      env.transaction.cache.clear()
      t.match(plain(await order.load(['total', 'amount', 'tax'])), [{ total: 1105.5, amount: 1005, tax: 100.5 }])
    })
  })
}
