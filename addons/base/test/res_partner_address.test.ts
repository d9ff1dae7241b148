import t from 'tap'
import type { Env } from '#core'
import { countQueries, DIALECTS, openEnv } from '#test/env.ts'
import { baseRuntime } from './base-env.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const runtime = await baseRuntime(t, dialect)
    const open = (t: Parameters<typeof openEnv>[0]): Promise<Env> => openEnv(t, runtime)

    t.test('contacts take over the address of their company and follow it, other types keep theirs', async (t) => {
      const env = await open(t)
      const company = await env['res.partner'].create([
        { name: 'Co', is_company: true, street: '1 Main', city: 'Lyon', zip: '69000' },
      ])
      const contacts = await env['res.partner'].create([
        { name: 'a', parent_id: company },
        { name: 'b', parent_id: company, type: 'delivery', street: '3 Other' },
      ])
      t.match(await contacts.load(['street', 'city', 'zip']), [
        { street: '1 Main', city: 'Lyon', zip: '69000' },
        { street: '3 Other', city: null, zip: null },
      ])

      await company.write({ street: '9 New' })

      t.match(await contacts.load(['street', 'city', 'zip']), [
        { street: '9 New', city: 'Lyon', zip: '69000' },
        { street: '3 Other', city: null, zip: null },
      ])
    })

    t.test('the first contact of a company without an address lends it its own', async (t) => {
      const env = await open(t)
      const company = await env['res.partner'].create([{ name: 'Co', is_company: true }])
      await env['res.partner'].create([{ name: 'a', parent_id: company, street: 'S1', city: 'C1' }])
      const second = await env['res.partner'].create([{ name: 'b', parent_id: company }])
      t.match(await company.load(['street', 'city']), [{ street: 'S1', city: 'C1' }])
      t.match(await second.load(['street', 'city']), [{ street: 'S1', city: 'C1' }])
    })

    t.test('of several contacts created at once none lends its address', async (t) => {
      const env = await open(t)
      const company = await env['res.partner'].create([
        {
          name: 'Co',
          is_company: true,
          child_ids: [{ create: { name: 'a', city: 'A' } }, { create: { name: 'b', city: 'B' } }],
        },
      ])
      t.match(await company.load(['city', 'child_ids.city']), [
        { city: null, child_ids: [{ city: 'A' }, { city: 'B' }] },
      ])
    })

    t.test('a contact that moves, or becomes one, takes the address of the company above it', async (t) => {
      const env = await open(t)
      const [north, south] = await env['res.partner'].create([
        { name: 'North', is_company: true, city: 'Lille' },
        { name: 'South', is_company: true, city: 'Nice' },
      ])
      const ann = await env['res.partner'].create([{ name: 'Ann', parent_id: north!, type: 'delivery', city: 'Paris' }])
      await ann.write({ parent_id: south! })
      t.match(await ann.load(['city']), [{ city: 'Paris' }])
      await ann.write({ type: 'contact' })
      t.match(await ann.load(['city']), [{ city: 'Nice' }])
      await ann.write({ parent_id: north! })
      t.match(await ann.load(['city']), [{ city: 'Lille' }])
    })

    t.test('creating contacts takes as many queries for forty as for two', async (t) => {
      const env = await open(t)
      const company = await env['res.partner'].create([{ name: 'Co', is_company: true, city: 'Lyon' }])
      const create = (count: number): Promise<number> =>
        countQueries(env, () =>
          env['res.partner'].create(Array.from({ length: count }, (_, i) => ({ name: `c${i}`, parent_id: company }))),
        )
      await create(1)
      t.equal(await create(40), await create(2))
    })

    t.test('address_get looks below, then around the contacts above, up to the company', async (t) => {
      const env = await open(t)
      const company = await env['res.partner'].create([{ name: 'Co', is_company: true }])
      const [invoice, delivery, person, branch] = await env['res.partner'].create([
        { name: 'inv', parent_id: company, type: 'invoice' },
        { name: 'del', parent_id: company, type: 'delivery' },
        { name: 'pat', parent_id: company },
        { name: 'Branch', parent_id: company, is_company: true },
      ])
      const [own] = await env['res.partner'].create([{ name: 'own', parent_id: person!, type: 'delivery' }])
      await env['res.partner'].create([{ name: 'far', parent_id: branch!, type: 'other' }])
      const id = (one: { readonly ids: readonly number[] } | undefined): number => one!.ids[0]!

      t.same(
        await company.address_get(['invoice', 'delivery', 'other']),
        {
          contact: id(company),
          invoice: id(invoice),
          delivery: id(delivery),
          other: id(company),
        },
        'what nobody is meant for falls to the company, the branch is another company',
      )
      t.same(await invoice!.address_get(['invoice', 'delivery', 'contact']), {
        contact: id(company),
        invoice: id(invoice),
        delivery: id(delivery),
      })
      t.same(await person!.address_get(['invoice', 'delivery']), {
        contact: id(person),
        invoice: id(invoice),
        delivery: id(own),
      })
      t.same(await env['res.partner'].address_get(['invoice']), { contact: null, invoice: null })
    })

    t.test('address_get takes three queries for any number of contacts', async (t) => {
      const env = await open(t)
      const partners = await env['res.partner'].create(
        Array.from({ length: 30 }, (_, i) => ({ name: `C${i}`, is_company: true })),
      )
      await partners.load(['commercial_partner_id'])
      t.ok((await countQueries(env, () => partners._addresses(['invoice', 'delivery']))) <= 3)
    })

    t.test('writes the address as its country does, without empty lines', async (t) => {
      const env = await open(t)
      const [france] = await env['res.country'].create([
        { name: 'France', code: 'fr', address_format: '%(street)s\n%(street2)s\n%(zip)s %(city)s\n%(country_name)s' },
      ])
      const company = await env['res.partner'].create([
        { name: 'Co', is_company: true, street: '1 Main', zip: '69000', city: 'Lyon', country_id: france! },
      ])
      t.match(await company.load(['contact_address', 'contact_address_inline', 'country_code']), [
        {
          contact_address: 'Co\n1 Main\n69000 Lyon\nFrance',
          contact_address_inline: 'Co, 1 Main, 69000 Lyon, France',
          country_code: 'FR',
        },
      ])
      await t.rejects(env['res.country'].create([{ name: 'X', code: 'XX', address_format: '%(planet)s' }]), {
        code: 'ADDRESS_FORMAT_INVALID',
      })
    })
  })
}
