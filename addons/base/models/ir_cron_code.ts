import type { Env, Values } from '#core'

/** Code that does nothing but call a method of the model. */
const CALL = /^\s*model\.(\w+)\(\)\s*$/

/** The method that code calls without arguments, if that is all it does. */
export function methodIn(code: string | null): string | null {
  return CALL.exec(code ?? '')?.[1] ?? null
}

/** Values of a job with the method that they name as code of its server action. */
export function asAction(values: Values<'ir.cron'>): Values<'ir.cron'> {
  const { function: method, ...rest } = values
  return method ? { ...rest, state: 'code', code: `model.${method}()` } : rest
}

/** Whether a job may call the method: one that begins with `_cron`, or that clients may call without records. */
export function jobMethod(env: Env, name: string, method: string): boolean {
  const open = method.startsWith('_cron') || env.registry.get(name).callables.get(method)?.on === 'model'
  return open && typeof Reflect.get(env.model(name), method) === 'function'
}
