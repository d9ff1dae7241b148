import { ComptoirError } from '../errors.ts'
import { treeToDomain } from '../domain/parse.ts'
import type { Tree } from '../domain/tree.ts'
import { insideTree } from '../orm/check-access.ts'
import type { Env } from '../orm/env.ts'
import { exists } from '../orm/exists.ts'
import { withClientContext } from '../orm/make-env.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import { mayUseField, VERBS } from './access.ts'
import { rightLines, storedRules, type StoredRule } from './explain-read.ts'
import type { AccessExplanation, AccessQuestion, FieldLine, Group, RecordLine, RuleLine } from './explain-types.ts'
import { domainOf } from './rules.ts'

/**
 * Why a user may or may not do an operation with a model and its records: the rights and rules that speak of it, with
 * the domains as they are for this user, which of them refuses which record, and the groups that would change that.
 * Whoever asks is told everything: ask for people who manage rights only.
 * @throws USER_UNKNOWN, MODEL_UNKNOWN, ACCESS_COMPANY
 */
export async function explainAccess(env: Env, question: AccessQuestion): Promise<AccessExplanation> {
  const { model, operation, ids = [], companyIds } = question
  const info = env.registry.get(model)
  const own = await env.asUser(question.uid)
  const user = companyIds ? await withClientContext(own, { allowed_company_ids: companyIds }) : own
  const lines = await rightLines(user, model, operation)
  const granted = user.su || lines.some((line) => line.grants)
  const there = new Set(ids.length > 0 ? await exists(env, model, ids) : [])
  const rules = user.su ? [] : await ruleLines(user, info, operation, [...there])
  const records = ids.map((id) => recordLine(id, there.has(id), granted, rules))
  const byRules = granted && records.every((record) => record.allowed || !record.exists)
  const refusedByCode = byRules ? await codeRefusal(user, model, [...there], operation) : null
  const wouldGrant = granted ? [] : groupsOf(lines.map((line) => line.group))
  const explanation = {
    user: { id: user.uid, login: user.user.login, name: user.user.name, company_ids: user.companyIds },
    model,
    operation,
    allowed: byRules && refusedByCode === null,
    superuser: user.su,
    rights: { granted, lines, would_grant: wouldGrant },
    rules,
    records,
    first_refused: records.find((record) => record.exists && !record.allowed)?.id ?? null,
    refused_by_code: refusedByCode,
    fields: fieldLines(user, info),
  }
  return { ...explanation, verdict: verdictOf(explanation, info.description) }
}

const groupsOf = (groups: readonly (Group | null)[]): Group[] => [
  ...new Map(groups.flatMap((group) => (group && !group.member ? [[group.id, group] as const] : []))).values(),
]

/** The rules on the model, then those on the models whose fields it has too, which hold for the record behind. */
async function ruleLines(
  user: Env,
  info: ModelInfo,
  operation: AccessQuestion['operation'],
  ids: readonly number[],
  outer: ModelInfo = info,
  wrap: (tree: Tree) => Tree = (tree) => tree,
): Promise<RuleLine[]> {
  const lines: RuleLine[] = []
  for (const rule of await storedRules(user, info.name, operation))
    lines.push(await ruleLine(user, info, rule, ids, outer, wrap))
  for (const [model, field] of info.delegates) {
    const behind = (tree: Tree): Tree => wrap({ type: 'any', field, tree, negated: false })
    lines.push(...(await ruleLines(user, user.registry.get(model), operation, ids, outer, behind)))
  }
  return lines
}

async function ruleLine(
  user: Env,
  info: ModelInfo,
  rule: StoredRule,
  ids: readonly number[],
  outer: ModelInfo,
  wrap: (tree: Tree) => Tree,
): Promise<RuleLine> {
  const { tree } = domainOf(user, rule)
  const inside = new Set(ids.length > 0 ? await insideTree(user, outer, ids, wrap(tree)) : [])
  const isGlobal = rule.groups.length === 0
  return {
    id: rule.id,
    xml_id: rule.xml_id,
    name: rule.name,
    model: info.name,
    kind: isGlobal ? 'global' : 'group',
    groups: rule.groups,
    applies: isGlobal || rule.groups.some((group) => group.member),
    domain: rule.domain_force?.trim() || '[]',
    values: treeToDomain(tree),
    fails: ids.filter((id) => !inside.has(id)),
  }
}

/** On each model every global rule has to hold, and one of the rules of the user's groups if there are any. */
function recordLine(id: number, isThere: boolean, granted: boolean, rules: readonly RuleLine[]): RecordLine {
  if (!isThere) return { id, exists: false, allowed: false, refused_by: [], would_grant: [] }
  const fails = (rule: RuleLine): boolean => rule.fails.includes(id)
  const refusing: RuleLine[] = rules.filter((rule) => rule.kind === 'global' && fails(rule))
  const wouldGrant: Group[] = []
  const isOpen = refusing.length === 0
  for (const model of new Set(rules.map((rule) => rule.model))) {
    const grouped = rules.filter((rule) => rule.model === model && rule.kind === 'group')
    const applying = grouped.filter((rule) => rule.applies)
    if (applying.length === 0 || !applying.every(fails)) continue
    refusing.push(...applying)
    wouldGrant.push(...grouped.filter((rule) => !rule.applies && !fails(rule)).flatMap((rule) => rule.groups))
  }
  return {
    id,
    exists: true,
    allowed: granted && refusing.length === 0,
    refused_by: refusing.map((rule) => rule.id),
    would_grant: isOpen ? groupsOf(wouldGrant) : [],
  }
}

/** Models may refuse more than rights and rules do: what they say then. */
async function codeRefusal(
  user: Env,
  model: string,
  ids: readonly number[],
  operation: AccessQuestion['operation'],
): Promise<string | null> {
  try {
    await user.model(model, ids).check_access(operation)
    return null
  } catch (error) {
    if (error instanceof ComptoirError && error.exception === 'AccessError') return error.message
    throw error
  }
}

function fieldLines(user: Env, info: ModelInfo): FieldLine[] {
  return [...info.fields.values()].flatMap((field) =>
    field.groups === null ? [] : [{ field: field.name, groups: field.groups, allowed: mayUseField(user, field) }],
  )
}

function verdictOf(explanation: Omit<AccessExplanation, 'verdict'>, description: string): string {
  const { user, rights, rules, first_refused: refused, records, refused_by_code: code, operation, model } = explanation
  const what = `${VERBS[operation]} ${description} (${model})`
  if (explanation.superuser) return `${user.login} is the system itself: nothing is checked.`
  if (!rights.granted)
    return `${user.login} may not ${what}: no access right of the user's groups allows it.${oneOf(rights.would_grant)}`
  const record = records.find((one) => one.id === refused)
  if (record) {
    const names = rules.filter((rule) => record.refused_by.includes(rule.id)).map((rule) => `'${rule.name}'`)
    return `${user.login} may not ${what} ${record.id}: refused by ${names.length > 1 ? 'the rules' : 'the rule'} ${names.join(', ')}.${oneOf(record.would_grant)}`
  }
  if (code !== null) return `${user.login} may not ${what}: the model's own check says: ${code}`
  return `${user.login} may ${what}${records.length > 0 ? ` ${records.map(({ id }) => id).join(', ')}` : ''}.`
}

function oneOf(groups: readonly Group[]): string {
  return groups.length > 0
    ? ` Membership in one of these would allow it: ${groups.map((group) => group.xml_id ?? group.name).join(', ')}.`
    : ' No group would allow it.'
}
