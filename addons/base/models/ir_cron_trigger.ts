import { field, model, type RecordsOf } from '#core'
import { invalidating } from './invalidating.ts'

export class IrCronTriggerFields {
  cron_id = field.many2one('ir.cron', { string: 'Scheduled Action', required: true, ondelete: 'cascade', index: true })
  call_at = field.datetime({ required: true, index: true })
}

/** Has a job run at a time of its own, besides its interval. */
export const IrCronTrigger = model(
  'ir.cron.trigger',
  IrCronTriggerFields,
  {
    description: 'Triggered actions',
    order: 'call_at, id',
    recName: 'cron_id',
  },
  (Base) => class extends invalidating(Base, 'jobs') {},
)

export interface IrCronTrigger extends RecordsOf<typeof IrCronTrigger> {}
declare module '#core' {
  interface Models {
    'ir.cron.trigger': { fields: IrCronTriggerFields; records: IrCronTrigger }
  }
}
