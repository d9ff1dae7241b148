import t from 'tap'
import { verifyPassword } from '#core'
import { DIALECTS, openEnv } from '#test/env.ts'
import { baseRuntime } from './base-env.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const runtime = await baseRuntime(t, dialect)
    const open = (t: Parameters<typeof openEnv>[0]) => openEnv(t, runtime)

    t.test('a user is a contact: reading and writing go through to it', async (t) => {
      const env = await open(t)
      const user = await env['res.users'].create([{ name: 'Uma', login: 'uma', city: 'Gent' }])
      t.match(await user.load(['partner_id.name', 'partner_id.city', 'partner_id.partner_share', 'share']), [
        { partner_id: { name: 'Uma', city: 'Gent', partner_share: true }, share: true },
      ])
      await user.write({ city: 'Brugge', name: 'Una' })
      t.match(await user.load(['partner_id.complete_name', 'partner_id.city', 'city']), [
        { partner_id: { complete_name: 'Una', city: 'Brugge' }, city: 'Brugge' },
      ])
      t.same((await env['res.users'].search([['city', '=', 'Brugge']])).ids, user.ids)
      t.same(await env['res.users'].name_search('uma'), [[user.ids[0], 'Una']], 'found by login')
    })

    t.test('refuses a second user with a login', async (t) => {
      const env = await open(t)
      await t.rejects(env['res.users'].create([{ name: 'X', login: 'admin' }]), {
        message: 'You can not have two users with the same login!',
        exception: 'ValidationError',
      })
    })

    t.test('keeps passwords as hashes that nobody reads, and ends sessions when one changes', async (t) => {
      const env = await open(t)
      const user = await env['res.users'].create([{ name: 'Uma', login: 'uma', password: 'first one' }])
      const hash = async (): Promise<string> => (await user.load(['password']))[0]?.password ?? ''
      t.equal((await verifyPassword('first one', await hash())).valid, true)
      const session = await env['res.users.session'].create([
        { token_hash: 'abc', user_id: user, expires_at: new Date() },
      ])

      await user.write({ password: 'second one', signature: '<p>Bye</p>' })

      t.equal((await verifyPassword('second one', await hash())).valid, true)
      t.match(await user.load(['signature']), [{ signature: '<p>Bye</p>' }])
      t.same((await session.exists()).ids, [])
      const own = (await env.asUser(user.ids[0]!)).browse('res.users', user.ids)
      await t.rejects(own.load(['password']), { code: 'ACCESS_MODEL' })
    })

    t.test('change_password asks for the old password', async (t) => {
      const env = await open(t)
      const user = await env['res.users'].create([{ name: 'Uma', login: 'uma', password: 'first one' }])
      const own = (await env.asUser(user.ids[0]!))['res.users']
      await t.rejects(own.change_password('wrong', 'second one'), { code: 'PASSWORD_WRONG', exception: 'AccessDenied' })
      await t.rejects(own.change_password('first one', ' '), { code: 'PASSWORD_EMPTY' })
      t.equal(await own.change_password('first one', 'second one'), true)
      const [{ password } = { password: null }] = await user.load(['password'])
      t.equal((await verifyPassword('second one', password ?? '')).valid, true)
    })

    t.test('users change their own preferences and nothing else', async (t) => {
      const env = await open(t)
      const [mia, ned] = await env['res.users'].create([
        { name: 'Mia', login: 'mia' },
        { name: 'Ned', login: 'ned' },
      ])
      const asMia = await env.asUser(mia!.ids[0]!)
      const own = asMia.browse('res.users', mia!.ids)
      await own.write({ signature: '<p>Mia</p>', name: 'Mia Lee', lang: 'en_US' })
      t.match(await mia!.load(['signature', 'name']), [{ signature: '<p>Mia</p>', name: 'Mia Lee' }])
      await t.rejects(own.write({ groups_id: [{ clear: true }] }), { code: 'ACCESS_MODEL' })
      await t.rejects(own.write({ signature: 'x', login: 'root' }), { code: 'ACCESS_MODEL' })
      await t.rejects(asMia.browse('res.users', ned!.ids).write({ signature: 'x' }), { code: 'ACCESS_MODEL' })
    })

    t.test('has_group and context_get speak of the user of the call', async (t) => {
      const env = await open(t)
      const admin = await env['res.users'].search([['login', '=', 'admin']])
      const own = (await env.asUser(admin.ids[0]!)).browse('res.users', admin.ids)
      t.equal(await own.has_group('base.group_system'), true)
      t.equal(await own.has_group('base.group_portal'), false)
      t.same(await own.context_get(), { lang: 'en_US', tz: null, uid: admin.ids[0] })
      const other = await env['res.users'].create([{ name: 'Out', login: 'out' }])
      t.equal(await own.browse(other.ids).has_group('base.group_system'), false, 'internal users may ask about others')
      const outside = await env.asUser(other.ids[0]!)
      await t.rejects(outside.browse('res.users', admin.ids).has_group('base.group_system'), {
        code: 'GROUPS_OF_OTHERS',
      })
    })

    t.test('the default company is one of the allowed ones', async (t) => {
      const env = await open(t)
      const [a, b] = await env['res.company'].create([{ name: 'A' }, { name: 'B' }])
      const user = await env['res.users'].create([{ name: 'Uma', login: 'uma', company_id: a! }])
      t.match(await user.load(['company_ids']), [{ company_ids: { ids: a!.ids } }])
      await t.rejects(user.write({ company_id: b! }), { code: 'CONSTRAINT_FAILED' })
      await user.write({ company_id: b!, company_ids: [{ link: b!.ids[0]! }] })
      t.match(await user.load(['company_id.name']), [{ company_id: { name: 'B' } }])
    })

    t.test('who works in several companies is in the group for that, as long as that lasts', async (t) => {
      const env = await open(t)
      const [a, b] = await env['res.company'].create([{ name: 'A' }, { name: 'B' }])
      const group = (await env.xmlId('base.group_multi_company'))![1]
      const user = await env['res.users'].create([
        { name: 'Uma', login: 'uma', company_id: a!, company_ids: [{ set: [...a!.ids, ...b!.ids] }] },
      ])
      const inGroup = async (): Promise<boolean> => (await user.load(['groups_id']))[0]!.groups_id.ids.includes(group)
      t.equal(await inGroup(), true)
      await user.write({ company_ids: [{ unlink: b!.ids[0]! }] })
      t.equal(await inGroup(), false)
    })

    t.test('an archived user takes the contact along, and nobody archives himself', async (t) => {
      const env = await open(t)
      const user = await env['res.users'].create([{ name: 'Gone', login: 'gone', active: false }])
      t.match(await user.load(['active_partner']), [{ active_partner: false }])
      await user.write({ active: true })
      t.match(await user.load(['active_partner']), [{ active_partner: true }])
      const own = (await env.asUser(user.ids[0]!)).browse('res.users', user.ids)
      await t.rejects(own.write({ active: false }), { code: 'USER_ARCHIVES_SELF' })
    })

    t.test('a copy is another person with another login', async (t) => {
      const env = await open(t)
      const user = await env['res.users'].create([{ name: 'Uma', login: 'uma', password: 'secret one' }])
      const copy = await user.copy()
      t.match(await copy.load(['name', 'login', 'password', 'partner_id']), [
        { name: 'Uma (copy)', login: 'uma (copy)', password: null },
      ])
    })

    t.test('keys are made by the server, shown once and revoked by their owner', async (t) => {
      const env = await open(t)
      const [uma, eve] = await env['res.users'].create([
        { name: 'Uma', login: 'uma' },
        { name: 'Eve', login: 'eve' },
      ])
      const asUma = await env.asUser(uma!.ids[0]!)
      const key = await asUma['res.users.apikeys']._generate('rpc', 'script', null)
      const kept = await env['res.users.apikeys'].search([['user_id', '=', uma!.ids[0]!]])
      const [row] = await kept.load(['name', 'scope', 'index', 'key'])
      t.match(row, { name: 'script', scope: 'rpc', index: key.slice(0, 8) })
      t.equal((await verifyPassword(key, row!.key)).valid, true)
      await t.rejects(asUma['res.users.apikeys'].create([{ name: 'x', user_id: uma!, index: 'x', key: 'x' }]), {
        code: 'API_KEY_BY_HAND',
      })
      await t.rejects((await env.asUser(eve!.ids[0]!)).browse('res.users.apikeys', kept.ids).remove(), {
        code: 'API_KEY_FOREIGN',
      })
      await asUma.browse('res.users.apikeys', kept.ids).remove()
      t.same((await kept.exists()).ids, [])
    })
  })
}
