import { ComptoirError, type Env, type Loaded } from '#core'
import { queueEvents } from '../webhooks/queue-events.ts'
import { ACTION_FAILED, ACTION_FORBIDDEN } from './errors.ts'
import { copyRecord, createRecord } from './create-record.ts'
import { runScript } from './run-script.ts'
import type { Subject } from './script-scope.ts'
import { updateRecords } from './update-records.ts'

/** What of an action decides what it does. */
const FACTS = [
  'name',
  'state',
  'usage',
  'model_id.model',
  'groups_id',
  'code',
  'child_ids.sequence',
  'crud_model_id.model',
  'link_field_id.name',
  'update_path',
  'update_m2m_operation',
  'update_boolean_value',
  'evaluation_type',
  'value',
  'html_value',
  'resource_ref',
  'webhook_url',
  'webhook_field_ids.name',
] as const

/** A server action with what decides what it does. */
export type ActionFacts = Loaded<'ir.actions.server', (typeof FACTS)[number]>

async function factsOf(env: Env, id: number): Promise<ActionFacts | undefined> {
  const [facts] = await env
    .sudo('what an action does is checked against its groups')
    .browse('ir.actions.server', [id])
    .load(FACTS)
  return facts
}

/**
 * Runs one server action on the records of the context, with the rights of the user, and gives what the client is to
 * do next. `byScheduler`: it is a job, which may call the methods that models keep for jobs.
 * @throws ACTION_FORBIDDEN, ACTION_FAILED, and what the methods of models throw, with action, model and records in `details`
 */
export async function runServerAction(
  env: Env,
  id: number,
  names: Readonly<Record<string, unknown>> = {},
  byScheduler = false,
): Promise<Record<string, unknown> | null> {
  const action = await factsOf(env, id)
  if (!action) return null
  const subject: Subject = {
    ...subjectOf(env, action.model_id.model),
    isJob: byScheduler,
    names,
  }
  // whoever set a job up decided that its user runs it
  if (!byScheduler) await checkAllowed(env, action, subject)
  try {
    return await perform(env, action, subject)
  } catch (error) {
    throw explained(error, action, subject)
  }
}

/** The records of the context, if they are of the action's model. */
function subjectOf(env: Env, model: string): Subject {
  const { active_model, active_ids, active_id } = env.context
  if (active_model !== model) return { model, ids: [] }
  const ids = active_ids ?? (active_id ? [active_id] : [])
  return { model, ids, ...(active_id && { id: active_id }) }
}

/** An action without groups is for those who may change the records; one of other groups is for nobody else. */
async function checkAllowed(env: Env, action: ActionFacts, { model, ids }: Subject): Promise<void> {
  if (env.su) return
  const { groups_id } = action
  if (groups_id.length > 0) {
    if (groups_id.ids.some((id) => env.user.groupIds.has(id))) return
    throw new ACTION_FORBIDDEN(action.name).with({ action: action.name, model, ids })
  }
  const { kind } = env.registry.get(model)
  if (kind === 'model' || kind === 'transient') await env.model(model, ids).check_access('write')
}

async function perform(env: Env, action: ActionFacts, subject: Subject): Promise<Record<string, unknown> | null> {
  switch (action.state) {
    case 'object_write':
      await updateRecords(env, action, subject)
      return null
    case 'object_create':
      await createRecord(env, action, subject)
      return null
    case 'object_copy':
      await copyRecord(env, action, subject)
      return null
    case 'code':
      return action.code ? runScript(env, action.code, subject) : null
    case 'webhook':
      await queueEvents(env, action, subject)
      return null
    case 'multi':
      return runChildren(env, action, subject)
    default:
      return null
  }
}

async function runChildren(
  env: Env,
  action: ActionFacts,
  { names, isJob }: Subject,
): Promise<Record<string, unknown> | null> {
  let answer: Record<string, unknown> | null = null
  for (const { id } of action.child_ids.toSorted((a, b) => a.sequence - b.sequence || a.id - b.id)) {
    answer = (await runServerAction(env, id, names, isJob)) ?? answer
  }
  return answer
}

/** What went wrong, with the action and the records; a mistake in an expression or a script is told as one of the action. */
function explained(error: unknown, action: ActionFacts, { model, ids }: Subject): unknown {
  if (!(error instanceof ComptoirError) || 'action' in error.details) return error
  const facts = { action: action.name, action_id: action.id, model, ids: [...ids] }
  const isOwn = error.code.startsWith('EXPR_') || (error.code.startsWith('SCRIPT_') && error.code !== 'SCRIPT_RAISED')
  if (!isOwn) return error.with(facts)
  const records = ids.length === 0 ? model : `${model}(${ids.slice(0, 10).join(', ')}${ids.length > 10 ? ', …' : ''})`
  return new ACTION_FAILED(action.name, records, error.message).with({ ...error.details, ...facts, cause: error.code })
}
