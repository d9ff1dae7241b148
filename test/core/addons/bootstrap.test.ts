import t from 'tap'
import { sql } from '#core'
import { DIALECTS, installedRuntime, openEnv } from '#test/env.ts'
import type {} from '#addons/base/index.ts'

for (const dialect of DIALECTS) {
  t.test(`${dialect}: the first rows hold what the ORM computes of such records`, async (t) => {
    const env = await openEnv(t, await installedRuntime(t, dialect))
    t.match(await env['res.currency'].browse([1]).load(['name', 'decimal_places']), [
      { name: 'EUR', decimal_places: 2 },
    ])
    t.strictSame((await env['res.company'].search([['id', 'child_of', 1]])).ids, [1])
    t.match(await env.connection.rows(sql`SELECT parent_path FROM res_company`), [{ parent_path: '1/' }])
    t.match(await env['res.partner'].browse([1]).load(['complete_name', 'commercial_partner_id.id']), [
      { complete_name: 'My Company', commercial_partner_id: { id: 1 } },
    ])
  })
}
