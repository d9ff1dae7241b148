import t from 'tap'
import { DIALECTS } from '#test/env.ts'
import { baseEnv } from './base-env.ts'

const TAG = 'res.partner.category'
const COLOR = "[('color', '=', 3)]"

for (const dialect of DIALECTS) {
  t.test(`saved filters on ${dialect}`, async (t) => {
    t.test("get_filters answers the user's and the shared ones", async (t) => {
      const env = await baseEnv(t, dialect)
      const [other = 0] = (await env['res.users'].search([['login', '=', 'admin']])).ids
      await env['ir.filters'].create([
        { name: 'mine', model_id: TAG, user_id: env.uid, domain: COLOR, sort: '["name desc"]' },
        { name: 'all', model_id: TAG, user_id: null },
        { name: 'other', model_id: TAG, user_id: other },
        { name: 'of an action', model_id: TAG, action_id: 5 },
        { name: 'elsewhere', model_id: 'res.partner' },
      ])
      t.match(await env['ir.filters'].get_filters(TAG), [
        { name: 'all', domain: '[]', context: '{}', sort: '[]', is_default: false, user_id: null },
        { name: 'mine', domain: COLOR, sort: '["name desc"]', user_id: [env.uid, 'System'] },
      ])
      t.equal((await env['ir.filters'].get_filters(TAG, 5)).length, 3)
    })

    t.test('a user has one filter of a name per model', async (t) => {
      const env = await baseEnv(t, dialect)
      await env['ir.filters'].create([{ name: 'Mine', model_id: TAG }])
      const again = env.connection.savepoint(() => env['ir.filters'].create([{ name: 'MINE', model_id: TAG }]))
      await t.rejects(again, { code: 'CONSTRAINT_FAILED', message: /MINE/ })
      await env['ir.filters'].create([
        { name: 'Mine', model_id: TAG, user_id: null },
        { name: 'Mine', model_id: 'res.partner' },
      ])
      t.equal(await env['ir.filters'].search_count([]), 3)
    })

    t.test('saving under a known name replaces, and a default ends the default before', async (t) => {
      const env = await baseEnv(t, dialect)
      const save = (values: object): Promise<number> =>
        env['ir.filters'].create_or_replace({ name: 'A', model_id: TAG, ...values })
      const first = await save({ is_default: true })
      t.equal(await save({ name: 'a', domain: COLOR, is_default: true }), first)
      const second = await save({ name: 'B', is_default: true })
      t.match(await env.browse('ir.filters', [first, second]).load(['domain', 'is_default']), [
        { domain: COLOR, is_default: false },
        { domain: '[]', is_default: true },
      ])
      await save({ name: 'S', user_id: false, is_default: true })
      await t.rejects(save({ name: 'T', user_id: false, is_default: true }), { code: 'FILTER_DEFAULT_TAKEN' })
    })

    t.test('a filter of an unknown model is refused', async (t) => {
      const env = await baseEnv(t, dialect)
      await t.rejects(env['ir.filters'].create([{ name: 'x', model_id: 'no.model' }]), { code: 'CONSTRAINT_FAILED' })
    })
  })
}
