import t from 'tap'
import { DIALECTS } from '#test/env.ts'
import { baseEnv, baseRuntime } from './base-env.ts'

for (const dialect of DIALECTS) {
  t.test(`external ids on ${dialect}`, async (t) => {
    t.test('stand for a record, once per module', async (t) => {
      const env = await baseEnv(t, dialect)
      const [a = 0, b = 0] = (await env['res.partner'].create([{ name: 'A' }, { name: 'B' }])).ids
      const give = (name: string, res_id: number): Promise<unknown> =>
        env['ir.model.data'].create([{ module: 'test', name, model: 'res.partner', res_id }])
      await give('partner', a)
      t.same(await env['ir.model.data'].check_object_reference('test', 'partner'), ['res.partner', a])
      t.equal(await env['ir.model.data'].xmlid_to_res_id('test.partner'), a)
      await t.rejects(
        env.connection.savepoint(() => give('partner', b)),
        { code: 'UNIQUE_FAILED' },
      )
      await t.rejects(
        env.connection.savepoint(() => give('with space', b)),
        { code: 'CONSTRAINT_FAILED' },
      )
    })

    t.test('that nobody has are errors, or nothing where that is asked for', async (t) => {
      const data = (await baseEnv(t, dialect))['ir.model.data']
      await t.rejects(data.check_object_reference('test', 'nobody'), { code: 'XMLID_UNKNOWN', exception: 'ValueError' })
      t.equal(await data.xmlid_to_res_id('test.nobody'), null)
      await t.rejects(data.xmlid_to_res_id('test.nobody', true), { code: 'XMLID_UNKNOWN' })
      await t.rejects(data.xmlid_to_res_id('nobody'), { code: 'XMLID_MALFORMED' })
    })

    t.test('are found by their complete name and show what they refer to', async (t) => {
      const env = await baseEnv(t, dialect)
      const [one] = await (
        await env['ir.model.data'].search([['name', '=', 'group_user']])
      ).load(['complete_name', 'reference', 'res_id'])
      t.match(one, { complete_name: 'base.group_user', reference: `res.groups,${one?.res_id}` })
    })

    t.test('toggle_noupdate protects the record from updates', async (t) => {
      const env = await baseEnv(t, dialect)
      const [, id = 0] = (await env.xmlId('base.group_user')) ?? []
      const flag = async (): Promise<boolean | undefined> =>
        (
          await (
            await env['ir.model.data'].search([
              ['model', '=', 'res.groups'],
              ['res_id', '=', id],
            ])
          ).load(['noupdate'])
        )[0]?.noupdate
      await env['ir.model.data'].toggle_noupdate('res.groups', id)
      t.equal(await flag(), true)
      await env['ir.model.data'].toggle_noupdate('res.groups', id)
      t.equal(await flag(), false)
    })

    t.test('of a group make users members under that name', async (t) => {
      const runtime = await baseRuntime(t, dialect)
      const system = { uid: 1, su: true }
      const uid = await runtime.call(system, 'write', async (env) => {
        const group = await env['res.groups'].create([{ name: 'Taggers' }])
        const user = await env['res.users'].create([{ name: 'Mia', login: 'mia', groups_id: [{ set: group.ids }] }])
        return user.ids[0] as number
      })
      const groups = (): Promise<boolean> =>
        runtime.call({ uid }, 'read', async (env) => env.user.groups.has('test.taggers'))
      t.equal(await groups(), false)
      await runtime.call(system, 'write', async (env) => {
        const [res_id = 0] = (await env['res.groups'].search([['name', '=', 'Taggers']])).ids
        await env['ir.model.data'].create([{ module: 'test', name: 'taggers', model: 'res.groups', res_id }])
      })
      t.equal(await groups(), true)
      await runtime.call(system, 'write', async (env) =>
        (await env['ir.model.data'].search([['name', '=', 'taggers']])).unlink(),
      )
      t.equal(await groups(), false)
    })

    t.test('go with their record', async (t) => {
      const env = await baseEnv(t, dialect)
      const partner = await env['res.partner'].create([{ name: 'A' }])
      await env['ir.model.data'].create([
        { module: 'test', name: 'partner', model: 'res.partner', res_id: partner.ids[0] as number },
      ])
      await partner.unlink()
      t.equal(await env.xmlId('test.partner'), undefined)
    })
  })
}
