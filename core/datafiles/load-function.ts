import { suggest } from '../expr/suggest.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import { bindArguments, bindIds } from '../wire/arguments.ts'
import { wireMethods } from '../wire/methods/index.ts'
import { DATA_METHOD, DATA_VALUE } from './errors.ts'
import { evaluated, evaluatedContext } from './expression.ts'
import { modelOf } from './load-record.ts'
import type { Loading } from './loading.ts'
import type { Place } from './place.ts'
import { plainValue } from './plain-value.ts'
import type { FunctionStep } from './steps.ts'

/**
 * Calls a method with the arguments of a client: those that clients may call, and private ones of the model's layers.
 * The first argument of a method on records is their ids.
 * @throws DATA_METHOD, DATA_VALUE
 */
export async function loadFunction(loading: Loading, step: FunctionStep, place: Place): Promise<void> {
  if (loading.mode === 'update' && step.noupdate) return
  const info = modelOf(loading, step.model, place)
  const context = step.context === null ? {} : await evaluatedContext(loading, step.context, place)
  await call(loading.env.with({ context }), info, step.name, await argumentsOf(loading, step, place), place)
}

async function argumentsOf(loading: Loading, step: FunctionStep, place: Place): Promise<readonly unknown[]> {
  if (step.eval === null) return Promise.all(step.args.map((arg) => plainValue(loading, arg, place)))
  const args = await evaluated(loading, step.eval, place)
  if (!Array.isArray(args)) throw new DATA_VALUE(place, "'eval' of a function is the list of its arguments")
  return args
}

async function call(
  env: Loading['env'],
  info: ModelInfo,
  name: string,
  given: readonly unknown[],
  place: Place,
): Promise<void> {
  const declared = info.callables.get(name)
  const wire = declared || !Object.hasOwn(wireMethods, name) ? undefined : wireMethods[name]
  const method = (env.model(info.name) as unknown as Record<string, unknown>)[name]
  // what every object has, its constructor among it, is no method of a model
  if (!wire && (typeof method !== 'function' || name in Object.prototype)) {
    throw new DATA_METHOD(
      place,
      info.name,
      name,
      suggest(name, [...info.callables.keys(), ...Object.keys(wireMethods)]),
    )
  }
  const onRecords = (declared ?? wire)?.on === 'records' || (!declared && !wire && isIds(given[0]))
  const ids = onRecords ? bindIds(name, given[0]) : []
  const rest = onRecords ? given.slice(1) : given
  if (wire) {
    await wire.run({ env, info, ids, args: bindArguments(name, wire.params, rest, {}) })
    return
  }
  const args = declared ? Object.values(bindArguments(name, declared.params, rest, {})) : rest
  // The check above proves that the set has the method.
  const records = env.model(info.name, ids) as unknown as Record<string, (...args: readonly unknown[]) => unknown>
  await records[name]?.(...args)
}

function isIds(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((id) => Number.isSafeInteger(id))
}
