import { field, model, parse, parseScript, type Env, type Recs, type RecordsOf, type Values } from '#core'
import { ActionFields, actionKind } from './ir_actions.ts'
import { ACTION_RECURSION } from '../actions/errors.ts'
import { runServerAction } from '../actions/run-server-action.ts'
import { fieldAtPath } from '../actions/update-path.ts'
import { newSecret } from '../webhooks/signature.ts'

/** Open list of what a server action does: an addon adds a state by merging a key. */
export interface ServerActionStates {
  object_write: string
  object_create: string
  object_copy: string
  code: string
  webhook: string
  multi: string
}
/** Open list of where a server action is used from. */
export interface ServerActionUsages {
  ir_actions_server: string
  ir_cron: string
}

const SYSTEM = 'base.group_system'

export class IrActionsServerFields extends ActionFields {
  type = field.char({ required: true, default: 'ir.actions.server' })
  usage = field.selection<keyof ServerActionUsages>(
    { ir_actions_server: 'Server Action', ir_cron: 'Scheduled Action' },
    { required: true, default: 'ir_actions_server' },
  )
  state = field.selection<keyof ServerActionStates>(
    {
      object_write: 'Update Record',
      object_create: 'Create Record',
      object_copy: 'Duplicate Record',
      code: 'Execute Code',
      webhook: 'Send Webhook Notification',
      multi: 'Execute Existing Actions',
    },
    { string: 'Type', required: true, default: 'object_write' },
  )
  sequence = field.integer({ default: 5, help: 'Of several actions, those with the lowest number run first.' })
  model_id = field.many2one('ir.model', { string: 'Model', required: true, ondelete: 'cascade', index: true })
  model_name = field.char({ string: 'Model Name' })
  groups_id = field.many2many('res.groups', {
    string: 'Allowed Groups',
    relation: 'ir_act_server_group_rel',
    column1: 'act_id',
    column2: 'gid',
    help: 'Who may run it; empty for all who may change records of the model.',
  })
  code = field.text({
    groups: SYSTEM,
    help: 'Statements over record, records, model and env; a dict called action is what the client does next.',
  })
  child_ids = field.many2many('ir.actions.server', {
    string: 'Child Actions',
    relation: 'rel_server_actions',
    column1: 'server_id',
    column2: 'action_id',
  })
  crud_model_id = field.many2one('ir.model', {
    string: 'Record to Create',
    ondelete: 'set null',
    help: 'The model of the records that it creates.',
  })
  crud_model_name = field.char({ string: 'Target Model Name' })
  link_field_id = field.many2one('ir.model.fields', {
    string: 'Link Field',
    ondelete: 'set null',
    help: 'The field of the record that the new record is put into.',
  })
  update_path = field.char({
    string: 'Field to Update Path',
    help: 'The field to write, through relations with dots between them: partner_id.comment.',
  })
  update_field_id = field.many2one('ir.model.fields', { string: 'Field to Update', store: true, ondelete: 'set null' })
  update_field_type = field.selection(
    {
      binary: 'binary',
      boolean: 'boolean',
      char: 'char',
      date: 'date',
      datetime: 'datetime',
      float: 'float',
      html: 'html',
      integer: 'integer',
      json: 'json',
      many2many: 'many2many',
      many2one: 'many2one',
      many2one_reference: 'many2one_reference',
      monetary: 'monetary',
      one2many: 'one2many',
      properties: 'properties',
      properties_definition: 'properties_definition',
      reference: 'reference',
      selection: 'selection',
      text: 'text',
    },
    { string: 'Type of the Field to Update' },
  )
  update_m2m_operation = field.selection(
    { add: 'Adding', remove: 'Removing', set: 'Setting it to', clear: 'Clearing it' },
    { string: 'Many2many Operations', default: 'add' },
  )
  update_boolean_value = field.selection(
    { true: 'Yes (True)', false: 'No (False)' },
    { string: 'Boolean Value', default: 'true' },
  )
  evaluation_type = field.selection(
    { value: 'Update', equation: 'Compute' },
    { string: 'Value Type', default: 'value' },
  )
  value = field.text({ help: 'The value, or with Compute an expression over record; for a new record its name.' })
  html_value = field.html({ string: 'HTML Value' })
  resource_ref = field.reference({ string: 'Record' })
  selection_value = field.many2one('ir.model.fields.selection', { string: 'Custom Value', ondelete: 'set null' })
  webhook_url = field.char({
    string: 'Webhook URL',
    groups: SYSTEM,
    help: 'Where events are sent: an address that begins with https:// or http://.',
  })
  webhook_field_ids = field.many2many('ir.model.fields', {
    string: 'Webhook Fields',
    relation: 'ir_act_server_webhook_field_rel',
    column1: 'server_id',
    column2: 'field_id',
  })
  webhook_secret = field.char({
    groups: SYSTEM,
    copy: false,
    exportable: false,
    default: newSecret,
    help: 'What the receiver checks the signature of an event with.',
  })
}

