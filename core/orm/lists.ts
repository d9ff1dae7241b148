import type { FieldInfo } from '../fields/info.ts'
import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'
import { forgetMany } from './relations.ts'

/** A one2many or many2many field of any model that shows records of the model in question. */
export interface Showing {
  readonly owner: ModelInfo
  readonly field: FieldInfo
  /** The many2one that leads to the owner, for a one2many. */
  readonly inverse: string | null
}

interface Lists {
  readonly shown: readonly Showing[]
  /** Fields of the model whose change may put its records in or out of a list, or elsewhere in it. */
  readonly deciding: ReadonlySet<string>
}

const known = new WeakMap<ModelInfo, Lists>()

function listsOf(env: Env, info: ModelInfo): Lists {
  let lists = known.get(info)
  if (!lists) known.set(info, (lists = findLists(env, info)))
  return lists
}

function findLists(env: Env, info: ModelInfo): Lists {
  const shown: Showing[] = []
  for (const owner of env.registry.models()) {
    for (const field of owner.fields.values()) {
      if (!field.stored || field.comodel !== info.name) continue
      if (field.type === 'one2many' && field.inverse) shown.push({ owner, field, inverse: field.inverse })
      else if (field.type === 'many2many') shown.push({ owner, field, inverse: null })
    }
  }
  const deciding = new Set(info.order.map((key) => key.field))
  if (info.activeField) deciding.add(info.activeField)
  for (const { inverse } of shown) if (inverse) deciding.add(inverse)
  return { shown, deciding }
}

/** The one2many fields of other models that show this one's records. */
export function mirrorsOf(env: Env, info: ModelInfo): readonly (Showing & { readonly inverse: string })[] {
  return listsOf(env, info).shown.filter((one): one is Showing & { readonly inverse: string } => one.inverse !== null)
}

/** Whether a change of one of the fields may change the lists that show the records. */
export function decidesLists(env: Env, info: ModelInfo, fields: Iterable<FieldInfo>): boolean {
  const { deciding } = listsOf(env, info)
  for (const { name } of fields) if (deciding.has(name)) return true
  return false
}

/** The one2many fields of the records that these belong to are read anew; where the owner is not known, of all records. */
export function forgetParents(env: Env, info: ModelInfo, ids: readonly number[]): void {
  const { cache } = env.transaction
  for (const { owner, field, inverse } of mirrorsOf(env, info)) {
    const records = ids.map((id) => cache.find(info.name, id))
    if (records.some((record) => !record || !(inverse in record))) forgetMany(env, owner, field)
    else {
      const parents = new Set(records.flatMap((record) => (record?.[inverse] as number | null | undefined) ?? []))
      if (parents.size > 0) forgetMany(env, owner, field, [...parents])
    }
  }
}

/** All lists that may show the records are read anew: those of their owners, and those that link to them. */
export function forgetLists(env: Env, info: ModelInfo, ids: readonly number[]): void {
  forgetParents(env, info, ids)
  for (const { owner, field, inverse } of listsOf(env, info).shown) if (inverse === null) forgetMany(env, owner, field)
}
