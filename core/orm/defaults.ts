import type { FieldInfo } from '../fields/info.ts'
import { commandFromTuple } from '../fields/command.ts'
import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'
import type { Loose } from './operations.ts'
import { isMany } from './values.ts'

/** A value that came from outside typed code, in the form that `create` takes. */
function loosen(field: FieldInfo, value: unknown): unknown {
  if (!isMany(field)) return value === false && field.type !== 'boolean' ? null : value
  return Array.isArray(value) ? value.map((one: unknown) => commandFromTuple(one, field)) : value
}

/**
 * Those of the fields whose default comes from a function that cannot look at the environment: it may differ from
 * record to record (a token). What the context or a user's setting gives is the same for all.
 */
export async function perRecord(env: Env, info: ModelInfo, fields: readonly FieldInfo[]): Promise<FieldInfo[]> {
  const own = fields.filter((field) => typeof field.default === 'function' && field.default.length === 0)
  if (own.length === 0) return own
  const set = await settled(env, info.name)
  return own.filter(({ name }) => !Object.hasOwn(env.context, `default_${name}`) && !(set && Object.hasOwn(set, name)))
}

/**
 * Defaults of those of the fields that have one: from the context (`default_NAME`), from what users and
 * administrators set, from the field's declaration, in this order.
 */
export async function defaults(env: Env, model: string, names: readonly string[]): Promise<Loose> {
  const info = env.registry.get(model)
  const values: Loose = {}
  const set = await settled(env, model)
  for (const name of names) {
    const field = info.fields.get(name)
    if (!field) continue
    const key = `default_${name}` as const
    if (Object.hasOwn(env.context, key)) values[name] = loosen(field, env.context[key])
    else if (set && Object.hasOwn(set, name)) values[name] = loosen(field, set[name])
    else if (field.default !== undefined) values[name] = await fieldDefault(env, field)
    else if (field.inherited && field.related) {
      const comodel = info.fields.get(field.related[0] as string)?.comodel as string
      const target = env.registry.get(comodel).fields.get(field.related[1] as string)
      if (target?.default !== undefined) values[name] = await fieldDefault(env, target)
    }
  }
  return values
}

export async function fieldDefault(env: Env, field: FieldInfo): Promise<unknown> {
  return typeof field.default === 'function' ? await (field.default as (env: Env) => unknown)(env) : field.default
}

/** What `ir.default` holds for the user; nothing before `base` is there. */
async function settled(env: Env, model: string): Promise<Loose | undefined> {
  if (!env.registry.has('ir.default')) return undefined
  const source = env.model('ir.default') as unknown as { _get_model_defaults?: (model: string) => Promise<Loose> }
  return source._get_model_defaults?.(model)
}
