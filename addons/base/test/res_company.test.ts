import t from 'tap'
import { DIALECTS, openEnv } from '#test/env.ts'
import { baseRuntime } from './base-env.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const runtime = await baseRuntime(t, dialect)
    const open = (t: Parameters<typeof openEnv>[0]) => openEnv(t, runtime)

    t.test(
      'comes with a contact of its own, in the currency of the company at work, and lets its creator in',
      async (t) => {
        const env = await open(t)
        const [a, b] = await env['res.company'].create([{ name: 'A', city: 'Lyon' }, { name: 'B' }])
        t.match(
          await a!.load([
            'partner_id.name',
            'partner_id.is_company',
            'partner_id.city',
            'currency_id.name',
            'user_ids',
          ]),
          [{ partner_id: { name: 'A', is_company: true, city: 'Lyon' }, currency_id: { name: 'EUR' } }],
        )
        const me = env['res.users'].browse([1])
        t.match(await me.load(['company_ids']), [{ company_ids: { ids: [a!.ids[0], b!.ids[0], 1] } }])
      },
    )

    t.test('shares name and address with its contact, both ways', async (t) => {
      const env = await open(t)
      const company = await env['res.company'].create([{ name: 'A' }])
      const [{ partner_id } = { partner_id: env['res.partner'] }] = await company.load(['partner_id'])
      await company.write({ name: 'A2', street: '1 Main', vat: 'V' })
      t.match(await partner_id.load(['name', 'street', 'vat']), [{ name: 'A2', street: '1 Main', vat: 'V' }])
      await partner_id.write({ name: 'A3', city: 'Gent' })
      t.match(await company.load(['name', 'city']), [{ name: 'A3', city: 'Gent' }])
    })

    t.test('refuses a second company of a name and another parent', async (t) => {
      const env = await open(t)
      const [a, b] = await env['res.company'].create([{ name: 'A' }, { name: 'B' }])
      await t.rejects(a!.write({ parent_id: b! }), { code: 'COMPANY_PARENT_FIXED' })
      await t.rejects(
        env.connection.savepoint(() => env['res.company'].create([{ name: 'A' }])),
        {
          message: 'The company name must be unique!',
        },
      )
    })

    t.test('cannot be archived while a user works in it', async (t) => {
      const env = await open(t)
      const company = await env['res.company'].create([{ name: 'A' }])
      const user = await env['res.users'].create([{ name: 'U', login: 'u', company_id: company }])
      await t.rejects(company.action_archive(), { code: 'COMPANY_IN_USE' })
      await user.write({ active: false })
      await company.action_archive()
      t.match(await company.load(['active']), [{ active: false }])
    })

    t.test('a contact of one company cannot stand for a user of another', async (t) => {
      const env = await open(t)
      const company = await env['res.company'].create([{ name: 'A' }])
      const user = await env['res.users'].create([{ name: 'U', login: 'u' }])
      const [{ partner_id } = { partner_id: env['res.partner'] }] = await user.load(['partner_id'])
      await t.rejects(partner_id.write({ company_id: company }), { code: 'PARTNER_COMPANY_FOREIGN' })
      await partner_id.write({ company_id: 1 })
      await user.write({ company_id: company, company_ids: [{ link: company.ids[0]! }] })
      t.match(await partner_id.load(['company_id.name']), [{ company_id: { name: 'A' } }])
    })
  })
}
