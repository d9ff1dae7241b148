import t from 'tap'
import { DIALECTS } from '#test/env.ts'
import { baseEnv } from '#addons/base/test/base-env.ts'

for (const dialect of DIALECTS) {
  t.test(
    `${dialect}: a record behind that is there already keeps its values; a new one has its defaults`,
    async (t) => {
      const env = await baseEnv(t, dialect)
      const partner = await env['res.partner'].create([{ name: 'Ann', type: 'invoice' }])
      await env['res.users'].create([{ login: 'ann', partner_id: partner.ids[0]! }])
      t.match(await partner.load(['name', 'type']), [{ name: 'Ann', type: 'invoice' }])
      const fresh = await env['res.users'].create([{ login: 'bob', name: 'Bob' }])
      t.match(await fresh.load(['partner_id.type']), [{ partner_id: { type: 'contact' } }])
    },
  )
}
