import { ComptoirError } from '../errors.ts'
import type { Env } from '../orm/env.ts'
import type { Operation } from '../orm/operations.ts'
import { ACCESS_MODEL, ACCESS_RULE } from '../security/access-errors.ts'
import { explainAccess } from '../security/explain.ts'

const EXPLAINED = new Set([ACCESS_MODEL.code, ACCESS_RULE.code])

/** Groups whose members manage rights, and so may know them. */
const MANAGERS = ['base.group_erp_manager', 'base.group_system']

/** A refusal of rights or rules, for who manages them with all that speaks of it; any other error as it is. */
export async function withExplanation(env: Env, error: unknown): Promise<unknown> {
  if (!(error instanceof ComptoirError) || !EXPLAINED.has(error.code)) return error
  const { model, operation, ids = [], uid } = error.details
  if (typeof model !== 'string' || uid !== env.uid || !MANAGERS.some((group) => env.user.groups.has(group)))
    return error
  const question = {
    uid: env.uid,
    model,
    operation: operation as Operation,
    ids: ids as readonly number[],
    companyIds: env.companyIds,
  }
  const { verdict, rights, rules, records } = await explainAccess(env, question)
  return error.with({ hint: verdict, explanation: { rights, rules: rules.filter((rule) => rule.applies), records } })
}
