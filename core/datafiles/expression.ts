import { evaluate } from '../expr/evaluate.ts'
import { callable, type ExprObject, type Scope, type Value } from '../expr/values.ts'
import type { Context } from '../orm/models.ts'
import { checkContext } from '../wire/context.ts'
import { DATA_VALUE, valueError } from './errors.ts'
import { recordOf, type Loading } from './loading.ts'
import { idsOfExpression } from './named-ids.ts'
import type { Place } from './place.ts'
import { RecordObjects } from './record-object.ts'

/** What `version` is in an expression: the release whose names and formats data files follow. */
const VERSION = '18.0'

/**
 * The value of a Python expression as plain data. In it `ref('id')` is the id of a record, `obj(id)` a record of
 * `model` with its fields, `Command` makes commands; dates are relative to now.
 * @throws DATA_VALUE, DATA_REF
 */
export async function evaluated(
  loading: Loading,
  source: string,
  place: Place,
  model?: string | null,
): Promise<unknown> {
  const records = new RecordObjects(loading.env)
  const scope = { ref: await refs(loading, source, place), obj: objects(records, model, place), version: VERSION }
  for (;;) {
    const outcome = attempt(source, scope)
    // What the expression read of records is fetched, and then it is evaluated anew.
    if (await fetched(records, place)) continue
    if ('value' in outcome) return outcome.value
    throw valueError(outcome.error, place)
  }
}

/** A domain. @throws DATA_VALUE, DATA_REF */
export async function evaluatedDomain(loading: Loading, source: string, place: Place): Promise<readonly unknown[]> {
  const domain = await evaluated(loading, source, place)
  if (Array.isArray(domain)) return domain
  throw new DATA_VALUE(place, `a domain is a list, and this is none: ${source}`)
}

/** A context. @throws DATA_VALUE, DATA_REF */
export async function evaluatedContext(loading: Loading, source: string, place: Place): Promise<Context> {
  const context = await evaluated(loading, source, place)
  try {
    return checkContext(context)
  } catch (error) {
    throw valueError(error, place)
  }
}

function attempt(source: string, scope: Scope): { readonly value: unknown } | { readonly error: unknown } {
  try {
    return { value: evaluate(source, scope) }
  } catch (error) {
    return { error }
  }
}

async function fetched(records: RecordObjects, place: Place): Promise<boolean> {
  try {
    return await records.fetch()
  } catch (error) {
    throw valueError(error, place)
  }
}

async function refs(loading: Loading, source: string, place: Place): Promise<ExprObject> {
  const ids = new Map<string, number>()
  for (const id of idsOfExpression(source)) ids.set(id, (await recordOf(loading, id, place)).id)
  return callable(([id]): Value => {
    const known = typeof id === 'string' ? ids.get(id) : undefined
    if (known === undefined) throw new DATA_VALUE(place, 'ref() takes an external id written out as text')
    return known
  })
}

function objects(records: RecordObjects, model: string | null | undefined, place: Place): ExprObject {
  return callable(([id]) => {
    if (!model) throw new DATA_VALUE(place, "obj() needs the attribute 'model'")
    if (typeof id !== 'number') throw new DATA_VALUE(place, "obj() takes an id, such as ref('…')")
    return records.object(model, id)
  })
}
