import type { Env } from '../core/orm/env.ts'
import type { Runtime } from '../core/runtime.ts'
import type { Connection } from '../core/sql/connection.ts'
import { sql } from '../core/sql/fragment.ts'
import type { Config } from './config.ts'
import { addressOf } from './address.ts'
import { VERSION_INFO } from './version.ts'

/** Wire values have `false` where there is nothing. */
type Wire = Readonly<Record<string, unknown>>

interface CompanyRow {
  readonly id: number
  readonly name: string
  readonly sequence: number | null
  readonly parent_id: number | null
  readonly currency_id: number
}

const DEFAULT_ACTIVE_IDS = 20_000

/** What a client has to know of its user, in the shape of Odoo's `session_info`. */
export async function sessionInfo(runtime: Runtime, config: Config, uid: number): Promise<Wire> {
  return runtime.call({ uid }, 'read', async (env) => {
    const { user, connection } = env
    const companies = await companiesOf(connection)
    const allowed = companies.filter(({ id }) => user.companyIds.includes(id))
    return {
      uid,
      user_id: [uid],
      is_system: user.groups.has('base.group_system'),
      is_admin: user.groups.has('base.group_erp_manager'),
      is_public: user.groups.has('base.group_public'),
      is_internal_user: user.groups.has('base.group_user'),
      user_context: { lang: user.lang ?? 'en_US', tz: user.tz ?? false, uid },
      db: runtime.db.name,
      server_version: VERSION_INFO.server_version,
      server_version_info: VERSION_INFO.server_version_info,
      name: user.name,
      username: user.login,
      partner_display_name: await partnerName(env),
      partner_id: user.partnerId,
      company_id: user.companyId,
      user_companies: {
        current_company: user.companyId,
        allowed_companies: Object.fromEntries(allowed.map((company) => [company.id, companyInfo(company, allowed)])),
        disallowed_ancestor_companies: Object.fromEntries(
          ancestors(allowed, companies).map((company) => [company.id, companyInfo(company, companies)]),
        ),
      },
      currencies: await currencies(connection),
      'web.base.url': await baseUrl(connection, config),
      active_ids_limit: DEFAULT_ACTIVE_IDS,
      max_file_upload_size: config.limits.bodyLimit,
      home_action_id: false,
    }
  })
}

/** Technical names of the installed addons. */
export async function installedAddons(runtime: Runtime, uid: number): Promise<readonly string[]> {
  return runtime.call({ uid }, 'read', async ({ connection }) => {
    const rows = await connection.rows<{ name: string }>(
      sql`SELECT name FROM ir_module_module WHERE state = 'installed' ORDER BY name`,
    )
    return rows.map((row) => row.name)
  })
}

function companiesOf(connection: Connection): Promise<readonly CompanyRow[]> {
  return connection.rows<CompanyRow & Record<string, unknown>>(
    sql`SELECT id, name, sequence, parent_id, currency_id FROM res_company WHERE active = ${true} ORDER BY sequence, name`,
  )
}

function companyInfo(company: CompanyRow, inSight: readonly CompanyRow[]): Wire {
  return {
    id: company.id,
    name: company.name,
    sequence: company.sequence ?? false,
    child_ids: inSight.filter((other) => other.parent_id === company.id).map((other) => other.id),
    parent_id: company.parent_id ?? false,
    currency_id: company.currency_id,
  }
}

/** Companies above the allowed ones that are not allowed themselves: a client shows them, greyed, to keep the tree whole. */
function ancestors(allowed: readonly CompanyRow[], all: readonly CompanyRow[]): readonly CompanyRow[] {
  const byId = new Map(all.map((company) => [company.id, company]))
  const found = new Set<CompanyRow>()
  for (let company of allowed) {
    for (;;) {
      const parent = company.parent_id === null ? undefined : byId.get(company.parent_id)
      if (!parent || found.has(parent)) break
      if (!allowed.includes(parent)) found.add(parent)
      company = parent
    }
  }
  return [...found]
}

async function partnerName({ connection, user }: Env): Promise<string> {
  const [row] = await connection.rows<{ complete_name: string | null }>(
    sql`SELECT complete_name FROM res_partner WHERE id = ${user.partnerId}`,
  )
  return row?.complete_name ?? user.name
}

async function currencies(connection: Connection): Promise<Wire> {
  const rows = await connection.rows<{ id: number; symbol: string; position: string | null; decimal_places: number }>(
    sql`SELECT id, symbol, position, decimal_places FROM res_currency WHERE active = ${true} ORDER BY id`,
  )
  return Object.fromEntries(
    rows.map(({ id, symbol, position, decimal_places: digits }) => [
      id,
      { symbol, position: position ?? 'after', digits: [69, digits] },
    ]),
  )
}

/** Never taken from a request's headers, which whoever sends a request can choose. */
async function baseUrl(connection: Connection, config: Config): Promise<string> {
  const [row] = await connection.rows<{ value: string | null }>(
    sql`SELECT value FROM ir_config_parameter WHERE "key" = 'web.base.url'`,
  )
  return row?.value ?? addressOf(config.host, config.port)
}
