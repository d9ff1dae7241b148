import t from 'tap'
import { databases } from '#test/databases.ts'
import { DIALECTS, settle } from '#test/env.ts'
import { plain } from '#test/plain.ts'
import { shop } from '#test/models/shop.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const open = databases(t, dialect)
    t.test('a line that moves changes the order that it leaves and the one that it joins', async (t) => {
      const env = await open(t, [shop])
      const both = await env['shop.order'].create([
        { name: 'A', line_ids: [{ create: { price: 10 } }, { create: { price: 20 } }] },
        { name: 'B', line_ids: [{ create: { price: 5 } }] },
      ])
      const [a, b] = [...both]
      const [line] = (await a!.load(['line_ids']))[0]!.line_ids
      await line!.write({ order_id: b!, price: 30 })
      t.match(plain(await both.load(['amount', 'line_ids.share'])), [
        { amount: 20, line_ids: [{ share: 1 }] },
        { amount: 35, line_ids: [{ share: 0.8571 }, { share: 0.1429 }] },
      ])
    })

    t.test('deleting a line changes its order, its product and what depends on them', async (t) => {
      const env = await open(t, [shop])
      const product = await env['shop.product'].create([{ name: 'P', price: 10 }])
      const customer = await env['shop.customer'].create([{ name: 'C' }])
      const order = await env['shop.order'].create([
        {
          name: 'A',
          customer_id: customer,
          line_ids: [{ create: { product_id: product } }, { create: { product_id: product, quantity: 2 } }],
        },
      ])
      t.match(plain(await product.load(['sold'])), [{ sold: 3 }])
      const [line] = (await order.load(['line_ids']))[0]!.line_ids
      await line!.unlink()
      t.match(plain(await order.load(['amount', 'line_ids.share'])), [{ amount: 20, line_ids: [{ share: 1 }] }])
      t.match(plain(await product.load(['sold'])), [{ sold: 2 }])
      t.match(plain(await customer.load(['ordered'])), [{ ordered: 22 }])
    })

    t.test('deleting an order changes the products of the lines that go with it', async (t) => {
      const env = await open(t, [shop])
      const product = await env['shop.product'].create([{ name: 'P', price: 10 }])
      const order = await env['shop.order'].create([
        { name: 'A', line_ids: [{ create: { product_id: product, quantity: 4 } }] },
      ])
      t.match(plain(await product.load(['sold', 'line_ids.quantity'])), [{ sold: 4, line_ids: [{ quantity: 4 }] }])
      await order.unlink()
      t.match(plain(await product.load(['sold'])), [{ sold: 0 }])
      t.same((await product.load(['line_ids']))[0]!.line_ids.ids, [])
      await settle(env)
      env.transaction.cache.clear()
      t.match(plain(await product.load(['sold'])), [{ sold: 0 }])
    })

    t.test('deleting a customer empties the field of the orders and what is computed from it', async (t) => {
      const env = await open(t, [shop])
      const customer = await env['shop.customer'].create([{ name: 'C', level: 9 }])
      const order = await env['shop.order'].create([
        { name: 'A', customer_id: customer, line_ids: [{ create: { price: 10 } }] },
      ])
      t.match(plain(await order.load(['known', 'customer_level', 'tax', 'slug'])), [
        { known: true, customer_level: 9, tax: 0, slug: 'a c' },
      ])
      await settle(env)
      env.transaction.cache.clear()
      await customer.unlink()
      t.match(plain(await order.load(['known', 'customer_id', 'customer_level', 'tax', 'slug'])), [
        { known: false, customer_id: null, customer_level: 0, tax: 1, slug: 'a ?' },
      ])
    })

    t.test('a link counts on both sides, whichever side makes or removes it', async (t) => {
      const env = await open(t, [shop])
      const tag = await env['shop.tag'].create([{ name: 'T', weight: 3 }])
      const order = await env['shop.order'].create([
        {
          name: 'A',
          tag_ids: [{ link: tag.ids[0]! }, { create: { name: 'U' } }],
          line_ids: [{ create: { price: 10 } }],
        },
      ])
      t.match(plain(await order.load(['tag_count', 'tag_weight'])), [{ tag_count: 2, tag_weight: 4 }])
      t.match(plain(await tag.load(['order_count', 'order_total'])), [{ order_count: 1, order_total: 11 }])
      await tag.write({ order_ids: [{ unlink: order.ids[0]! }], weight: 5 })
      t.match(plain(await order.load(['tag_count', 'tag_weight'])), [{ tag_count: 1, tag_weight: 1 }])
      t.match(plain(await tag.load(['order_count', 'order_total'])), [{ order_count: 0, order_total: 0 }])
      await tag.write({ order_ids: [{ set: [order.ids[0]!] }] })
      t.match(plain(await order.load(['tag_count', 'tag_weight'])), [{ tag_count: 2, tag_weight: 6 }])
      await tag.write({ weight: 7 })
      t.match(plain(await order.load(['tag_weight'])), [{ tag_weight: 8 }])
      await order.write({ tag_ids: [{ clear: true }] })
      t.match(plain(await tag.load(['order_count', 'order_total'])), [{ order_count: 0, order_total: 0 }])
    })

    t.test('deleting either end of a link changes the other', async (t) => {
      const env = await open(t, [shop])
      const tags = await env['shop.tag'].create([{ name: 'T' }, { name: 'U' }])
      const both = await env['shop.order'].create([
        { name: 'A', tag_ids: [{ set: tags.ids }] },
        { name: 'B', tag_ids: [{ set: tags.ids }] },
      ])
      await [...tags][0]!.unlink()
      t.match(plain(await both.load(['tag_count', 'tag_weight'])), [
        { tag_count: 1, tag_weight: 1 },
        { tag_count: 1, tag_weight: 1 },
      ])
      await [...both][0]!.unlink()
      t.match(plain(await [...tags][1]!.load(['order_count'])), [{ order_count: 1 }])
      await settle(env)
      env.transaction.cache.clear()
      t.match(plain(await [...tags][1]!.load(['order_count', 'order_ids.name'])), [
        { order_count: 1, order_ids: [{ name: 'B' }] },
      ])
    })

    t.test('an archived line is not among the lines, and comes back when it is restored', async (t) => {
      const env = await open(t, [shop])
      const order = await env['shop.order'].create([
        { name: 'A', line_ids: [{ create: { price: 10 } }, { create: { price: 20 } }] },
      ])
      const [line] = (await order.load(['line_ids']))[0]!.line_ids
      await line!.action_archive()
      t.match(plain(await order.load(['amount'])), [{ amount: 20 }])
      await line!.write({ price: 15 })
      t.match(plain(await line!.load(['subtotal'])), [{ subtotal: 15 }])
      await line!.action_unarchive()
      t.match(plain(await order.load(['amount'])), [{ amount: 35 }])
    })

    t.test('a value over a non-stored computed field follows what that field is made of', async (t) => {
      const env = await open(t, [shop])
      const customer = await env['shop.customer'].create([{ name: 'Ann' }])
      const order = await env['shop.order'].create([{ name: 'A', customer_id: customer }])
      t.match(plain(await order.load(['slug'])), [{ slug: 'a ann' }])
      await customer.write({ name: 'Bob' })
      await settle(env)
      await settle(env)
      env.transaction.cache.clear()
      t.match(plain(await order.load(['slug'])), [{ slug: 'a bob' }])
    })
  })
}
