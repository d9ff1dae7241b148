import type { Env } from '../orm/env.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { CallableStatement } from '../orm/statements.ts'
import { withClientContext } from '../orm/make-env.ts'
import type { Runtime } from '../runtime.ts'
import { bindArguments, bindIds } from './arguments.ts'
import { checkContext } from './context.ts'
import { withExplanation } from './explanation.ts'
import { METHOD_PRIVATE, METHOD_UNKNOWN } from './errors.ts'
import type { Params, WireMethod } from './method.ts'
import { wireMethods } from './methods/index.ts'
import { type Empty, emptyAsNull } from './nulls.ts'
import { toWire } from './values.ts'

export interface MethodRequest {
  readonly uid: number
  readonly model: string
  readonly method: string
  readonly args: readonly unknown[]
  readonly kwargs: Readonly<Record<string, unknown>>
  /** What stands for empty in the answer; `false` unless told otherwise. */
  readonly empty?: Empty
}

export interface MethodAnswer {
  /** JSON for the client. */
  readonly result: unknown
  /** Statements that it took. */
  readonly queries: number
}

type Target = { readonly wire: WireMethod } | { readonly declared: CallableStatement }

/** Only what every model offers and what a model's layers declare callable can be reached. */
function targetOf(info: ModelInfo, method: string): Target {
  if (method.startsWith('_')) throw new METHOD_PRIVATE(info.name, method)
  const declared = info.callables.get(method)
  if (declared) return { declared }
  const wire = Object.hasOwn(wireMethods, method) ? wireMethods[method] : undefined
  if (wire) return { wire }
  throw new METHOD_UNKNOWN(info.name, method)
}

/**
 * Runs one public method by its wire name with wire arguments, as the user, in a transaction of its own.
 * @throws METHOD_PRIVATE, METHOD_UNKNOWN, MODEL_UNKNOWN, ARGUMENT_…, and what the method throws
 */
export async function callMethod(runtime: Runtime, request: MethodRequest): Promise<MethodAnswer> {
  const { target, readonly, ids, args, context } = bound(runtime.registry.get(request.model), request)
  const who = { uid: request.uid, context: checkContext(context) }
  let queries = 0
  const result = await runtime.call(who, readonly ? 'read' : 'write', async (env) => {
    try {
      return await run(env, request.model, target, ids, args, emptyOf(request))
    } catch (error) {
      throw await withExplanation(env, error)
    } finally {
      queries = env.connection.queries
    }
  })
  return { result, queries }
}

/**
 * The same within a call that has an environment already: for a page that needs several answers at one moment.
 * @throws METHOD_PRIVATE, METHOD_UNKNOWN, MODEL_UNKNOWN, ARGUMENT_…, and what the method throws
 */
export async function callIn(env: Env, request: Omit<MethodRequest, 'uid'>): Promise<unknown> {
  const { target, ids, args, context } = bound(env.registry.get(request.model), request)
  return run(
    context === undefined ? env : await withClientContext(env, checkContext(context)),
    request.model,
    target,
    ids,
    args,
    emptyOf(request),
  )
}

/** Whether a method that clients may call takes ids first. @throws METHOD_PRIVATE, METHOD_UNKNOWN */
export function takesRecords(info: ModelInfo, method: string): boolean {
  const target = targetOf(info, method)
  return ('wire' in target ? target.wire : target.declared).on === 'records'
}

/** `null` is a choice, too: only what is not said falls back to Odoo's form. */
function emptyOf({ empty = false }: Pick<MethodRequest, 'empty'>): Empty {
  return empty
}

interface BoundCall {
  readonly target: Target
  readonly readonly: boolean
  readonly ids: readonly number[]
  readonly args: Readonly<Record<string, unknown>>
  readonly context: unknown
}

/** A request with its method found and its arguments checked and in place. */
function bound(info: ModelInfo, request: Omit<MethodRequest, 'uid'>): BoundCall {
  const target = targetOf(info, request.method)
  const { on, readonly, params } = 'wire' in target ? target.wire : target.declared
  const { context, ...named }: Record<string, unknown> = request.kwargs
  const positional = [...request.args]
  let given: unknown
  if (on === 'records') {
    if ('ids' in named && positional.length === 0) {
      given = named['ids']
      delete named['ids']
    } else given = positional.shift()
  } else if (!('ids' in params) && Array.isArray(named['ids']) && named['ids'].length === 0) delete named['ids'] // no records is no argument
  const ids = on === 'records' ? bindIds(request.method, given) : []
  return { target, readonly, ids, args: bindArguments(request.method, params, positional, named), context }
}

/** Arguments without those that were not given; `false` is not given unless the parameter is a flag. */
function givenOnly(args: Readonly<Record<string, unknown>>, params: Params): Record<string, unknown> {
  const isFlag = (name: string): boolean => [(params[name] as { type?: unknown }).type].flat().includes('boolean')
  return Object.fromEntries(
    Object.entries(args).filter(([name, value]) => value !== null && (value !== false || isFlag(name))),
  )
}

async function run(
  env: Env,
  model: string,
  target: Target,
  ids: readonly number[],
  args: Readonly<Record<string, unknown>>,
  empty: Empty,
): Promise<unknown> {
  const info = env.registry.get(model)
  if ('wire' in target) {
    const { wire } = target
    const answer = await wire.run({ env, info, ids, args })
    return empty === null ? emptyAsNull(env.registry, info, wire.answers, answer) : answer
  }
  const records = env.model(model, ids) as unknown as Record<string, (...args: unknown[]) => unknown>
  const method = records[target.declared.method] as (...args: unknown[]) => unknown
  const { named, params } = target.declared
  return toWire(await method.apply(records, named ? [givenOnly(args, params)] : Object.values(args)), empty)
}
