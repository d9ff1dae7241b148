import { openServed } from '../../core/open.ts'
import type { Operation } from '../../core/orm/operations.ts'
import { explainAccess } from '../../core/security/explain.ts'
import type { AccessExplanation, RuleLine } from '../../core/security/explain-types.ts'
import { sql } from '../../core/sql/fragment.ts'
import type { Config } from '../config.ts'
import { CONFIG_INVALID } from '../errors.ts'
import { databaseOptions } from './database-options.ts'

const OPERATIONS: readonly string[] = ['read', 'write', 'create', 'unlink']
const isOperation = (text: string): text is Operation => OPERATIONS.includes(text)

interface Asked {
  readonly login: string
  readonly model: string
  readonly operation: Operation
  readonly ids: readonly number[]
}

function askedOf([subject, login, model, operation, ...rest]: readonly string[]): Asked {
  const ids = rest.flatMap((word) => word.split(',')).filter(Boolean)
  if (
    subject !== 'access' ||
    !login ||
    !model ||
    !operation ||
    !isOperation(operation) ||
    ids.some((id) => !/^\d+$/.test(id))
  ) {
    throw new CONFIG_INVALID(`explain is called as: explain access LOGIN MODEL ${OPERATIONS.join('|')} [IDS]`)
  }
  return { login, model, operation, ids: ids.map(Number) }
}

/**
 * Why a user may or may not do something, as text.
 * @throws CONFIG_INVALID, MODEL_UNKNOWN, USER_UNKNOWN
 */
export async function explain(config: Config, words: readonly string[]): Promise<string> {
  const { login, model, operation, ids } = askedOf(words)
  const runtime = await openServed(databaseOptions(config))
  try {
    return await runtime.call({ uid: 1, su: true }, 'read', async (env) => {
      const [user] = await env.connection.rows<{ id: number }>(sql`SELECT id FROM res_users WHERE login = ${login}`)
      if (!user) throw new CONFIG_INVALID(`there is no user with the login '${login}'`)
      return textOf(await explainAccess(env, { uid: user.id, model, operation, ids }))
    })
  } finally {
    await runtime.close()
  }
}

function textOf({ verdict, rights, rules, records, fields, operation }: AccessExplanation): string {
  const lines = [verdict, '', `Access rights for ${operation}:`]
  for (const { name, group, grants } of rights.lines)
    lines.push(`  ${grants ? 'yes' : 'no '}  ${name}: ${group ? (group.xml_id ?? group.name) : 'everybody'}`)
  if (rights.lines.length === 0) lines.push('  none')
  lines.push('', `Record rules for ${operation}:`)
  for (const rule of rules) lines.push(...ruleText(rule))
  if (rules.length === 0) lines.push('  none')
  if (records.length > 0) lines.push('', 'Records:')
  for (const { id, exists, allowed, refused_by } of records) {
    const refused = refused_by.length > 0 ? `refused by ${refused_by.map((rule) => `#${rule}`).join(', ')}` : 'refused'
    lines.push(`  ${id}: ${exists ? (allowed ? 'allowed' : refused) : 'does not exist'}`)
  }
  const closed = fields.filter((field) => !field.allowed)
  if (closed.length > 0)
    lines.push(
      '',
      'Fields that are closed to the user:',
      ...closed.map(({ field, groups }) => `  ${field}: ${groups === '.' ? 'nobody' : groups}`),
    )
  return `${lines.join('\n')}\n`
}

function ruleText({ id, name, kind, groups, applies, domain, values, model, fails }: RuleLine): string[] {
  const whom = kind === 'global' ? 'everybody' : groups.map((group) => group.xml_id ?? group.name).join(', ')
  return [
    `  #${id} ${name} (${model}; ${whom}${applies ? '' : '; does not apply'})`,
    `      domain ${domain.replaceAll(/\s+/g, ' ')}`,
    `      is     ${JSON.stringify(values)}`,
    ...(fails.length > 0 && applies ? [`      fails  ${fails.join(', ')}`] : []),
  ]
}
