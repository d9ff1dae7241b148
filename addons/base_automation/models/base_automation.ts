import { randomUUID } from 'node:crypto'
import { field, model, parse, type Env, type Recs, type RecordsOf, type Values } from '#core'
import { invalidating } from '#addons/base/models/invalidating.ts'
import { callHook } from '../rules/hook.ts'
import { applyTimed } from '../rules/timed.ts'
import { fieldOfTrigger, isOfField, TRIGGERS } from '../rules/triggers.ts'

export class BaseAutomationFields {
  name = field.char({ string: 'Automation Rule Name', required: true, translate: true })
  description = field.html()
  model_id = field.many2one('ir.model', { string: 'Model', required: true, ondelete: 'cascade', index: true })
  model_name = field.char({ string: 'Model Name' })
  active = field.boolean({ default: true, help: 'When unchecked, the rule is hidden and does nothing.' })
  trigger = field.selection(TRIGGERS, { required: true, default: 'on_create_or_write' })
  action_server_ids = field.one2many('ir.actions.server', 'base_automation_id', { string: 'Actions', copy: true })
  filter_pre_domain = field.char({
    string: 'Before Update Domain',
    help: 'What a record has to be before it is changed.',
  })
  filter_domain = field.char({ string: 'Apply on', help: 'What a record has to be for the rule to act on it.' })
  trigger_field_ids = field.many2many('ir.model.fields', {
    string: 'Trigger Fields',
    help: 'Only a change of these sets the rule off; empty for any.',
  })
  trg_selection_field_id = field.many2one('ir.model.fields.selection', {
    string: 'Trigger Field',
    ondelete: 'set null',
    help: 'The choice that sets the rule off; empty for any.',
  })
  trg_field_ref = field.many2oneReference({
    string: 'Trigger Reference',
    modelField: 'trg_field_ref_model_name',
    help: 'The record that sets the rule off; empty for any.',
  })
  trg_field_ref_model_name = field.char({ string: 'Trigger Field Model' })
  trg_date_id = field.many2one('ir.model.fields', {
    string: 'Trigger Date',
    ondelete: 'cascade',
    help: 'The date from which the delay counts.',
  })
  trg_date_range = field.integer({ string: 'Delay after trigger date', help: 'Negative for a time before it.' })
  trg_date_range_type = field.selection(
    { minutes: 'Minutes', hour: 'Hours', day: 'Days', month: 'Months' },
    { string: 'Delay type', default: 'hour' },
  )
  last_run = field.datetime({ readonly: true, copy: false, help: 'Until when dates were looked at.' })
  webhook_uuid = field.char({
    string: 'Webhook UUID',
    readonly: true,
    copy: false,
    groups: 'base.group_system',
    default: () => randomUUID(),
  })
  url = field.char({ string: 'Address of the Webhook', groups: 'base.group_system' })
  record_getter = field.char({
    string: 'Target Record',
    default: "model.browse(int(payload.get('_id')))",
    help: 'An expression over payload that gives the record of a call.',
  })
  log_ids = field.one2many('base.automation.log', 'automation_id', { string: 'History' })
}

export const BaseAutomation = model(
  'base.automation',
  BaseAutomationFields,
  { description: 'Automation Rule', order: 'name, id' },
  (Base) =>
    class extends invalidating(Base, 'actions') {
      /** The actions of a rule are of its model. */
      override async create(values: readonly Values<'base.automation'>[]): Promise<Recs<'base.automation'>> {
        return super.create(values.map((one) => withModel(one, one.model_id)))
      }

      override async write(values: Values<'base.automation'>): Promise<void> {
        if (!values.action_server_ids || values.model_id) return super.write(withModel(values, values.model_id))
        for (const { id, model_id } of await this.load(['model_id'])) {
          await super.browse([id])._writeAs(withModel(values, model_id))
        }
      }

      async _writeAs(values: Values<'base.automation'>): Promise<void> {
        await super.write(values)
      }

      /** Makes a new address for calls: the old one leads nowhere any more. */
      async action_rotate_webhook_uuid(): Promise<void> {
        for (const rule of this) await rule.write({ webhook_uuid: randomUUID() })
      }

      /** Shows the records that the rule would act on now, without doing anything. */
      async action_show_records(): Promise<Record<string, unknown>> {
        await this.check_access('read')
        const [rule] = await this.load(['name', 'model_id.model', 'filter_domain'])
        return {
          type: 'ir.actions.act_window',
          name: rule?.name,
          res_model: rule?.model_id.model,
          view_mode: 'list,form',
          domain: rule?.filter_domain || '[]',
          target: 'current',
        }
      }

      /** Applies the rules whose time has come. */
      async _cron_process(): Promise<void> {
        await applyTimed(this.env)
      }

      /** Applies the rule behind an address to the record that the call is about; gives what went wrong. @throws AUTOMATION_HOOK_UNKNOWN */
      async _call_hook(uuid: string, payload: Record<string, unknown>): Promise<unknown> {
        return callHook(this.env, uuid, payload)
      }
    },
)

