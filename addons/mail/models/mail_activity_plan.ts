import { field, model, type Env, type RecordsOf } from '#core'
import { hasActivities } from './mail_activity_access.ts'

async function plannedModels(env: Env): Promise<Record<string, string>> {
  const models = [...env.registry.models()].filter((info) => info.kind === 'model' && hasActivities(info))
  return Object.fromEntries(models.map(({ name, description }) => [name, description]))
}

export class MailActivityPlanFields {
  name = field.char({ required: true, translate: true })
  company_id = field.many2one('res.company', { string: 'Company', default: (env) => env.companyId })
  template_ids = field.one2many('mail.activity.plan.template', 'plan_id', { string: 'Activities', copy: true })
  active = field.boolean({ default: true })
  res_model = field.dynamicSelection(plannedModels, { string: 'Applies to', required: true })
  steps_count = field.integer({ string: 'Steps Count' })
  has_user_on_demand = field.boolean({ string: 'Has on demand responsible' })
}

/** Activities that are planned together, each some days before or after a given one. */
export const MailActivityPlan = model(
  'mail.activity.plan',
  MailActivityPlanFields,
  { description: 'Activity Plan', order: 'id desc' },
  (Base) => class extends Base {},
)

MailActivityPlan.compute('steps_count', ['template_ids'], ({ template_ids }) => template_ids.length).compute(
  'has_user_on_demand',
  ['template_ids.responsible_type'],
  ({ template_ids }) => template_ids.some((one) => one.responsible_type === 'on_demand'),
)

export interface MailActivityPlan extends RecordsOf<typeof MailActivityPlan> {}
declare module '#core' {
  interface Models {
    'mail.activity.plan': { fields: MailActivityPlanFields; records: MailActivityPlan }
  }
}
