import type { Env } from '../orm/env.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Operation } from '../orm/operations.ts'
import type { FieldInfo } from '../fields/info.ts'
import type { Row } from '../sql/connection.ts'
import { sql } from '../sql/fragment.ts'
import { ACCESS_FIELD, ACCESS_MODEL } from './access-errors.ts'
import { inGroups } from './users.ts'

export const VERBS: Record<Operation, string> = { read: 'access', write: 'modify', create: 'create', unlink: 'delete' }

interface AccessRow extends Row {
  model: string
  perm_read: unknown
  perm_write: unknown
  perm_create: unknown
  perm_unlink: unknown
}

/** The operations that the user's groups (and lines for everybody) allow, by model; read once per process. */
async function rightsOf(env: Env): Promise<ReadonlyMap<string, ReadonlySet<Operation>>> {
  return env.caches.get('security', `access ${env.uid}`, async () => {
    const rows = await env.connection.rows<AccessRow>(sql`
      SELECT m.model, a.perm_read, a.perm_write, a.perm_create, a.perm_unlink
      FROM ir_model_access a JOIN ir_model m ON m.id = a.model_id
      WHERE a.active = ${true} AND (a.group_id IS NULL OR a.group_id IN (SELECT gid FROM res_groups_users_rel WHERE uid = ${env.uid}))`)
    const rights = new Map<string, Set<Operation>>()
    for (const row of rows) {
      let operations = rights.get(row.model)
      if (!operations) rights.set(row.model, (operations = new Set()))
      for (const operation of ['read', 'write', 'create', 'unlink'] as const) {
        const allowed = row[`perm_${operation}`]
        if (allowed === true || allowed === 1) operations.add(operation)
      }
    }
    return rights
  })
}

/** Whether the user may do the operation on the model at all; record rules come after. */
export async function hasModelAccess(env: Env, info: ModelInfo, operation: Operation): Promise<boolean> {
  if (env.su) return true
  const rights = await rightsOf(env)
  return rights.get(info.name)?.has(operation) ?? false
}

/** @throws ACCESS_MODEL naming the groups that would allow it */
export async function checkModelAccess(env: Env, info: ModelInfo, operation: Operation): Promise<void> {
  if (await hasModelAccess(env, info, operation)) return
  const groups = await env.connection.rows<{ name: string }>(sql`
    SELECT ${env.dialect.jsonText(sql`g.name`, 'en_US')} AS name FROM ir_model_access a
    JOIN ir_model m ON m.id = a.model_id JOIN res_groups g ON g.id = a.group_id
    WHERE m.model = ${info.name} AND a.active = ${true}
      AND CASE ${operation} WHEN 'read' THEN a.perm_read WHEN 'write' THEN a.perm_write WHEN 'create' THEN a.perm_create ELSE a.perm_unlink END = ${true}
    ORDER BY 1`)
  throw new ACCESS_MODEL(
    VERBS[operation],
    info.description,
    info.name,
    groups.map((group) => group.name),
  ).with({
    model: info.name,
    operation,
    uid: env.uid,
  })
}

/** The `groups` of fields that hold hashes and tokens: code alone reads them, and nobody may ask for them. */
export const NOBODY = '.'

/** Whether the field is kept from everybody, the system itself included. */
export function isSecret(field: FieldInfo): boolean {
  return field.groups === NOBODY
}

/** Whether the user may see the field. */
export function mayUseField(env: Env, field: FieldInfo): boolean {
  return field.groups === null || (env.su ? !isSecret(field) : inGroups(env, field.groups))
}

/**
 * Refuses fields that a caller names to read, find, sort or group by. Unlike reading in code, that is refused for
 * secrets whoever asks: a rule that looks at a hash would tell of it, although rules look with the system's rights.
 * @throws ACCESS_FIELD
 */
export function checkAsked(env: Env, fields: readonly FieldInfo[]): void {
  const secrets = fields.filter(isSecret)
  const [first] = secrets
  if (!first) return checkFields(env, fields, 'read')
  const names = secrets.map((field) => field.name)
  throw new ACCESS_FIELD(VERBS.read, first.model, names, 'no group').with({ model: first.model, fields: names })
}

/** @throws ACCESS_FIELD naming the fields and the groups that may use them */
export function checkFields(env: Env, fields: readonly FieldInfo[], operation: 'read' | 'write'): void {
  if (env.su) return
  const refused = fields.filter((field) => !mayUseField(env, field))
  if (refused.length === 0) return
  const [first] = refused as [FieldInfo]
  throw new ACCESS_FIELD(
    VERBS[operation],
    first.model,
    refused.map((field) => field.name),
    first.groups ?? '',
  ).with({
    model: first.model,
    fields: refused.map((field) => field.name),
  })
}
