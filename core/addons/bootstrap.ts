import type { Env } from '../orm/env.ts'
import { markStale } from '../orm/compute/stale-marks.ts'
import { XmlIds } from '../datafiles/xml-id.ts'
import { type Sql, sql } from '../sql/fragment.ts'

/** The first rows, which all others refer to by their author, company or currency: the data files of `base` complete them. */
const ROWS: readonly { readonly id: string; readonly model: string; readonly insert: (yes: boolean) => Sql }[] = [
  {
    id: 'base.main_partner',
    model: 'res.partner',
    insert: (yes) =>
      sql`INSERT INTO res_partner (id, name, type, active) VALUES (${1}, ${'My Company'}, ${'contact'}, ${yes})`,
  },
  {
    id: 'base.partner_root',
    model: 'res.partner',
    insert: (yes) =>
      sql`INSERT INTO res_partner (id, name, type, active) VALUES (${2}, ${'System'}, ${'contact'}, ${!yes})`,
  },
  {
    id: 'base.EUR',
    model: 'res.currency',
    insert: (yes) =>
      sql`INSERT INTO res_currency (id, name, symbol, rounding, active) VALUES (${1}, ${'EUR'}, ${'€'}, ${0.01}, ${yes})`,
  },
  {
    id: 'base.main_company',
    model: 'res.company',
    insert: (yes) =>
      sql`INSERT INTO res_company (id, name, sequence, partner_id, currency_id, parent_path, active) VALUES (${1}, ${'My Company'}, ${10}, ${1}, ${1}, ${'1/'}, ${yes})`,
  },
  {
    id: 'base.user_root',
    model: 'res.users',
    insert: (yes) =>
      sql`INSERT INTO res_users (id, login, partner_id, company_id, active) VALUES (${1}, ${'__system__'}, ${2}, ${1}, ${!yes})`,
  },
]

/** Puts the system's user, its company and its currency into an empty database. */
export async function bootstrap(env: Env): Promise<void> {
  const { connection, dialect } = env
  const used = new Map<string, number>()
  for (const { model, insert } of ROWS) {
    await connection.run(insert(true))
    used.set(model, (used.get(model) ?? 0) + 1)
  }
  // ids that were given by hand are taken from the counters too
  if (dialect.concurrentWriters)
    for (const [model, count] of used) await connection.rows(dialect.nextIds(env.registry.get(model).table, count))
  // the statements above go past the ORM: what it computes of such rows is computed with the next flush
  for (const field of env.registry.graph.order.keys()) {
    const count = field.column === null ? undefined : used.get(field.model)
    if (count)
      markStale(
        env.transaction,
        field.model,
        field.name,
        Array.from({ length: count }, (_, i) => i + 1),
      )
  }
  const ids = new Map<string, number>()
  await new XmlIds(env).give(
    ROWS.map(({ id, model }) => {
      ids.set(model, (ids.get(model) ?? 0) + 1)
      return { xmlid: id, model, id: ids.get(model) as number, noupdate: true }
    }),
  )
}