/** Actions that are made with a rule get its model and say what they are for. */
function withModel(values: Values<'base.automation'>, model_id: unknown): Values<'base.automation'> {
  const { action_server_ids } = values
  if (!action_server_ids || !model_id) return values
  const complete = action_server_ids.map((command) =>
    'create' in command ? { create: { usage: 'base_automation' as const, ...command.create, model_id } } : command,
  )
  return { ...values, action_server_ids: complete as never } // commands keep their kind
}

/** A text that is a domain, or what is wrong with it. */
function domainMistake(name: string, what: string, text: string | null): string | undefined {
  if (!text) return undefined
  try {
    parse(text)
    return undefined
  } catch (error) {
    return `The ${what} of the automation rule '${name}' cannot be read: ${(error as Error).message}`
  }
}

BaseAutomation.related('model_name', 'model_id.model')
  .computeBatch('url', ['webhook_uuid', 'trigger'], async (rules, env) => {
    const base = String(
      (await env.sudo('the address of the server is no secret')['ir.config_parameter'].get_param('web.base.url')) || '',
    )
    return new Map(
      rules.map((rule) => [
        rule.id,
        rule.trigger === 'on_webhook' && rule.webhook_uuid ? `${base}/web/hook/${rule.webhook_uuid}` : null,
      ]),
    )
  })
  .computeBatch(
    'trg_field_ref_model_name',
    ['model_id.model', 'trigger'],
    async (rules, env) => new Map(rules.map((rule) => [rule.id, refModel(env, rule.model_id?.model, rule.trigger)])),
  )
  .constrain(['filter_domain', 'name'], (rule) => domainMistake(rule.name, 'domain', rule.filter_domain))
  .constrain(['filter_pre_domain', 'name'], (rule) =>
    domainMistake(rule.name, 'domain before the update', rule.filter_pre_domain),
  )
  .constrain(['record_getter', 'name', 'trigger'], (rule) =>
    rule.trigger === 'on_webhook' ? domainMistake(rule.name, 'target record', rule.record_getter) : undefined,
  )
  .constrainBatch(
    ['model_id.model', 'trigger', 'name', 'trg_date_id.model', 'trigger_field_ids.model'],
    async (rules, env) => {
      for (const { name, model_id, trigger, trg_date_id, trigger_field_ids } of rules) {
        const info = env.registry.has(model_id.model) ? env.registry.get(model_id.model) : undefined
        if (!info) continue
        if (info.kind === 'abstract' || info.kind === 'view')
          return `The automation rule '${name}' is for ${info.name}, which has no records of its own.`
        if (isOfField(trigger) && fieldOfTrigger(trigger, info) === undefined)
          return `The automation rule '${name}' waits for '${TRIGGERS[trigger]}', but ${info.name} has no such field.`
        if (trigger === 'on_time' && trg_date_id === null)
          return `The automation rule '${name}' does not say from which date it counts.`
        if (trigger.startsWith('on_message') && !info.inherits.includes('mail.thread'))
          return `The automation rule '${name}' waits for messages, but ${info.name} has none.`
        if (trg_date_id && trg_date_id.model !== info.name)
          return `The automation rule '${name}' counts from a date that is not of ${info.name}.`
        if (trigger_field_ids.some((one) => one.model !== info.name))
          return `The automation rule '${name}' looks at fields that are not of ${info.name}.`
      }
      return undefined
    },
  )
  .callable('action_rotate_webhook_uuid')
  .callable('action_show_records', { readonly: true })

/** The model of the records that a trigger of one field may wait for. */
function refModel(env: Env, name: string | undefined, trigger: keyof typeof TRIGGERS): string | null {
  const info = name !== undefined && env.registry.has(name) ? env.registry.get(name) : undefined
  const field = info && fieldOfTrigger(trigger, info)
  return (field !== undefined && info?.fields.get(field)?.comodel) || null
}

export interface BaseAutomation extends RecordsOf<typeof BaseAutomation> {}
declare module '#core' {
  interface Models {
    'base.automation': { fields: BaseAutomationFields; records: BaseAutomation }
  }
}
