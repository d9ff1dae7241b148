import type { Env, Recs, Values } from '#core'
import { deadlineOf } from './next.ts'

/** What is planned. */
export interface ActivityPlan {
  /** External id of the type: `mail.mail_activity_data_call`. */
  readonly act_type_xmlid?: string | null
  readonly activity_type_id?: number | null
  readonly date_deadline?: string | null
  readonly summary?: string | null
  readonly note?: string | null
  readonly user_id?: number | null
  /** Whether the system plans it, not a person; by default yes. */
  readonly automated?: boolean | null
}

/** Which planned activities are meant. */
export interface ActivityFilter {
  /** External ids of types; all types when left out. */
  readonly act_type_xmlids?: readonly string[] | null
  readonly user_id?: number | null
  /** Whether those that people planned are left alone; by default yes. */
  readonly only_automated?: boolean | null
}

/** Plans an activity on each of the records. */
export async function schedule(
  env: Env,
  modelName: string,
  ids: readonly number[],
  plan: ActivityPlan,
): Promise<Recs<'mail.activity'>> {
  const typeId = plan.act_type_xmlid ? (await typeIds(env, [plan.act_type_xmlid]))[0] : plan.activity_type_id
  const types = env.sudo('types of activities are no secret')['mail.activity.type']
  const [type] = typeId
    ? await types
        .browse([typeId])
        .load(['summary', 'default_note', 'default_user_id', 'delay_count', 'delay_unit', 'delay_from'])
    : []
  const deadline = plan.date_deadline ?? (type ? deadlineOf(env, type, null) : undefined)
  const user = plan.user_id ?? type?.default_user_id?.id
  const values: Values<'mail.activity'> = {
    activity_type_id: type?.id ?? null,
    summary: plan.summary ?? type?.summary ?? null,
    note: plan.note ?? type?.default_note ?? null,
    automated: plan.automated ?? true,
    ...(deadline === undefined ? {} : { date_deadline: deadline }),
    ...(user === undefined ? {} : { user_id: user }),
  }
  return env['mail.activity'].create(ids.map((res_id) => ({ ...values, res_model: modelName, res_id })))
}

/** The planned activities of the records that are meant. */
export async function planned(
  env: Env,
  modelName: string,
  ids: readonly number[],
  filter: ActivityFilter,
): Promise<Recs<'mail.activity'>> {
  const types = filter.act_type_xmlids ? await typeIds(env, filter.act_type_xmlids) : undefined
  return env['mail.activity'].search([
    ['res_model', '=', modelName],
    ['res_id', 'in', ids],
    ...(types ? [['activity_type_id', 'in', types] as const] : []),
    ...(filter.user_id ? [['user_id', '=', filter.user_id] as const] : []),
    ...(filter.only_automated === false ? [] : [['automated', '=', true] as const]),
  ])
}

async function typeIds(env: Env, xmlids: readonly string[]): Promise<number[]> {
  const found = await Promise.all(xmlids.map((xmlid) => env.xmlId(xmlid)))
  return found.flatMap((one) => (one?.[0] === 'mail.activity.type' ? one[1] : []))
}