export const IrActionsServer = model(
  'ir.actions.server',
  IrActionsServerFields,
  { description: 'Server Action', table: 'ir_act_server', order: 'sequence, name, id', idFrom: 'ir.actions.actions' },
  (Base) =>
    class extends actionKind(Base) {
      /** An action that is not named is called as what it does. */
      override async create(values: readonly Values<'ir.actions.server'>[]): Promise<Recs<'ir.actions.server'>> {
        const { state = {} } = await this._stateLabels()
        return super.create(
          values.map((one) =>
            one.name ? one : { ...one, name: state[one.state ?? 'object_write'] ?? 'Server Action' },
          ),
        )
      }

      async _stateLabels(): Promise<{ readonly state?: Readonly<Record<string, string>> }> {
        const labels = this.env.registry.get('ir.actions.server').fields.get('state')?.selection
        return typeof labels === 'object' && labels !== null
          ? { state: labels as Readonly<Record<string, string>> }
          : {}
      }

      /**
       * Runs the actions one after the other on the records that the context names (`active_model`, `active_ids`), with
       * the rights of the user. Answers what the last of them has the client do next, or nothing.
       * @throws ACTION_FORBIDDEN, ACTION_FAILED, and what the methods of models throw
       */
      async run(): Promise<Record<string, unknown> | null> {
        let answer: Record<string, unknown> | null = null
        for (const { id } of await this.sudo('what an action does is checked against its groups when it runs').load([
          'sequence',
        ])) {
          answer = (await runServerAction(this.env, id)) ?? answer
        }
        return answer
      }

      /** Offers the actions in the Action menu of their models. */
      async create_action(): Promise<true> {
        for (const { id, model_id } of await this.load(['model_id'])) {
          await this.browse([id]).write({ binding_model_id: model_id, binding_type: 'action' })
        }
        return true
      }

      /** Offers the actions nowhere any more. */
      async unlink_action(): Promise<true> {
        await this.check_access('write')
        await this.write({ binding_model_id: null })
        return true
      }

      /** Makes new secrets: events are signed with them from now on. */
      async action_new_webhook_secret(): Promise<void> {
        for (const action of this) await action.write({ webhook_secret: newSecret() })
      }
    },
)

/** What is wrong with a text, or nothing. */
function mistake(name: string, what: string, read: () => unknown): string | undefined {
  try {
    read()
    return undefined
  } catch (error) {
    return `The ${what} of the server action '${name}' cannot be read: ${(error as Error).message}`
  }
}

