import { field, model, type RecordsOf } from '#core'
import { todoType } from './mail_activity_type.ts'

/** Open list of who does an activity of a plan; an addon adds somebody by merging a key. */
export interface PlanResponsibles {
  on_demand: string
  other: string
}

export class MailActivityPlanTemplateFields {
  plan_id = field.many2one('mail.activity.plan', { string: 'Plan', required: true, ondelete: 'cascade', index: true })
  res_model = field.char({ string: 'Applies to' })
  company_id = field.many2one('res.company', { string: 'Company' })
  sequence = field.integer({ default: 10 })
  activity_type_id = field.many2one('mail.activity.type', {
    string: 'Activity Type',
    required: true,
    ondelete: 'restrict',
    default: todoType,
  })
  icon = field.char()
  delay_count = field.integer({ string: 'Interval' })
  delay_unit = field.selection(
    { days: 'days', weeks: 'weeks', months: 'months' },
    { string: 'Delay units', required: true, default: 'days' },
  )
  delay_from = field.selection(
    { before_plan_date: 'Before Plan Date', after_plan_date: 'After Plan Date' },
    { string: 'Trigger', required: true, default: 'before_plan_date' },
  )
  summary = field.char()
  responsible_type = field.selection<keyof PlanResponsibles>(
    { on_demand: 'Ask at launch', other: 'Default user' },
    { string: 'Assignment', required: true, default: 'on_demand' },
  )
  responsible_id = field.many2one('res.users', { string: 'Assigned to' })
  note = field.html()
}

/** One activity of a plan: what, when and who. */
export const MailActivityPlanTemplate = model(
  'mail.activity.plan.template',
  MailActivityPlanTemplateFields,
  { description: 'Activity plan template', order: 'sequence, id', recName: 'summary' },
  (Base) => class extends Base {},
)

MailActivityPlanTemplate.related('res_model', 'plan_id.res_model')
  .related('company_id', 'plan_id.company_id')
  .related('icon', 'activity_type_id.icon')
  .constrain(['responsible_type', 'responsible_id'], ({ responsible_type, responsible_id }) =>
    responsible_type === 'other' && !responsible_id ? 'Choose the user who does the activity.' : undefined,
  )
  .constrainBatch(['activity_type_id.res_model', 'plan_id.res_model'], async (templates) => {
    const wrong = templates.find(
      (one) => one.activity_type_id.res_model && one.activity_type_id.res_model !== one.plan_id.res_model,
    )
    return wrong ? 'An activity of the plan is of a type for another model.' : undefined
  })

export interface MailActivityPlanTemplate extends RecordsOf<typeof MailActivityPlanTemplate> {}
declare module '#core' {
  interface Models {
    'mail.activity.plan.template': { fields: MailActivityPlanTemplateFields; records: MailActivityPlanTemplate }
  }
}
