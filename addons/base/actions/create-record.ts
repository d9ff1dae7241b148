import type { Env } from '#core'
import { ACTION_FAILED } from './errors.ts'
import type { ActionFacts } from './run-server-action.ts'
import type { Subject } from './script-scope.ts'

/** Creates for each of the records one of the action's model by its name, and puts it into the field of the record. */
export async function createRecord(env: Env, action: ActionFacts, subject: Subject): Promise<void> {
  const model = action.crud_model_id?.model
  const recName = model === undefined ? null : env.registry.get(model).recName
  if (model === undefined || recName === null)
    throw new ACTION_FAILED(action.name, subject.model, 'it does not say of which model it creates a record')
  const count = Math.max(subject.ids.length, 1)
  const created = await env
    .model(model)
    .create(Array.from({ length: count }, () => ({ [recName]: action.value ?? '' })))
  await link(env, action, subject, created.ids)
}

/** Duplicates the action's record for each of the records, and puts the duplicate into the field of the record. */
export async function copyRecord(env: Env, action: ActionFacts, subject: Subject): Promise<void> {
  const [model, id] = (action.resource_ref ?? '').split(',')
  if (!model || !env.registry.has(model))
    throw new ACTION_FAILED(action.name, subject.model, 'it does not say which record it duplicates')
  const original = env.model(model, [Number(id)])
  const copied: number[] = []
  for (let at = 0; at < Math.max(subject.ids.length, 1); at++) copied.push(...(await original.copy()).ids)
  await link(env, action, subject, copied)
}

/** Puts a record of its own into the field of each of the records. */
async function link(env: Env, action: ActionFacts, { model, ids }: Subject, made: readonly number[]): Promise<void> {
  const name = action.link_field_id?.name
  const field = name === undefined ? undefined : env.registry.get(model).fields.get(name)
  if (!field) return
  for (const [at, id] of ids.entries()) {
    const own = made[at]
    if (own !== undefined)
      await env.model(model, [id]).write({ [field.name]: field.type === 'many2one' ? own : [{ link: own }] })
  }
}
