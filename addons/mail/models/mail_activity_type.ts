import { field, model, type Env, type RecordsOf } from '#core'
import { ACTIVITY_TYPE_NEEDED } from '../errors.ts'

/** Open list of what a type of activity does beside being planned; an addon adds one by merging a key. */
export interface ActivityCategories {
  default: string
  upload_file: string
}

/** The models that activities can be planned on. */
async function plannedModels(env: Env): Promise<Record<string, string>> {
  const planned = [...env.registry.models()].filter(
    ({ kind, inherits }) => kind === 'model' && inherits.includes('mail.activity.mixin'),
  )
  return Object.fromEntries(planned.map(({ name, description }) => [name, description]))
}

export class MailActivityTypeFields {
  name = field.char({ required: true, translate: true })
  summary = field.char({ string: 'Default Summary', translate: true })
  sequence = field.integer({ default: 10 })
  active = field.boolean({ default: true })
  delay_count = field.integer({
    string: 'Schedule',
    help: 'How long after its planning, or after the one before, it is due.',
  })
  delay_unit = field.selection(
    { days: 'days', weeks: 'weeks', months: 'months' },
    { string: 'Delay units', required: true, default: 'days' },
  )
  delay_label = field.char()
  delay_from = field.selection(
    { current_date: 'after completion date', previous_activity: 'after previous activity deadline' },
    { string: 'Delay Type', required: true, default: 'previous_activity' },
  )
  icon = field.char()
  decoration_type = field.selection({ warning: 'Alert', danger: 'Error' }, { string: 'Decoration Type' })
  res_model = field.dynamicSelection(plannedModels, {
    string: 'Model',
    help: 'The model that the type is for; all models when empty.',
  })
  triggered_next_type_id = field.many2one('mail.activity.type', {
    string: 'Trigger',
    ondelete: 'restrict',
    help: 'What is planned as soon as one of this type is done.',
  })
  chaining_type = field.selection(
    { suggest: 'Suggest Next Activity', trigger: 'Trigger Next Activity' },
    { string: 'Chaining Type', required: true, default: 'suggest' },
  )
  suggested_next_type_ids = field.many2many('mail.activity.type', {
    string: 'Suggest',
    relation: 'mail_activity_rel',
    column1: 'activity_id',
    column2: 'recommended_id',
  })
  previous_type_ids = field.many2many('mail.activity.type', {
    string: 'Preceding Activities',
    relation: 'mail_activity_rel',
    column1: 'recommended_id',
    column2: 'activity_id',
  })
  category = field.selection<keyof ActivityCategories>(
    { default: 'None', upload_file: 'Upload Document' },
    { string: 'Action', default: 'default' },
  )
  default_user_id = field.many2one('res.users', { string: 'Default User' })
  default_note = field.html({ string: 'Default Note', translate: true })
  keep_done = field.boolean({
    string: 'Keep Done',
    help: 'Whether activities that are done are kept, archived; else they are deleted.',
  })
}

/** What can be planned: a call, a meeting; when it is due, and what comes after it. */
export const MailActivityType = model(
  'mail.activity.type',
  MailActivityTypeFields,
  { description: 'Activity Type', order: 'sequence, id' },
  (Base) => class extends Base {},
)

MailActivityType.compute(
  'delay_label',
  ['delay_count', 'delay_unit'],
  ({ delay_count, delay_unit }) => `${delay_count} ${delay_unit}`,
)
  .constrain(['chaining_type', 'triggered_next_type_id'], ({ chaining_type, triggered_next_type_id }) =>
    chaining_type === 'trigger' && !triggered_next_type_id ? 'Choose the activity that is triggered.' : undefined,
  )
  .ondelete(async (types, env) => {
    const todo = await env.xmlId('mail.mail_activity_data_todo')
    if (todo && types.ids.includes(todo[1])) throw new ACTIVITY_TYPE_NEEDED()
  })

/** The type To-Do, which activities have unless told otherwise. */
export async function todoType(env: Env): Promise<number> {
  const found = (await env.xmlId('mail.mail_activity_data_todo')) as readonly [string, number] // it cannot be deleted
  return found[1]
}

export interface MailActivityType extends RecordsOf<typeof MailActivityType> {}
declare module '#core' {
  interface Models {
    'mail.activity.type': { fields: MailActivityTypeFields; records: MailActivityType }
  }
}
