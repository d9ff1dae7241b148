import { field, groupBy, type Env, type ModelInfo, type Recs, type RecordsOf, type Values } from '#core'
import { ACTIVITY_ASSIGNEE_BLIND, ACTIVITY_FORBIDDEN } from '../errors.ts'
import { onOpenRecords, oneOf } from '../thread/open-records.ts'
import { recordId } from '#addons/base/tools/record-id.ts'
import { MailActivity } from './mail_activity.ts'

export class MailActivityAccessFields {
  reachable = field.boolean({
    exportable: false,
    help: 'Whether it is for the user, or on a record that the user may read.',
  })
  changeable = field.boolean({
    exportable: false,
    help: 'Whether it is for the user, or on a record that the user may change.',
  })
}

/** Who may see and change activities: those that they are for, and whoever may see or change the record. */
export const MailActivityAccess = MailActivity.extend(
  MailActivityAccessFields,
  (Base) =>
    class extends Base {
      /**
       * @throws ACTIVITY_FORBIDDEN, ACCESS_RULE when the user may not read the record, ACTIVITY_ASSIGNEE_BLIND when the
       * one whom it is for may not
       */
      override async create(values: readonly Values<'mail.activity'>[]): Promise<Recs<'mail.activity'>> {
        const created = await super.create(values)
        await created._check_places()
        return created
      }

      override async write(values: Values<'mail.activity'>): Promise<void> {
        await super.write(values)
        if (recordId(values.user_id) !== null || values.res_id !== undefined) await this._check_places()
      }

      /** Holds the records that activities are on against what the user and those whom they are for may read. */
      async _check_places(): Promise<void> {
        const all = await this.sudo('activities are held against their records').load([
          'res_model',
          'res_id',
          'user_id.name',
        ])
        for (const [name, group] of groupBy(all, (one) => one.res_model ?? '')) {
          const ids = [...new Set(group.flatMap((one) => one.res_id ?? []))]
          if (ids.length === 0) continue
          if (!this.env.registry.has(name) || !hasActivities(this.env.registry.get(name)))
            throw new ACTIVITY_FORBIDDEN(name)
          if (!this.env.su) await this.env.model(name, ids).check_access('read')
          await checkAssignees(this.env, name, group)
        }
      }
    },
)

interface Assigned {
  readonly res_id: number | null
  readonly user_id: { readonly id: number; readonly name: string | null }
}

async function checkAssignees(env: Env, name: string, activities: readonly Assigned[]): Promise<void> {
  for (const [userId, own] of groupBy(activities, (one) => one.user_id.id)) {
    if (userId === env.uid) continue
    const ids = [...new Set(own.flatMap((one) => one.res_id ?? []))]
    const user = await env.asUser(userId)
    const may = await user
      .model(name, ids)
      .check_access('read')
      .then(
        () => true,
        () => false,
      )
    if (!may) throw new ACTIVITY_ASSIGNEE_BLIND(own[0]?.user_id.name ?? '', env.registry.get(name).description)
  }
}

/** Whether activities can be planned on records of the model. */
export function hasActivities(info: ModelInfo): boolean {
  return info.inherits.includes('mail.activity.mixin')
}

async function openActivities(env: Env, operation: 'read' | 'write'): Promise<readonly unknown[]> {
  const reference = { model: 'res_model', id: 'res_id' }
  return oneOf([['user_id', '=', env.uid], ...(await onOpenRecords(env, reference, hasActivities, operation))])
}

for (const [name, operation] of [
  ['reachable', 'read'],
  ['changeable', 'write'],
] as const) {
  MailActivityAccess.search(name, async (operator, operand, env) => {
    const domain = await openActivities(env, operation)
    return (operator === '=') === Boolean(operand) ? domain : ['!', ...domain]
  }).computeBatch(name, ['user_id', 'res_model', 'res_id'], (activities, env) => whichAre(name, activities, env))
}

MailActivityAccess.computeBatch('can_write', ['user_id', 'res_model', 'res_id'], (activities, env) =>
  whichAre('changeable', activities, env),
)

async function whichAre(
  name: 'reachable' | 'changeable',
  activities: readonly { readonly id: number }[],
  env: Env,
): Promise<Map<number, boolean>> {
  const ids = activities.map(({ id }) => id)
  const all = env['mail.activity'].withContext({ active_test: false })
  const found = new Set(
    (
      await all.search([
        ['id', 'in', ids],
        [name, '=', true],
      ])
    ).ids,
  )
  return new Map(ids.map((id) => [id, found.has(id)]))
}

declare module './mail_activity.ts' {
  interface MailActivityFields extends MailActivityAccessFields {}
  interface MailActivity extends RecordsOf<typeof MailActivityAccess> {}
}
