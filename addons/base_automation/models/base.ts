import type { Recs, Values } from '#core'
import { EveryModel } from '#addons/base/models/base.ts'
import { applyRule, matching } from '../rules/apply.ts'
import { afterWrite, beforeWrite, noteRecomputed } from '../rules/changes.ts'
import { rulesOf } from '../rules/known.ts'
import { isCreating } from '../rules/triggers.ts'

/** Every model sets off the rules that are made for it; where there are none, nothing is asked of the database. */
export const EveryModelAutomation = EveryModel.def.extend(
  Object,
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'base'>[]): Promise<Recs<'base'>> {
        const created = await super.create(values)
        for (const rule of await rulesOf(this.env, this.modelName)) {
          if (isCreating(rule.trigger)) {
            await applyRule(
              this.env,
              rule,
              await matching(this.env, this.modelName, created.ids, rule.domain, rule.condition),
            )
          }
        }
        return created
      }

      override async write(values: Values<'base'>): Promise<void> {
        const before = await beforeWrite(this.env, this.modelName, this.ids, Object.keys(values))
        await super.write(values)
        if (before) await afterWrite(this.env, this.modelName, before)
      }

      override async unlink(): Promise<void> {
        for (const rule of await rulesOf(this.env, this.modelName)) {
          if (rule.trigger === 'on_unlink')
            await applyRule(this.env, rule, await matching(this.env, this.modelName, this.ids, rule.domain))
        }
        await super.unlink()
      }
    },
)

EveryModelAutomation.recomputed(noteRecomputed)
