import { field, model, today, type Env, type Loose, type Recs, type RecordsOf, type Values } from '#core'
import { stateOf } from '../activity/deadline.ts'

/** Who an activity is for when its type names nobody. */
const NOW = (env: Env): string => today(env.user.tz ?? 'UTC')

export class MailActivityFields {
  res_model_id = field.many2one('ir.model', {
    string: 'Document Model',
    index: true,
    ondelete: 'cascade',
    required: true,
  })
  res_model = field.char({ string: 'Related Document Model', index: true, store: true })
  res_id = field.many2oneReference({
    string: 'Related Document ID',
    modelField: 'res_model',
    index: true,
    ondelete: 'cascade',
  })
  res_name = field.char({ string: 'Document Name' })
  activity_type_id = field.many2one('mail.activity.type', { string: 'Activity Type', ondelete: 'restrict' })
  activity_category = field.selection({ default: 'None', upload_file: 'Upload Document' })
  activity_decoration = field.selection({ warning: 'Alert', danger: 'Error' })
  icon = field.char()
  summary = field.char()
  note = field.html()
  date_deadline = field.date({ string: 'Due Date', index: true, required: true, default: NOW })
  date_done = field.date({ string: 'Done Date', readonly: true, copy: false })
  feedback = field.text({ copy: false })
  automated = field.boolean({
    string: 'Automated activity',
    readonly: true,
    help: 'Planned by the system, not by a person.',
  })
  attachment_ids = field.many2many('ir.attachment', {
    string: 'Attachments',
    relation: 'activity_attachment_rel',
    column1: 'activity_id',
    column2: 'attachment_id',
  })
  user_id = field.many2one('res.users', {
    string: 'Assigned to',
    index: true,
    required: true,
    default: (env) => env.uid,
  })
  request_partner_id = field.many2one('res.partner', { string: 'Requesting Partner' })
  state = field.selection({ overdue: 'Overdue', today: 'Today', planned: 'Planned', done: 'Done' })
  recommended_activity_type_id = field.many2one('mail.activity.type', { string: 'Recommended Activity Type' })
  previous_activity_type_id = field.many2one('mail.activity.type', { string: 'Previous Activity Type', readonly: true })
  has_recommended_activities = field.boolean({ string: 'Next activities available' })
  chaining_type = field.selection({ suggest: 'Suggest Next Activity', trigger: 'Trigger Next Activity' })
  can_write = field.boolean({ string: 'Can Write' })
  active = field.boolean({ default: true })
}

/** What is to be done about a record, by whom and until when. */
export const MailActivity = model(
  'mail.activity',
  MailActivityFields,
  {
    description: 'Activity',
    order: 'date_deadline, id',
    recName: 'summary',
    indexes: { record_idx: 'res_model, res_id' },
  },
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'mail.activity'>[]): Promise<Recs<'mail.activity'>> {
        return super.create(await withModels(this.env, values))
      }

      override async write(values: Values<'mail.activity'>): Promise<void> {
        const done =
          values.active === false ? { date_done: NOW(this.env) } : values.active === true ? { date_done: null } : {}
        await super.write({ ...done, ...values })
      }
    },
)

MailActivity.related('res_model', 'res_model_id.model')
  .related('activity_category', 'activity_type_id.category')
  .related('activity_decoration', 'activity_type_id.decoration_type')
  .related('icon', 'activity_type_id.icon')
  .related('chaining_type', 'activity_type_id.chaining_type')
  .compute(
    'display_name',
    ['summary', 'activity_type_id.name'],
    ({ summary, activity_type_id }) => summary || activity_type_id?.name || '',
  )
  .compute('state', ['date_deadline', 'active', 'user_id.tz'], ({ date_deadline, active, user_id }) =>
    active ? stateOf(date_deadline, user_id.tz) : 'done',
  )
  .compute(
    'has_recommended_activities',
    ['previous_activity_type_id.suggested_next_type_ids'],
    ({ previous_activity_type_id: previous }) => (previous?.suggested_next_type_ids.length ?? 0) > 0,
  )
  .computeBatch('res_name', ['res_model', 'res_id'], async (activities, env) => {
    const names = await namesOf(env, activities)
    return new Map(activities.map((one) => [one.id, names.get(`${one.res_model},${one.res_id}`) ?? null]))
  })
  .onchange(
    ['activity_type_id'],
    ['activity_type_id.summary', 'activity_type_id.default_note', 'activity_type_id.default_user_id'],
    ({ activity_type_id: type }) => ({
      values: type
        ? {
            ...(type.summary ? { summary: type.summary } : {}),
            ...(type.default_note ? { note: type.default_note } : {}),
            ...(type.default_user_id ? { user_id: type.default_user_id.id } : {}),
          }
        : {},
    }),
  )

/** Names of the records behind references, by `model,id`: one query per model. */
export async function namesOf(
  env: Env,
  references: readonly { readonly res_model: string | null; readonly res_id: number | null }[],
): Promise<Map<string, string>> {
  const idsOf = new Map<string, Set<number>>()
  for (const { res_model: name, res_id: id } of references) {
    if (!name || !id || !env.registry.has(name)) continue
    idsOf.set(name, (idsOf.get(name) ?? new Set()).add(id))
  }
  const names = new Map<string, string>()
  for (const [name, ids] of idsOf) {
    const records = await env.model(name, [...ids]).exists()
    for (const record of await records.load(['display_name']))
      names.set(`${name},${record.id}`, String(record['display_name']))
  }
  return names
}

/** The values with the record of the model where only its name is given. */
async function withModels(
  env: Env,
  values: readonly Values<'mail.activity'>[],
): Promise<readonly Values<'mail.activity'>[]> {
  const named = [
    ...new Set(values.flatMap((one) => (one.res_model_id === undefined && one.res_model ? one.res_model : []))),
  ]
  if (named.length === 0) return values
  const models = await (
    await env.sudo('a name stands for a model')['ir.model'].search([['model', 'in', named]])
  ).load(['model'])
  const ids = new Map(models.map(({ id, model: name }) => [name, id]))
  return values.map((one): Values<'mail.activity'> => {
    const { res_model, ...rest } = one
    const found = res_model ? ids.get(res_model) : undefined
    return one.res_model_id === undefined && found !== undefined ? { ...rest, res_model_id: found } : one
  })
}

/** Values of a model that is known only at run time, for an activity. */
export type ActivityValues = Values<'mail.activity'> & Loose

export interface MailActivity extends RecordsOf<typeof MailActivity> {}
declare module '#core' {
  interface Models {
    'mail.activity': { fields: MailActivityFields; records: MailActivity }
  }
}
