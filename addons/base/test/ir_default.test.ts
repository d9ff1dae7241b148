import t from 'tap'
import type { Env } from '#core'
import { DIALECTS, type DialectName } from '#test/env.ts'
import { baseEnv } from './base-env.ts'

type Test = Parameters<typeof baseEnv>[0]
const TAG = 'res.partner.category'

async function reflectedEnv(t: Test, dialect: DialectName): Promise<Env> {
  const env = await baseEnv(t, dialect)
  await env['ir.model']._reflect([...env.registry.models()])
  return env
}

for (const dialect of DIALECTS) {
  t.test(`defaults on ${dialect}`, async (t) => {
    t.test('hold for new records of the user', async (t) => {
      const env = await reflectedEnv(t, dialect)
      await env['ir.default'].set('res.partner', 'ref', 'R1', true)
      t.match(await env['res.partner'].default_get(['ref', 'active']), { ref: 'R1', active: true })
      const [partner] = await (await env['res.partner'].create([{ name: 'A' }])).load(['ref'])
      t.equal(partner?.ref, 'R1')
      t.equal(await env['ir.default'].get('res.partner', 'ref', true), 'R1')
      t.equal(await env['ir.default'].get('res.partner', 'ref'), null)
    })

    t.test('the more special wins: user and company, user, company, all', async (t) => {
      const env = await reflectedEnv(t, dialect)
      const color = async (): Promise<unknown> => (await env['ir.default']._get_model_defaults(TAG))['color']
      const seen: unknown[] = [await color()]
      await env['ir.default'].set(TAG, 'color', 1)
      seen.push(await color())
      await env['ir.default'].set(TAG, 'color', 2, false, true)
      seen.push(await color())
      await env['ir.default'].set(TAG, 'color', 3, true, false)
      seen.push(await color())
      await env['ir.default'].set(TAG, 'color', 4, true, true)
      seen.push(await color())
      await env['ir.default'].set(TAG, 'color', 5)
      seen.push(await color())
      t.same(seen, [undefined, 1, 2, 3, 4, 4])
      t.equal(await env['ir.default'].search_count([]), 4)
    })

    t.test('of other users, companies and conditions do not count', async (t) => {
      const env = await reflectedEnv(t, dialect)
      const [admin = 0] = (await env['res.users'].search([['login', '=', 'admin']])).ids
      await env['ir.default'].set(TAG, 'color', 7, admin)
      await env['ir.default'].set(TAG, 'color', 8, false, false, 'kind=vip')
      t.same(await env['ir.default']._get_model_defaults(TAG), {})
      t.same(await env['ir.default']._get_model_defaults(TAG, 'kind=vip'), { color: 8 })
      const theirs = await env.asUser(admin)
      t.same(await theirs['ir.default']._get_model_defaults(TAG), { color: 7 })
    })

    t.test('what the field cannot hold is refused', async (t) => {
      const env = await reflectedEnv(t, dialect)
      const wrong = { code: 'DEFAULT_INVALID', exception: 'ValidationError' }
      await t.rejects(env['ir.default'].set(TAG, 'no_such_field', 1, true), wrong)
      await t.rejects(env['ir.default'].set(TAG, 'color', 'abc', true), wrong)
      await t.rejects(env['ir.default'].set('no.model', 'color', 1, true), wrong)
      const [field_id = 0] = (
        await env['ir.model.fields'].search([
          ['model', '=', TAG],
          ['name', '=', 'color'],
        ])
      ).ids
      await t.rejects(env['ir.default'].create([{ field_id, json_value: 'no json' }]), { code: 'CONSTRAINT_FAILED' })
      await t.rejects(env['ir.default'].create([{ field_id, json_value: '"red"' }]), wrong)
    })

    t.test('are read once, however many records are created', async (t) => {
      const env = await reflectedEnv(t, dialect)
      await env['ir.default']._get_model_defaults(TAG)
      const before = env.connection.queries
      await env['ir.default']._get_model_defaults(TAG)
      t.equal(env.connection.queries, before)
    })
  })
}
