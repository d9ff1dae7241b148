import { ComptoirError, ruleDomain, type Env, type ModelInfo } from '#core'

/** How one model refers to records of others: the columns that name the model and the id. */
export interface Reference {
  readonly model: string
  readonly id: string
}

/**
 * Terms of a domain that find what refers to records that the user may read or change: one for all models without rules
 * for the user, one for each other model, whose rules hold for the record behind. No query is needed for it.
 */
export async function onOpenRecords(
  env: Env,
  reference: Reference,
  counts: (info: ModelInfo) => boolean,
  operation: 'read' | 'write',
): Promise<(readonly unknown[])[]> {
  const user = await env.asUser(env.uid)
  const open: string[] = []
  const terms: (readonly unknown[])[] = []
  for (const info of env.registry.models()) {
    if (info.kind !== 'model' || !counts(info) || !(await mayUse(user, info.name, operation))) continue
    const domain = await ruleDomain(env, info.name, operation)
    if (domain.length === 0) open.push(info.name)
    else terms.push([reference.id, 'any', { model: info.name, domain }])
  }
  return [[reference.model, 'in', open], ...terms]
}

async function mayUse(env: Env, name: string, operation: 'read' | 'write'): Promise<boolean> {
  try {
    await env.model(name).check_access(operation)
    return true
  } catch (error) {
    if (error instanceof ComptoirError && error.exception === 'AccessError') return false
    throw error
  }
}

/** What fulfils one of the terms at least. */
export function oneOf(terms: readonly (readonly unknown[])[]): readonly unknown[] {
  return [...terms.slice(1).map(() => '|'), ...terms]
}
