import type { Env } from '../orm/env.ts'
import type { Operation } from '../orm/operations.ts'
import type { Row } from '../sql/connection.ts'
import { raw, sql, type Sql } from '../sql/fragment.ts'
import type { Group, RightLine } from './explain-types.ts'

/** A rule as it is stored, with its groups. */
export interface StoredRule {
  readonly id: number
  readonly xml_id: string | null
  readonly name: string
  readonly domain_force: string | null
  readonly groups: readonly Group[]
}

interface GroupRow extends Row {
  readonly group_id: number | null
  readonly group_name: string | null
  readonly group_xml_id: string | null
}

const PERMISSIONS: Readonly<Record<Operation, Sql>> = {
  read: raw('perm_read'),
  write: raw('perm_write'),
  create: raw('perm_create'),
  unlink: raw('perm_unlink'),
}

const xmlIdOf = (model: string, id: Sql): Sql =>
  sql`(SELECT MIN(d.module || '.' || d.name) FROM ir_model_data d WHERE d.model = ${model} AND d.res_id = ${id})`

function groupOf(env: Env, row: GroupRow): Group | null {
  if (row.group_id === null) return null
  return {
    id: row.group_id,
    xml_id: row.group_xml_id,
    name: row.group_name ?? '',
    member: env.user.groupIds.has(row.group_id),
  }
}

const groupColumns = (env: Env): Sql =>
  sql`g.id AS group_id, ${env.dialect.jsonText(sql`g.name`, 'en_US')} AS group_name, ${xmlIdOf('res.groups', raw('g.id'))} AS group_xml_id`

/** The lines of access rights that allow the operation to somebody. */
export async function rightLines(env: Env, model: string, operation: Operation): Promise<RightLine[]> {
  const rows = await env.connection.rows<GroupRow & { id: number; name: string }>(sql`
    SELECT a.id, a.name, ${groupColumns(env)} FROM ir_model_access a
    JOIN ir_model m ON m.id = a.model_id LEFT JOIN res_groups g ON g.id = a.group_id
    WHERE m.model = ${model} AND a.active = ${true} AND a.${PERMISSIONS[operation]} = ${true} ORDER BY a.id`)
  return rows.map((row) => {
    const group = groupOf(env, row)
    return { id: row.id, name: row.name, group, grants: group === null || group.member }
  })
}

/** The record rules on the model for the operation, whomever they are for. */
export async function storedRules(env: Env, model: string, operation: Operation): Promise<StoredRule[]> {
  const rows = await env.connection.rows<
    GroupRow & { id: number; name: string | null; domain_force: string | null; xml_id: string | null }
  >(sql`
    SELECT r.id, r.name, r.domain_force, ${xmlIdOf('ir.rule', raw('r.id'))} AS xml_id, ${groupColumns(env)} FROM ir_rule r
    JOIN ir_model m ON m.id = r.model_id
    LEFT JOIN rule_group_rel l ON l.rule_group_id = r.id LEFT JOIN res_groups g ON g.id = l.group_id
    WHERE m.model = ${model} AND r.active = ${true} AND r.${PERMISSIONS[operation]} = ${true} ORDER BY r.id, g.id`)
  const rules = new Map<number, StoredRule & { groups: Group[] }>()
  for (const row of rows) {
    const { id, xml_id, domain_force } = row
    let rule = rules.get(id)
    if (!rule) rules.set(id, (rule = { id, xml_id, domain_force, name: row.name ?? `rule ${id}`, groups: [] }))
    const group = groupOf(env, row)
    if (group) rule.groups.push(group)
  }
  return [...rules.values()]
}
