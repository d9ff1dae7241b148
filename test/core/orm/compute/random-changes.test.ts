import fc from 'fast-check'
import t from 'tap'
import type { Env } from '#core'
import { DIALECTS, layersRuntime } from '#test/env.ts'
import { shop } from '#test/models/shop.ts'

/* Whatever is changed in whatever order, stored values are what one would compute from the data at the end. */

const SYSTEM = { uid: 1, su: true }
const PATHS = ['total', 'slug', 'tax', 'tag_weight', 'line_ids.share', 'customer_id.ordered'] as const

type Change = readonly [kind: string, a: number, b: number, value: number]
const change: fc.Arbitrary<Change> = fc.tuple(
  fc.constantFrom(
    'order',
    'line',
    'move',
    'quantity',
    'price',
    'product',
    'productPrice',
    'archive',
    'unline',
    'unorder',
    'uncustomer',
    'untag',
    'customer',
    'level',
    'rename',
    'link',
    'unlink',
    'linkBack',
    'set',
    'weight',
    'read',
    'search',
  ),
  fc.nat(5),
  fc.nat(5),
  fc.nat(9),
)

async function play(env: Env, [kind, a, b, value]: Change): Promise<void> {
  const all = { active_test: false }
  const pick = <T>(list: Iterable<T>, i: number): T | undefined => [...list][i % Math.max(1, [...list].length)]
  const [orders, lines, customers, tags, products] = [
    await env['shop.order'].search([]),
    await env['shop.line'].withContext(all).search([]),
    await env['shop.customer'].search([]),
    await env['shop.tag'].search([]),
    await env['shop.product'].search([]),
  ]
  const [order, line, customer, tag, product] = [
    pick(orders, a),
    pick(lines, a),
    pick(customers, b),
    pick(tags, b),
    pick(products, b),
  ]
  const [other] = [pick(orders, b)]
  if (kind === 'order') {
    await env['shop.order'].create([
      {
        name: `O${value}`,
        customer_id: customer ?? null,
        tag_ids: tag ? [{ link: tag.ids[0]! }] : [{ create: { name: 'T' } }],
        line_ids: [{ create: { product_id: product ?? null, quantity: value } }, { create: { price: value } }],
      },
    ])
    await env['shop.customer'].create([{ name: `C${value}`, level: value }])
    await env['shop.product'].create([{ name: `P${value}`, price: value }])
  } else if (kind === 'line') await order?.write({ line_ids: [{ create: { price: value } }] })
  else if (kind === 'move') await line?.write({ order_id: other!, quantity: value })
  else if (kind === 'quantity') await lines.write({ quantity: value })
  else if (kind === 'price') await line?.write({ price: value })
  else if (kind === 'product') await line?.write({ product_id: product ?? null })
  else if (kind === 'productPrice') await product?.write({ price: value })
  else if (kind === 'archive') await line?.write({ active: value % 2 === 0 })
  else if (kind === 'unline') await line?.unlink()
  else if (kind === 'unorder') await order?.unlink()
  else if (kind === 'uncustomer') await customer?.unlink()
  else if (kind === 'untag') await tag?.unlink()
  else if (kind === 'customer') await order?.write({ customer_id: customer ?? null })
  else if (kind === 'level') await customer?.write({ level: value })
  else if (kind === 'rename') await customer?.write({ name: `N${value}` })
  else if (kind === 'link') await order?.write({ tag_ids: tag ? [{ link: tag.ids[0]! }] : [] })
  else if (kind === 'unlink') await order?.write({ tag_ids: tag ? [{ unlink: tag.ids[0]! }] : [] })
  else if (kind === 'linkBack') await tag?.write({ order_ids: order ? [{ link: order.ids[0]! }] : [] })
  else if (kind === 'set') await tag?.write({ order_ids: [{ set: [...orders.ids].slice(0, value % 3) }] })
  else if (kind === 'weight') await tag?.write({ weight: value })
  else if (kind === 'read') await order?.load([PATHS[value % PATHS.length]!])
  else await env['shop.order'].search_count([['total', '>', value]])
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6

/** The values as they are stored, and as they should be by the data that nothing computes. */
async function compare(env: Env): Promise<{ stored: unknown; right: unknown }> {
  const all = env.with({ context: { active_test: false } })
  const lines = await (
    await all['shop.line'].search([])
  ).load(['quantity', 'price', 'active', 'order_id', 'product_id', 'subtotal', 'share'])
  const orders = await (
    await env['shop.order'].search([])
  ).load([
    'name',
    'customer_id.name',
    'customer_id.level',
    'tag_ids.weight',
    'amount',
    'tax',
    'total',
    'slug',
    'known',
    'customer_level',
    'tag_count',
    'tag_weight',
  ])
  const customers = await (await env['shop.customer'].search([])).load(['order_count', 'ordered'])
  const tags = await (await env['shop.tag'].search([])).load(['order_ids', 'order_count', 'order_total'])
  const products = await (await env['shop.product'].search([])).load(['sold'])
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  const amounts = new Map(
    orders.map((order) => [
      order.id,
      sum(
        lines.filter((line) => line.active && line.order_id.id === order.id).map((line) => line.quantity * line.price),
      ),
    ]),
  )
  const totals = new Map(
    orders.map((order) => {
      const amount = amounts.get(order.id)!
      return [order.id, amount + ((order.customer_id?.level ?? 0) > 5 ? 0 : amount / 10)]
    }),
  )
  return {
    stored: {
      lines: lines.map((line) => [line.id, rounded(line.subtotal), line.share]),
      orders: orders.map((order) => [
        order.id,
        rounded(order.amount),
        rounded(order.total),
        order.slug,
        order.known,
        order.customer_level,
        order.tag_count,
        order.tag_weight,
      ]),
      customers: customers.map((customer) => [customer.id, customer.order_count, rounded(customer.ordered)]),
      tags: tags.map((tag) => [tag.id, tag.order_count, rounded(tag.order_total)]),
      products: products.map((product) => [product.id, product.sold]),
    },
    right: {
      lines: lines.map((line) => {
        const amount = amounts.get(line.order_id.id)!
        return [
          line.id,
          rounded(line.quantity * line.price),
          amount ? Math.round(((line.quantity * line.price) / amount) * 1e4) / 1e4 : 0,
        ]
      }),
      orders: orders.map((order) => [
        order.id,
        rounded(amounts.get(order.id)!),
        rounded(totals.get(order.id)!),
        `${order.name} ${order.customer_id?.name ?? '?'}`.toLowerCase(),
        order.customer_id !== null,
        order.customer_id?.level ?? 0,
        order.tag_ids.length,
        sum(order.tag_ids.map((tag) => tag.weight)),
      ]),
      customers: customers.map((customer) => {
        const own = orders.filter((order) => order.customer_id?.id === customer.id)
        return [customer.id, own.length, rounded(sum(own.map((order) => totals.get(order.id)!)))]
      }),
      tags: tags.map((tag) => [
        tag.id,
        tag.order_ids.length,
        rounded(sum(tag.order_ids.ids.map((id) => totals.get(id)!))),
      ]),
      products: products.map((product) => [
        product.id,
        sum(lines.filter((line) => line.active && line.product_id?.id === product.id).map((line) => line.quantity)),
      ]),
    },
  }
}

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const runtime = await layersRuntime(t, [shop], dialect)
    const start: Change[] = [
      ['order', 0, 0, 3],
      ['order', 0, 0, 7],
      ['order', 1, 1, 4],
    ]
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(change, { maxLength: 8 }), { maxLength: 4 }), async (calls) => {
        await runtime.call(SYSTEM, 'write', async (env) => {
          for (const model of ['shop.order', 'shop.customer', 'shop.tag', 'shop.product'] as const)
            await (await env[model].search([])).unlink()
          for (const one of start) await play(env, one)
        })
        for (const changes of calls) {
          await runtime.call(SYSTEM, 'write', async (env) => {
            for (const one of changes) await play(env, one)
          })
        }
        const { stored, right } = await runtime.call(SYSTEM, 'read', compare)
        if (JSON.stringify(stored) !== JSON.stringify(right))
          throw new Error(`stored ${JSON.stringify(stored)}\nright  ${JSON.stringify(right)}`)
      }),
      { numRuns: dialect === 'sqlite' ? 30 : 12, seed: 2026 },
    )
    t.pass('stored values are those of the data')
  })
}
