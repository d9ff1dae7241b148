import { callIn, type Env } from '#core'
import { ACCESS_ACTION, ACTION_UNKNOWN } from './ir_errors.ts'

/** The fields that a client gets of each kind of action; others stay on the server. */
const READABLE: Readonly<Record<string, readonly string[]>> = {
  'ir.actions.act_window': [
    'context',
    'domain',
    'filter',
    'groups_id',
    'limit',
    'mobile_view_mode',
    'res_id',
    'res_model',
    'search_view_id',
    'target',
    'view_id',
    'view_mode',
    'views',
    'cache',
    'embedded_action_ids',
  ],
  'ir.actions.act_url': ['target', 'url'],
  'ir.actions.client': ['context', 'params', 'res_model', 'tag', 'target'],
  'ir.actions.server': ['model_name', 'state', 'groups_id'],
  'ir.actions.report': [
    'report_name',
    'report_type',
    'model',
    'print_report_name',
    'paperformat_id',
    'attachment',
    'attachment_use',
    'report_file',
    'groups_id',
  ],
}
const COMMON = [
  'name',
  'type',
  'path',
  'help',
  'binding_model_id',
  'binding_type',
  'binding_view_types',
  'display_name',
  'xml_id',
]

/**
 * An action as a client carries it out.
 * @throws ACTION_UNKNOWN, ACCESS_ACTION when it is for groups that the user is not in
 */
export async function actionForClient(
  env: Env,
  type: string,
  id: number,
  context: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  if (!env.registry.has(type)) throw new ACTION_UNKNOWN(String(id))
  const { fields } = env.registry.get(type)
  const names = [...COMMON, ...(READABLE[type] ?? [])].filter((name) => fields.has(name))
  const system = env
    .sudo('what an action says is checked against its groups here')
    .with({ context: { ...context, bin_size: true } as never })
  const [action] = (await callIn(system, { model: type, method: 'read', args: [[id], names], kwargs: {} })) as Record<
    string,
    unknown
  >[]
  if (!action) throw new ACTION_UNKNOWN(String(id))
  const groups = (action['groups_id'] ?? []) as readonly number[]
  if (groups.length > 0 && !groups.some((group) => env.user.groupIds.has(group)))
    throw new ACCESS_ACTION(String(action['name']))
  return action
}
