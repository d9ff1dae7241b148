import { callable, type ExprObject, type Value } from '#core'
import { plain, type ScriptRecords } from './script-records.ts'

/** What a script is about. */
export interface Subject {
  readonly model: string
  /** The records that it is run on; none for a job. */
  readonly ids: readonly number[]
  /** The record that counts as `record`; the first by default. */
  readonly id?: number
  /** Whether it is a job of the scheduler, which may call the methods that are kept for it. */
  readonly isJob?: boolean
  /** Further names. */
  readonly names?: Readonly<Record<string, unknown>>
}

/** Everything that the user's rights reach: `env['res.partner']`, `env.user`, `env.company`. */
function environment(records: ScriptRecords): ExprObject {
  const { env } = records
  return {
    exprGet(name): Value | undefined {
      if (name === 'user') return records.set('res.users', [env.uid])
      if (name === 'company') return records.set('res.company', [env.companyId])
      if (name === 'companies') return records.set('res.company', env.companyIds)
      if (name === 'uid') return env.uid
      if (name === 'lang') return env.lang
      if (name === 'context') return env.context as Value // the context is JSON
      return name.includes('.') && env.registry.has(name) ? records.set(name, []) : undefined
    },
  }
}

/** A name that makes the text of a refusal, for `raise`. */
const refusal = callable(([text]) => String(plain(text ?? '')))

/** What the names of a script mean. Times and commands are known without it. */
export function scriptScope(
  records: ScriptRecords,
  { model, ids, id = ids[0], names }: Subject,
): Record<string, unknown> {
  const { env } = records
  return {
    env: environment(records),
    model: records.set(model, []),
    records: records.set(model, ids),
    record: records.set(model, id === undefined ? [] : [id]),
    user: records.set('res.users', [env.uid]),
    uid: env.uid,
    UserError: refusal,
    ValidationError: refusal,
    Warning: refusal,
    ...names,
  }
}
