import type { FieldInfo } from '../../fields/info.ts'
import type { Env } from '../env.ts'
import type { ModelInfo } from '../model-info.ts'
import type { Loose } from '../operations.ts'
import type { OnchangeAnswer } from '../statements.ts'
import { fetchColumns } from '../columns.ts'
import { modified } from '../compute/modified.ts'
import { unmarkStale } from '../compute/stale-marks.ts'
import { loadData } from '../load.ts'
import { withTransaction } from '../make-env.ts'
import { Transaction } from '../transaction.ts'
import { isMany, sameValue } from '../values.ts'
import { Draft } from './draft.ts'

const MAX_ROUNDS = 50

export interface OnchangeResult {
  readonly draft: Draft
  readonly id: number
  readonly warnings: readonly NonNullable<OnchangeAnswer['warning']>[]
}

/**
 * Plays what a form does when a person changed `changed`: computed values follow, then the declared onchanges run, and
 * those of the fields that they change. Nothing reaches the database.
 * @param values what the form holds, typed (commands as objects); of a new record all that is known
 */
export async function playOnchange(
  env: Env,
  info: ModelInfo,
  id: number | undefined,
  values: Loose,
  changed: readonly string[],
): Promise<OnchangeResult> {
  const draft = new Draft(
    withTransaction(env, new Transaction(env.db, env.connection, env.registry.caches, { draft: true })),
  )
  const record = id ?? draft.newId()
  await draft.lay(info, record, values, new Set(changed))
  const fields = changed.flatMap((name) => info.fields.get(name) ?? [])
  await modified(draft.env, info, fields, [record])
  for (const field of fields) unmarkStale(draft.env.transaction, info.name, [record], field.name)
  const warnings = await runStatements(draft, info, record, changed)
  return { draft, id: record, warnings }
}

async function runStatements(
  draft: Draft,
  info: ModelInfo,
  id: number,
  changed: readonly string[],
): Promise<NonNullable<OnchangeAnswer['warning']>[]> {
  const warnings: NonNullable<OnchangeAnswer['warning']>[] = []
  const waiting = [...changed]
  for (let round = 0; waiting.length > 0 && round < MAX_ROUNDS; round++) {
    const name = waiting.shift() as string
    for (const { fields, depends, run } of info.onchanges) {
      if (!fields.includes(name)) continue
      const [data] = await loadData(draft.env.sudo('onchange'), info, [id], depends)
      const answer = data && (await run(data, draft.env))
      if (!answer) continue
      if (answer.warning) warnings.push(answer.warning)
      await fetchColumns(
        draft.env,
        info,
        [id],
        Object.keys(answer.values ?? {})
          .flatMap((other) => info.fields.get(other) ?? [])
          .filter((field) => field.column !== null),
      )
      for (const [other, value] of Object.entries(answer.values ?? {})) {
        const field = info.fields.get(other)
        if (field && (await differs(draft, info, id, field, value))) {
          await draft.change(info, id, field, value)
          waiting.push(other)
        }
      }
    }
  }
  return warnings
}

async function differs(draft: Draft, info: ModelInfo, id: number, field: FieldInfo, value: unknown): Promise<boolean> {
  if (isMany(field)) return true
  const [before] = await loadData(draft.env.sudo('onchange'), info, [id], [field.name])
  const held =
    field.type === 'many2one' ? ((before?.[field.name] as { id: number } | null)?.id ?? null) : before?.[field.name]
  return !sameValue(field, held, field.kind.accept(value, field) ?? field.kind.empty)
}
