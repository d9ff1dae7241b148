import { field, model, sumBy, type RecordsOf } from '#core'

/* A shop: customers, orders with lines, products and tags, computed from each other over every kind of relation. */

/** Names of the computed fields in the order in which they ran, one entry per record; tests empty it. */
export const ran: string[] = []

function noting<T>(name: string, value: T): T {
  ran.push(name)
  return value
}

export class CustomerFields {
  name = field.char({ required: true })
  level = field.integer()
  order_ids = field.one2many('shop.order', 'customer_id')
  ordered = field.float({ store: true })
  order_count = field.integer({ store: true })
}
export const Customer = model(
  'shop.customer',
  CustomerFields,
  { description: 'Customer' },
  (Base) => class extends Base {},
)
Customer.compute('ordered', ['order_ids.total'], (customer) =>
  noting(
    'customer.ordered',
    sumBy(customer.order_ids, (order) => order.total),
  ),
).compute('order_count', ['order_ids'], (customer) => noting('customer.order_count', customer.order_ids.length))

export class OrderFields {
  name = field.char({ required: true })
  customer_id = field.many2one('shop.customer')
  customer_level = field.integer({ store: true })
  known = field.boolean({ store: true })
  line_ids = field.one2many('shop.line', 'order_id')
  tag_ids = field.many2many('shop.tag')
  tag_count = field.integer({ store: true })
  tag_weight = field.integer({ store: true })
  amount = field.float({ store: true })
  tax = field.float({ store: true })
  total = field.float({ store: true })
  label = field.char()
  slug = field.char({ store: true })
  note = field.char()
}
export const Order = model('shop.order', OrderFields, { description: 'Order' }, (Base) => class extends Base {})
// written from the end of the chain to its start: the order of statements does not matter
Order.compute('slug', ['label'], (order) => noting('order.slug', (order.label ?? '').toLowerCase()))
  .compute('total', ['amount', 'tax'], (order) => noting('order.total', order.amount + order.tax))
  .compute('tax', ['amount', 'customer_level'], (order) =>
    noting('order.tax', order.customer_level > 5 ? 0 : order.amount / 10),
  )
  .compute('amount', ['line_ids.subtotal'], (order) =>
    noting(
      'order.amount',
      sumBy(order.line_ids, (line) => line.subtotal),
    ),
  )
  .compute('label', ['name', 'customer_id.name'], (order) => `${order.name} ${order.customer_id?.name ?? '?'}`)
  .compute('known', ['customer_id'], (order) => noting('order.known', order.customer_id !== null))
  .compute('tag_count', ['tag_ids'], (order) => noting('order.tag_count', order.tag_ids.length))
  .compute('tag_weight', ['tag_ids.weight'], (order) =>
    noting(
      'order.tag_weight',
      sumBy(order.tag_ids, (tag) => tag.weight),
    ),
  )
  .related('customer_level', 'customer_id.level')

export class LineFields {
  order_id = field.many2one('shop.order', { required: true, ondelete: 'cascade' })
  product_id = field.many2one('shop.product', { ondelete: 'restrict' })
  quantity = field.float({ default: 1 })
  price = field.float({ store: true, readonly: false })
  subtotal = field.float({ store: true })
  share = field.float({ store: true, digits: 4 })
  active = field.boolean({ default: true })
}
export const Line = model('shop.line', LineFields, { description: 'Line' }, (Base) => class extends Base {})
Line.compute('subtotal', ['quantity', 'price'], (line) => noting('line.subtotal', line.quantity * line.price))
  .compute('share', ['subtotal', 'order_id.amount'], (line) =>
    noting('line.share', line.order_id.amount ? line.subtotal / line.order_id.amount : 0),
  )
  .computeBatch(
    'price',
    ['product_id.price'],
    async (lines) => new Map(lines.map((line) => [line.id, noting('line.price', line.product_id?.price ?? 0)])),
  )

export class ProductFields {
  name = field.char({ required: true })
  price = field.float()
  line_ids = field.one2many('shop.line', 'product_id')
  sold = field.float({ store: true })
}
export const Product = model('shop.product', ProductFields, { description: 'Product' }, (Base) => class extends Base {})
Product.compute('sold', ['line_ids.quantity'], (product) =>
  noting(
    'product.sold',
    sumBy(product.line_ids, (line) => line.quantity),
  ),
)

export class TagFields {
  name = field.char({ required: true })
  weight = field.integer({ default: 1 })
  order_ids = field.many2many('shop.order')
  order_count = field.integer({ store: true })
  order_total = field.float({ store: true })
}
export const Tag = model('shop.tag', TagFields, { description: 'Tag' }, (Base) => class extends Base {})
Tag.compute('order_count', ['order_ids'], (tag) => noting('tag.order_count', tag.order_ids.length)).compute(
  'order_total',
  ['order_ids.total'],
  (tag) =>
    noting(
      'tag.order_total',
      sumBy(tag.order_ids, (order) => order.total),
    ),
)

export const shop = { addon: 'shop', models: [Customer, Order, Line, Product, Tag] as never }

export interface Customer extends RecordsOf<typeof Customer> {}
export interface Order extends RecordsOf<typeof Order> {}
export interface Line extends RecordsOf<typeof Line> {}
export interface Product extends RecordsOf<typeof Product> {}
export interface Tag extends RecordsOf<typeof Tag> {}
declare module '#core' {
  interface Models {
    'shop.customer': { fields: CustomerFields; records: Customer }
    'shop.order': { fields: OrderFields; records: Order }
    'shop.line': { fields: LineFields; records: Line }
    'shop.product': { fields: ProductFields; records: Product }
    'shop.tag': { fields: TagFields; records: Tag }
  }
}
