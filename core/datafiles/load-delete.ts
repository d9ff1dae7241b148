import { exists } from '../orm/exists.ts'
import { evaluatedDomain } from './expression.ts'
import { modelOf } from './load-record.ts'
import { completeId, type Loading } from './loading.ts'
import type { Place } from './place.ts'
import type { DeleteStep } from './steps.ts'

/** Deletes the records that the step names, as far as they are there. */
export async function loadDelete(loading: Loading, step: DeleteStep, place: Place): Promise<void> {
  if (loading.mode === 'update' && step.noupdate) return
  const { name } = modelOf(loading, step.model, place)
  const ids = await idsToDelete(loading, step, place)
  if (ids.length === 0) return
  await loading.env.model(name, ids).unlink()
  loading.xmlIds.forget(name, ids)
}

async function idsToDelete(loading: Loading, step: DeleteStep, place: Place): Promise<readonly number[]> {
  const { env, xmlIds } = loading
  if (step.search !== null) {
    return (await env.model(step.model).search(await evaluatedDomain(loading, step.search, place))).ids
  }
  const known = step.id === null ? undefined : xmlIds.find(completeId(loading, step.id))
  return known?.model === step.model ? exists(env, step.model, [known.id]) : []
}
