import t from 'tap'
import type { Env } from '#core'
import { DIALECTS, type DialectName } from '#test/env.ts'
import { baseEnv } from './base-env.ts'

type Test = Parameters<typeof baseEnv>[0]
const TAG = 'res.partner.category'

/** The system, a group without rights, and a user who is in it. */
async function withMember(
  t: Test,
  dialect: DialectName,
): Promise<{ env: Env; member: () => Promise<Env>; group: number; tags: number }> {
  const env = await baseEnv(t, dialect)
  await env['ir.model']._reflect([...env.registry.models()])
  const [tags = 0] = (await env['ir.model'].search([['model', '=', TAG]])).ids
  const [group = 0] = (await env['res.groups'].create([{ name: 'Taggers' }])).ids
  const [uid = 0] = (await env['res.users'].create([{ name: 'Mia', login: 'mia', groups_id: [{ set: [group] }] }])).ids
  return { env, member: () => env.asUser(uid), group, tags }
}

for (const dialect of DIALECTS) {
  t.test(`rights on ${dialect}`, async (t) => {
    t.test('change what every user is told, and name who has them', async (t) => {
      const { env, group, tags } = await withMember(t, dialect)
      await env['ir.model.access'].create([{ name: 'read', model_id: tags, group_id: group, perm_read: true }])
      t.same(await env['ir.model.access'].group_names_with_access(TAG, 'read'), ['Taggers'])
      t.same(await env['ir.model.access'].group_names_with_access(TAG, 'write'), [])
      t.ok(env.transaction.invalidated.has('security'))
    })

    t.test('check answers, or refuses', async (t) => {
      const { env, member, group, tags } = await withMember(t, dialect)
      await env['ir.model.access'].create([{ name: 'read', model_id: tags, group_id: group, perm_read: true }])
      const mia = await member()
      t.equal(await mia['ir.model.access'].check(TAG, 'read'), true)
      t.equal(await mia['ir.model.access'].check(TAG, 'unlink', false), false)
      await t.rejects(mia['ir.model.access'].check(TAG, 'unlink'), { code: 'ACCESS_MODEL' })
      await t.rejects(mia['ir.model.access'].check('no.model', 'read', false), { code: 'MODEL_UNKNOWN' })
    })

    t.test('rules of groups show only what their domains find', async (t) => {
      const { env, member, group, tags } = await withMember(t, dialect)
      await env['ir.model.access'].create([{ name: 'read', model_id: tags, group_id: group, perm_read: true }])
      const rule = await env['ir.rule'].create([
        { name: 'red', model_id: tags, groups: [{ link: group }], domain_force: "[('color', '=', 3)]" },
        { name: 'own', model_id: tags, groups: [{ link: group }], domain_force: "[('create_uid', '=', user.id)]" },
      ])
      t.same(
        (await rule.load(['global'])).map((one) => one.global),
        [false, false],
      )
      await env[TAG].create([
        { name: 'In', color: 3 },
        { name: 'Out', color: 4 },
      ])
      const mia = await member()
      t.same(
        (await (await mia[TAG].search([])).load(['name'])).map((one) => one.name),
        ['In'],
      )
    })

    t.test('a rule that cannot work is refused when it is written', async (t) => {
      const { env, tags } = await withMember(t, dialect)
      const [rules = 0] = (await env['ir.model'].search([['model', '=', 'ir.rule']])).ids
      const rule = (values: object): Promise<unknown> =>
        env.connection.savepoint(() => env['ir.rule'].create([{ name: 'R', model_id: tags, ...values }]))
      const refused = (message: RegExp): { code: string; message: RegExp } => ({ code: 'CONSTRAINT_FAILED', message })
      await t.rejects(rule({ domain_force: "[('colour', '=', 3)]" }), refused(/colour/))
      await t.rejects(rule({ domain_force: "[('color', '=', 3)" }), refused(/'R'/))
      await t.rejects(rule({ domain_force: "[('color', '~', 3)]" }), refused(/~/))
      await t.rejects(rule({ domain_force: "[('color', '=', nobody.id)]" }), refused(/nobody/))
      await t.rejects(rule({ domain_force: '3' }), refused(/not a list/))
      await t.rejects(rule({ model_id: rules, domain_force: '[]' }), refused(/no record rules on record rules/))
      await t.rejects(
        rule({ perm_read: false, perm_write: false, perm_create: false, perm_unlink: false }),
        refused(/one operation/),
      )
      await t.resolves(
        rule({
          domain_force:
            "['|', ('parent_id', 'child_of', user.partner_id.id), ('create_date', '<', time.strftime('%Y-%m-%d'))]",
        }),
      )
      await t.resolves(rule({ domain_force: null }))
    })
  })
}
