import type { Env, UserFacts } from '../orm/env.ts'
import type { Registry } from '../orm/registry.ts'
import type { Transaction } from '../orm/transaction.ts'
import type { Connection, Row } from '../sql/connection.ts'
import { sql } from '../sql/fragment.ts'
import { USER_UNKNOWN } from './access-errors.ts'

/** The user that the system itself acts as; no rights are checked for it. */
export const SUPERUSER_ID = 1

const SUPERUSER_BEFORE_INSTALL: UserFacts = {
  id: SUPERUSER_ID,
  login: '__system__',
  name: 'System',
  partnerId: 1,
  commercialPartnerId: 1,
  active: true,
  companyId: 1,
  companyIds: [1],
  lang: null,
  tz: null,
  groupIds: new Set(),
  groups: new Set(),
}

interface UserRow extends Row {
  login: string
  active: unknown
  partner_id: number
  commercial_partner_id: number | null
  company_id: number
  name: string
  lang: string | null
  tz: string | null
}

/**
 * What checks of rights need to know of a user; read once per process.
 * @throws USER_UNKNOWN
 */
export async function userFacts(registry: Registry, transaction: Transaction, uid: number): Promise<UserFacts> {
  if (!registry.has('res.users')) return SUPERUSER_BEFORE_INSTALL
  return transaction.caches.get('security', `user ${uid}`, () => readUser(transaction.connection, uid))
}

async function readUser(connection: Connection, uid: number): Promise<UserFacts> {
  const [user] = await connection.rows<UserRow>(sql`
    SELECT u.login, u.active, u.partner_id, u.company_id, p.name, p.lang, p.tz, p.commercial_partner_id
    FROM res_users u JOIN res_partner p ON p.id = u.partner_id WHERE u.id = ${uid}`)
  if (!user) {
    if (uid === SUPERUSER_ID) return SUPERUSER_BEFORE_INSTALL
    throw new USER_UNKNOWN(uid)
  }
  const groups = await connection.rows<{ id: number; name: string | null }>(sql`
    SELECT r.gid AS id, CASE WHEN d.id IS NULL THEN NULL ELSE d.module || '.' || d.name END AS name
    FROM res_groups_users_rel r LEFT JOIN ir_model_data d ON d.model = 'res.groups' AND d.res_id = r.gid
    WHERE r.uid = ${uid}`)
  const companies = await connection.rows<{ id: number }>(
    sql`SELECT cid AS id FROM res_company_users_rel WHERE user_id = ${uid} ORDER BY cid`,
  )
  return {
    id: uid,
    login: user.login,
    name: user.name,
    partnerId: user.partner_id,
    commercialPartnerId: user.commercial_partner_id ?? user.partner_id,
    active: user.active === true || user.active === 1,
    companyId: user.company_id,
    companyIds: companies.map((company) => company.id),
    lang: user.lang,
    tz: user.tz,
    groupIds: new Set(groups.map((group) => group.id)),
    groups: new Set(groups.flatMap((group) => (group.name ? [group.name] : []))),
  }
}

/** Whether the user of the environment is in one of the comma-separated groups; `!` before one excludes its members. */
export function inGroups(env: Env, groups: string): boolean {
  const names = groups.split(',').map((name) => name.trim())
  const excluded = names.filter((name) => name.startsWith('!')).map((name) => name.slice(1))
  if (excluded.some((name) => env.user.groups.has(name))) return false
  const wanted = names.filter((name) => !name.startsWith('!'))
  return wanted.length === 0 || wanted.some((name) => env.user.groups.has(name))
}
