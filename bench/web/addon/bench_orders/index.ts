import { field, model, type RecordsOf } from '#core'
import type {} from '#addons/base/index.ts'
import type {} from '#addons/mail/index.ts'
import { MailActivityMixin, type MailActivityMixinFields } from '#addons/mail/models/mail_activity_mixin.ts'
import { MailThread, type MailThreadFields } from '#addons/mail/models/mail_thread.ts'

/* An order as a sales desk has it: stages, a thread, lines whose amounts and totals are computed. */

export class StageFields {
  name = field.char({ required: true })
  sequence = field.integer({ default: 10 })
}
export const Stage = model(
  'bench.stage',
  StageFields,
  { description: 'Stage', order: 'sequence, id' },
  (Base) => class extends Base {},
)

export class OrderFields {
  name = field.char({ required: true, default: 'New' })
  partner_id = field.many2one('res.partner', { string: 'Customer', required: true, index: true })
  user_id = field.many2one('res.users', { string: 'Salesperson' })
  stage_id = field.many2one('bench.stage', { index: true })
  date = field.date({ string: 'Order Date' })
  currency_id = field.many2one('res.currency')
  line_ids = field.one2many('bench.order.line', 'order_id', { string: 'Lines' })
  total = field.monetary({ currencyField: 'currency_id' })
}
export const Order = model(
  'bench.order',
  OrderFields,
  { description: 'Order', order: 'id desc', inherit: [MailActivityMixin, MailThread] },
  (Base) => class extends Base {},
)

export class OrderLineFields {
  order_id = field.many2one('bench.order', { required: true, ondelete: 'cascade', index: true })
  sequence = field.integer({ default: 10 })
  partner_id = field.many2one('res.partner', { string: 'Supplier' })
  name = field.char({ string: 'Description', required: true })
  quantity = field.float({ default: 1 })
  price = field.float()
  discount = field.float()
  currency_id = field.many2one('res.currency')
  amount = field.monetary({ currencyField: 'currency_id' })
}
export const OrderLine = model(
  'bench.order.line',
  OrderLineFields,
  { description: 'Order Line', order: 'sequence, id' },
  (Base) => class extends Base {},
)

OrderLine.compute(
  'amount',
  ['quantity', 'price', 'discount'],
  ({ quantity, price, discount }) => quantity * price * (1 - discount / 100),
)
Order.compute('total', ['line_ids.amount'], ({ line_ids }) => line_ids.reduce((sum, { amount }) => sum + amount, 0))

export interface Stage extends RecordsOf<typeof Stage> {}
export interface OrderFields extends MailThreadFields, MailActivityMixinFields {}
export interface Order extends RecordsOf<typeof Order>, MailThread, MailActivityMixin {}
export interface OrderLine extends RecordsOf<typeof OrderLine> {}

declare module '#core' {
  interface Models {
    'bench.stage': { fields: StageFields; records: Stage }
    'bench.order': { fields: OrderFields; records: Order }
    'bench.order.line': { fields: OrderLineFields; records: OrderLine }
  }
}

export const models = [Stage, Order, OrderLine]
