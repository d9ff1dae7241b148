import { field, model, type JobAnswer, type Recs, type RecordsOf, type Values } from '#core'
import { deleteBatch } from '../tools/delete-batch.ts'
import { claimEvents, deliverEvents } from '../webhooks/deliver.ts'

export class IrWebhookDeliveryFields {
  name = field.char({
    string: 'Event',
    required: true,
    readonly: true,
    index: true,
    help: 'What the receiver knows the event by: the header webhook-id.',
  })
  action_id = field.many2one('ir.actions.server', {
    string: 'Server Action',
    ondelete: 'set null',
    index: true,
    readonly: true,
  })
  res_model = field.char({ string: 'Model', readonly: true })
  res_id = field.many2oneReference({ string: 'Record', modelField: 'res_model', readonly: true })
  payload = field.text({ required: true, readonly: true, help: 'What is sent: the values when it happened.' })
  state = field.selection(
    { pending: 'Waiting', delivered: 'Delivered', failed: 'Failed', cancelled: 'Cancelled' },
    { string: 'Status', required: true, default: 'pending', readonly: true, index: true },
  )
  attempts = field.integer({ readonly: true, aggregator: null, help: 'How often it was sent.' })
  last_attempt = field.datetime({ readonly: true })
  last_status = field.integer({
    string: 'Last Answer Code',
    readonly: true,
    aggregator: null,
    help: "HTTP's; 0 when nothing answered.",
  })
  last_answer = field.text({ readonly: true, help: 'The beginning of the answer, or why there was none.' })
  next_attempt = field.datetime({ readonly: true, help: 'It is not sent again before.' })
  claim = field.char({ readonly: true, copy: false, exportable: false, help: 'Who sends it now.' })
  claimed_until = field.datetime({
    readonly: true,
    copy: false,
    exportable: false,
    help: 'Until when nobody else sends it.',
  })
  attempt_ids = field.one2many('ir.webhook.attempt', 'delivery_id', { string: 'Log', readonly: true })
}

const DAY = 86_400_000
/** How long events that are done with are kept, in days. */
const KEPT_DAYS = 30

/** The outbox of webhooks: events that are to be sent, and what became of them. How they get there is told in docs/decisions. */
export const IrWebhookDelivery = model(
  'ir.webhook.delivery',
  IrWebhookDeliveryFields,
  { description: 'Webhook Delivery', order: 'id desc', indexes: { queue_idx: "id WHERE state = 'pending'" } },
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'ir.webhook.delivery'>[]): Promise<Recs<'ir.webhook.delivery'>> {
        const events = await super.create(values)
        if (events.length > 0) await events._wake()
        return events
      }

      /** Sends the events of the set again, whatever became of them: the receiver gets the same event with the same id. */
      async action_replay(): Promise<true> {
        await this.check_access('write')
        await this.write({ state: 'pending', attempts: 0, next_attempt: null, claim: null, claimed_until: null })
        if (this.length > 0) await this._wake()
        return true
      }

      /** Gives up on those of the set that wait. */
      async action_cancel(): Promise<true> {
        await this.check_access('write')
        const waiting = await this.search([
          ['id', 'in', this.ids],
          ['state', '=', 'pending'],
        ])
        await waiting.write({ state: 'cancelled', next_attempt: null })
        return true
      }

      /** Sends a part of what waits; called again at once while there is more. */
      async _cron_deliver(): Promise<JobAnswer> {
        const claim = await claimEvents(this.env)
        this.env.transaction.afterCommit((calls) => deliverEvents(calls, claim))
        return { more: claim.isFull }
      }

      /** Forgets what was done with long ago. */
      async _cron_forget(): Promise<JobAnswer> {
        return deleteBatch(this.env, 'ir.webhook.delivery', [
          ['state', '!=', 'pending'],
          ['write_date', '<', new Date(Date.now() - KEPT_DAYS * DAY)],
        ])
      }

      /** Has the outbox looked at when the call is committed, or at a time in milliseconds. */
      async _wake(at: number = 0): Promise<void> {
        const job = await this.env.xmlId('base.ir_cron_webhook_deliver')
        if (job) await this.env.browse('ir.cron', [job[1]])._trigger(new Date(Math.max(at, Date.now())))
      }
    },
)

IrWebhookDelivery.callable('action_replay').callable('action_cancel')

export interface IrWebhookDelivery extends RecordsOf<typeof IrWebhookDelivery> {}
declare module '#core' {
  interface Models {
    'ir.webhook.delivery': { fields: IrWebhookDeliveryFields; records: IrWebhookDelivery }
  }
}
