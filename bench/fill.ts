import type { Runtime } from '#core/runtime.ts'
import { columnTypeOf } from '#core/orm/compute/flush.ts'
import { reserveIds } from '#core/orm/ids.ts'
import { sql } from '#core/sql/fragment.ts'
import { formatDatetime } from '#core/tools/dates.ts'

const CHUNK = 5000
/** A company and its five contacts. */
const FAMILY = 6
const CITIES = ['Lisbon', 'Ghent', 'Lyon', 'Porto', 'Graz', 'Leeds', 'Turin', 'Malmö', 'Brno', 'Aarhus']
const FIRST_DAY = Date.UTC(2024, 0, 1)
const DAY_MS = 86_400_000
const DAYS = 720
/** Without a common divisor with any power of ten: names in the order of their numbers would be in the order of ids. */
const SCATTER = 7_368_787

type Row = Record<string, unknown>

/** The values of partner number `n`; `head` is the id of the company of its family. */
function partner(n: number, id: number, head: number, countries: readonly number[]): Row {
  const isCompany = id === head
  const family = String(((n - (n % FAMILY)) * SCATTER) % 10_000_000).padStart(7, '0')
  const company = `Company ${family}`
  const name = isCompany ? company : `Contact ${n % FAMILY}`
  const created = formatDatetime(new Date(FIRST_DAY + ((n * 37) % DAYS) * DAY_MS + (n % 86_400) * 1000))
  return {
    id,
    create_uid: 1,
    create_date: created,
    write_uid: 1,
    write_date: created,
    name,
    active: true,
    is_company: isCompany,
    type: 'contact',
    color: 0,
    parent_id: isCompany ? null : head,
    complete_name: isCompany ? company : `${company}, ${name}`,
    commercial_partner_id: head,
    commercial_company_name: company,
    email: `partner${n}@example.com`,
    phone: `+32 2 ${1_000_000 + n}`,
    street: `${1 + (n % 300)} Main Street`,
    zip: String(1000 + (n % 9000)),
    city: CITIES[n % CITIES.length],
    country_id: countries[n % countries.length],
    partner_share: true,
    employee: false,
    lang: 'en_US',
  }
}

/** Adds partners by bulk inserts until there are `total` of them, in families of a company and five contacts. */
export async function fillPartners(runtime: Runtime, total: number): Promise<void> {
  for (;;) {
    const missing = total - (await countPartners(runtime))
    if (missing <= 0) break
    await runtime.call({ uid: 1, su: true }, 'write', async (env) => {
      const info = env.registry.get('res.partner')
      const ids = await reserveIds(env, info, Math.min(missing, CHUNK))
      const countries = await env.connection.rows<{ id: number }>(sql`SELECT id FROM res_country ORDER BY id LIMIT 50`)
      const rows = ids.map((id, i) =>
        partner(
          id,
          id,
          ids[i - (i % FAMILY)] as number,
          countries.map((country) => country.id),
        ),
      )
      const columns = Object.keys(rows[0] ?? {}).flatMap((name) => {
        const field = info.fields.get(name)
        return field ? [{ name, type: name === 'id' ? ('id' as const) : columnTypeOf(field) }] : []
      })
      await env.connection.insert(
        info.table,
        columns,
        rows.map((row) => columns.map(({ name }) => row[name])),
      )
    })
  }
  await runtime.db.knex.raw('ANALYZE')
}

async function countPartners(runtime: Runtime): Promise<number> {
  const [row] = await runtime.db.transaction('read', (connection) =>
    connection.rows<{ n: number }>(sql`SELECT count(*) AS n FROM res_partner`),
  )
  return row?.n ?? 0
}
