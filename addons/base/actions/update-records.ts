import { parse, type Env, type FieldInfo } from '#core'
import { ACTION_FAILED } from './errors.ts'
import type { ActionFacts } from './run-server-action.ts'
import { scriptValues } from './run-script.ts'
import type { Subject } from './script-scope.ts'
import { fieldAtPath } from './update-path.ts'

/** Writes what the action says to the records, or to those that its path leads to: once for all that get the same value. */
export async function updateRecords(env: Env, action: ActionFacts, subject: Subject): Promise<void> {
  const path = action.update_path ?? ''
  const end = fieldAtPath(env, subject.model, path)
  if (!end) throw new ACTION_FAILED(action.name, subject.model, `it has no field '${path}' to update`)
  const way = path.split('.').slice(0, -1)
  if (action.evaluation_type !== 'equation') {
    const ids = await reached(env, subject.model, subject.ids, way)
    if (ids.length > 0) await env.model(end.model, ids).write({ [end.field]: givenValue(action, end.info) })
    return
  }
  const groups = new Map<string, { readonly value: unknown; readonly ids: number[] }>()
  for (const [id, computed] of await scriptValues(env, parse(action.value || 'None'), subject)) {
    const value = writtenValue(end.info, computed)
    const key = JSON.stringify(value)
    const group = groups.get(key)
    if (group) group.ids.push(id)
    else groups.set(key, { value, ids: [id] })
  }
  for (const { value, ids } of groups.values()) {
    const targets = await reached(env, subject.model, ids, way)
    if (targets.length > 0) await env.model(end.model, targets).write({ [end.field]: value })
  }
}

/** The records that a path of relations leads to. */
async function reached(
  env: Env,
  model: string,
  ids: readonly number[],
  way: readonly string[],
): Promise<readonly number[]> {
  const [step, ...further] = way
  if (step === undefined || ids.length === 0) return ids
  const { comodel } = env.registry.get(model).fields.get(step) ?? {}
  if (!comodel) return []
  const next = (await env.model(model, ids).load([step])).flatMap(
    (record) => (record[step] as { readonly ids: readonly number[] } | null)?.ids ?? [],
  )
  return reached(env, comodel, [...new Set(next)], further)
}

/** The value that the form of the action holds, as the field takes it. */
function givenValue(action: ActionFacts, field: FieldInfo): unknown {
  const text = action.value ?? ''
  switch (field.type) {
    case 'boolean':
      return action.update_boolean_value === 'true'
    case 'html':
      return action.html_value ?? action.value
    case 'many2one':
    case 'many2one_reference':
    case 'integer':
      return field.type === 'integer' ? Math.trunc(Number(text)) || 0 : Number(text) || null
    case 'float':
    case 'monetary':
      return Number(text) || 0
    case 'one2many':
    case 'many2many':
      return manyCommands(action, Number(text) || null)
    default:
      return text === '' ? null : text
  }
}

function manyCommands(action: ActionFacts, id: number | null): readonly unknown[] {
  if (action.update_m2m_operation === 'clear') return [{ set: [] }]
  if (id === null) return []
  if (action.update_m2m_operation === 'remove') return [{ unlink: id }]
  return [action.update_m2m_operation === 'set' ? { set: [id] } : { link: id }]
}

/** What an expression gave, as the field takes it: records of an x2many are what it is set to. */
function writtenValue(field: FieldInfo, value: unknown): unknown {
  if (field.type === 'one2many' || field.type === 'many2many') {
    const ids = [value].flat().filter((one) => typeof one === 'number')
    return [{ set: ids }]
  }
  return value === false && field.type !== 'boolean' ? null : value
}
