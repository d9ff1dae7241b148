import type { JobAnswer, RecordsOf } from '#core'
import { deleteBatch } from '../tools/delete-batch.ts'
import { IrModel } from './ir_model.ts'

/** Milliseconds that the records of a dialog are kept after their last change. */
const KEPT = 12 * 3_600_000

export const IrModelVacuum = IrModel.extend(
  Object,
  (Base) =>
    class extends Base {
      /** Deletes the records of transient models that nobody has changed for long. */
      async _cron_forget_transient(): Promise<JobAnswer> {
        const old = [['write_date', '<', new Date(Date.now() - KEPT)]]
        for (const info of this.env.registry.models()) {
          if (info.kind !== 'transient' || !info.logAccess) continue
          const { more } = await deleteBatch(this.env, info.name, old)
          if (more) return { more }
        }
        return { more: false }
      }
    },
)

declare module './ir_model.ts' {
  interface IrModel extends RecordsOf<typeof IrModelVacuum> {}
}