IrActionsServer.related('model_name', 'model_id.model')
  .related('crud_model_name', 'crud_model_id.model')
  .related('update_field_type', 'update_field_id.ttype')
  .computeBatch('update_field_id', ['update_path', 'model_id.model', 'state'], async (actions, env) => {
    const found = new Map<number, { id: number } | null>()
    for (const { id, update_path, model_id, state } of actions) {
      const at =
        state === 'object_write' && update_path && model_id ? fieldAtPath(env, model_id.model, update_path) : undefined
      found.set(id, at ? await fieldRecord(env, at.model, at.field) : null)
    }
    return found as never // a record is its id here
  })
  .constrain(['code', 'name', 'state'], (action) =>
    action.state === 'code' && action.code
      ? mistake(action.name, 'code', () => parseScript(action.code ?? ''))
      : undefined,
  )
  .constrain(['value', 'name', 'state', 'evaluation_type'], (action) =>
    action.state === 'object_write' && action.evaluation_type === 'equation' && action.value
      ? mistake(action.name, 'value', () => parse(action.value ?? ''))
      : undefined,
  )
  .constrainBatch(['update_path', 'name', 'model_id.model', 'state'], async (actions, env) => {
    const wrong = actions.find(
      ({ state, update_path, model_id }) =>
        state === 'object_write' &&
        update_path &&
        env.registry.has(model_id.model) &&
        !fieldAtPath(env, model_id.model, update_path),
    )
    return (
      wrong &&
      `The server action '${wrong.name}' writes '${wrong.update_path}', which is not a path of fields from ${wrong.model_id.model}.`
    )
  })
  .constrain(['state', 'webhook_url', 'name'], (action) =>
    action.state === 'webhook' && !isWebAddress(action.webhook_url ?? '')
      ? `The server action '${action.name}' sends events to '${action.webhook_url ?? ''}': give an address that begins with https:// or http://.`
      : undefined,
  )
  .constrainBatch(['webhook_field_ids.model', 'model_id.model', 'name', 'state'], async (actions) => {
    const wrong = actions.find(
      (action) =>
        action.state === 'webhook' && action.webhook_field_ids.some((one) => one.model !== action.model_id.model),
    )
    return wrong && `The server action '${wrong.name}' sends fields that are not of ${wrong.model_id.model}.`
  })
  .constrainBatch(['child_ids.child_ids', 'name', 'model_id'], async (actions, env) => {
    for (const action of actions) {
      if (await runsItself(env, action.id)) return new ACTION_RECURSION(action.name).message
    }
    return undefined
  })
  .onchange(['resource_ref'], ['resource_ref'], ({ resource_ref }) =>
    resource_ref ? { values: { value: resource_ref.split(',')[1] } } : undefined,
  )
  .onchange(['selection_value'], ['selection_value.value'], ({ selection_value }) =>
    selection_value ? { values: { value: selection_value.value } } : undefined,
  )
  .callable('run')
  .callable('create_action')
  .callable('unlink_action')
  .callable('action_new_webhook_secret')

async function fieldRecord(env: Env, model: string, name: string): Promise<{ id: number } | null> {
  const [id] = (
    await env.sudo('the fields of models are no secret')['ir.model.fields'].search(
      [
        ['model', '=', model],
        ['name', '=', name],
      ],
      { limit: 1 },
    )
  ).ids
  return id === undefined ? null : { id }
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text)
}

/** Whether an action is reached from itself through its children: one query per level. */
async function runsItself(env: Env, id: number): Promise<boolean> {
  const seen = new Set<number>()
  let level = [id]
  while (level.length > 0) {
    const children = (await env['ir.actions.server'].browse(level).load(['child_ids'])).flatMap(
      ({ child_ids }) => child_ids.ids,
    )
    if (children.includes(id)) return true
    level = [...new Set(children)].filter((child) => !seen.has(child))
    for (const child of level) seen.add(child)
  }
  return false
}

export interface IrActionsServer extends RecordsOf<typeof IrActionsServer> {}
declare module '#core' {
  interface Models {
    'ir.actions.server': { fields: IrActionsServerFields; records: IrActionsServer }
  }
  interface Context {
    /** What an action is run on: the model, the records, and the one that counts as the record. */
    readonly active_model?: string
    readonly active_ids?: readonly number[]
    readonly active_id?: number
  }
}
