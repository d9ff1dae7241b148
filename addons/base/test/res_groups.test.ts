import t from 'tap'
import { DIALECTS, openEnv } from '#test/env.ts'
import { baseRuntime } from './base-env.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const runtime = await baseRuntime(t, dialect)

    /** Groups of which each implies the one before, and a user. */
    const chain = async (t: Parameters<typeof openEnv>[0]) => {
      const env = await openEnv(t, runtime)
      const low = await env['res.groups'].create([{ name: 'Low' }])
      const mid = await env['res.groups'].create([{ name: 'Mid', implied_ids: [{ set: low.ids }] }])
      const high = await env['res.groups'].create([{ name: 'High', implied_ids: [{ set: mid.ids }] }])
      const user = await env['res.users'].create([{ name: 'U', login: 'u' }])
      const names = async (): Promise<string[]> =>
        (await user.load(['groups_id.name'])).flatMap((one) => one.groups_id.map(({ name }) => name))
      return { env, low, mid, high, user, names }
    }

    t.test('a group brings the groups that it implies, which stay when it goes', async (t) => {
      const { user, high, names } = await chain(t)
      await user.write({ groups_id: [{ link: high.ids[0]! }] })
      t.same(await names(), ['High', 'Low', 'Mid'])
      await user.write({ groups_id: [{ unlink: high.ids[0]! }] })
      t.same(await names(), ['Low', 'Mid'])
    })

    t.test('so do users that are put into the group, and groups that are implied later', async (t) => {
      const { env, user, mid, high, names } = await chain(t)
      await mid.write({ users: [{ link: user.ids[0]! }] })
      t.same(await names(), ['Low', 'Mid'])
      await high.write({ users: [{ link: user.ids[0]! }] })
      const later = await env['res.groups'].create([{ name: 'Later' }])
      await mid.write({ implied_ids: [{ link: later.ids[0]! }] })
      t.same(await names(), ['High', 'Later', 'Low', 'Mid'])
    })

    t.test('knows all that it implies and refuses to imply itself', async (t) => {
      const { low, mid, high } = await chain(t)
      t.match(await high.load(['trans_implied_ids']), [{ trans_implied_ids: { ids: [mid.ids[0], low.ids[0]] } }])
      await t.rejects(low.write({ implied_ids: [{ link: high.ids[0]! }] }), { code: 'CONSTRAINT_FAILED' })
    })

    t.test('a user is of one type only', async (t) => {
      const { env, user } = await chain(t)
      const id = async (name: string): Promise<number> => (await env.xmlId(name))![1]
      await user.write({ groups_id: [{ link: await id('base.group_user') }] })
      t.match(await user.load(['share']), [{ share: false }])
      await t.rejects(user.write({ groups_id: [{ link: await id('base.group_portal') }] }), {
        code: 'CONSTRAINT_FAILED',
      })
      await user.write({ groups_id: [{ set: [await id('base.group_portal')] }] })
      t.match(await user.load(['share', 'partner_id.partner_share']), [
        { share: true, partner_id: { partner_share: true } },
      ])
    })

    t.test('is found by the name of its application too', async (t) => {
      const { env } = await chain(t)
      const sales = await env['ir.module.category'].create([{ name: 'Sales' }])
      const group = await env['res.groups'].create([{ name: 'Manager', category_id: sales }])
      t.same(await env['res.groups'].name_search('sales / man'), [[group.ids[0], 'Sales / Manager']])
      t.same((await env['res.groups'].search([['full_name', 'ilike', 'sales']])).ids, group.ids)
    })
  })
}
