import t from 'tap'
import type { Context } from '#core'
import { DIALECTS, openEnv } from '#test/env.ts'
import { baseRuntime } from './base-env.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const runtime = await baseRuntime(t, dialect)
    const open = (t: Parameters<typeof openEnv>[0]) => openEnv(t, runtime)

    t.test('a contact is named after its company, an address without a name after its purpose', async (t) => {
      const env = await open(t)
      const company = await env['res.partner'].create([{ name: 'North', is_company: true }])
      const contacts = await env['res.partner'].create([
        { name: 'Ann', parent_id: company },
        { parent_id: company, type: 'invoice' },
        { name: 'Branch', parent_id: company, is_company: true },
        { name: 'Bob', company_name: 'Bobs' },
      ])
      t.match(await contacts.load(['display_name']), [
        { display_name: 'North, Ann' },
        { display_name: 'North, Invoice Address' },
        { display_name: 'Branch' },
        { display_name: 'Bobs, Bob' },
      ])
      await company.write({ name: 'Nord' })
      t.match(await contacts.load(['complete_name']), [
        { complete_name: 'Nord, Ann' },
        { complete_name: 'Nord, Invoice Address' },
        { complete_name: 'Branch' },
        { complete_name: 'Bobs, Bob' },
      ])
    })

    t.test('the context asks for more in the name', async (t) => {
      const env = await open(t)
      const ann = await env['res.partner'].create([
        { name: 'Ann', email: 'ann@x.test', vat: 'V1', street: '1 Main', city: 'Lyon' },
      ])
      const name = async (context: Context): Promise<string | undefined> =>
        (await ann.withContext(context).load(['display_name']))[0]?.display_name
      t.equal(await name({ show_email: true, show_vat: true }), 'Ann <ann@x.test> ‒ V1')
      t.equal(await name({ show_address: true, address_inline: true }), 'Ann, 1 Main, Lyon')
      t.equal(await name({ partner_show_db_id: true }), `Ann (${ann.ids[0]})`)
      t.equal(await name({}), 'Ann')
    })

    t.test('only addresses may go without a name', async (t) => {
      const env = await open(t)
      t.equal((await env['res.partner'].create([{ type: 'other' }])).length, 1)
      await t.rejects(env['res.partner'].create([{ type: 'contact' }]), { message: 'Contacts require a name' })
    })

    t.test('nothing can be its own ancestor', async (t) => {
      const env = await open(t)
      const top = await env['res.partner'].create([{ name: 'Top' }])
      const low = await env['res.partner'].create([{ name: 'Low', parent_id: top }])
      await t.rejects(top.write({ parent_id: low }), { code: 'PARTNER_RECURSION', exception: 'ValidationError' })
      await t.rejects(top.write({ parent_id: top }), { code: 'PARTNER_RECURSION' })
      await t.rejects(
        env['res.partner'].create([{ name: 'New', parent_id: low, child_ids: [{ link: top.ids[0]! }] }]),
        {
          code: 'PARTNER_RECURSION',
        },
      )
    })

    t.test('the type of a company can be written either way', async (t) => {
      const env = await open(t)
      const one = await env['res.partner'].create([{ name: 'X', company_type: 'company' }])
      t.match(await one.load(['is_company', 'company_type']), [{ is_company: true, company_type: 'company' }])
      await one.write({ company_type: 'person' })
      t.match(await one.load(['is_company', 'company_type']), [{ is_company: false, company_type: 'person' }])
    })

    t.test('a copy says so in its name, shares tags and leaves contacts behind', async (t) => {
      const env = await open(t)
      const company = await env['res.partner'].create([
        {
          name: 'Co',
          is_company: true,
          barcode: 'B1',
          category_id: [{ create: { name: 'Tag' } }],
          child_ids: [{ create: { name: 'Kid' } }],
        },
      ])
      const copies = await company.copy()
      t.match(await copies.load(['name', 'barcode', 'category_id.name', 'child_ids']), [
        { name: 'Co (copy)', barcode: null, category_id: [{ name: 'Tag' }], child_ids: { ids: [] } },
      ])
      t.match(await (await company.copy({ name: 'Other' })).load(['name']), [{ name: 'Other' }])
    })

    t.test('deleting a company frees its contacts', async (t) => {
      const env = await open(t)
      const company = await env['res.partner'].create([{ name: 'Co', is_company: true }])
      const ann = await env['res.partner'].create([{ name: 'Ann', parent_id: company }])
      await company.unlink()
      t.match(await ann.load(['parent_id', 'complete_name', 'commercial_partner_id.name', 'commercial_company_name']), [
        {
          parent_id: null,
          complete_name: 'Ann',
          commercial_partner_id: { name: 'Ann' },
          commercial_company_name: null,
        },
      ])
    })

    t.test('a contact with an active user stays', async (t) => {
      const env = await open(t)
      const user = await env['res.users'].create([{ name: 'Uma', login: 'uma' }])
      const [{ partner_id } = { partner_id: env['res.partner'] }] = await user.load(['partner_id'])
      await t.rejects(partner_id.unlink(), {
        code: 'PARTNER_HAS_USER',
        exception: 'RedirectWarning',
        details: { button: 'Go to users', action: { res_model: 'res.users', domain: [['id', 'in', user.ids]] } },
      })
    })

    t.test('two contacts cannot have one barcode', async (t) => {
      const env = await open(t)
      await env['res.partner'].create([{ name: 'A', barcode: '123' }])
      await t.rejects(env['res.partner'].create([{ name: 'B', barcode: '123' }]), { code: 'CONSTRAINT_FAILED' })
    })

    t.test('name_create and find_or_create split name and address', async (t) => {
      const env = await open(t)
      const [id, label] = await env['res.partner'].name_create('Yan Lee <Yan@mail.test>')
      t.equal(label, 'Yan Lee')
      t.match(await env['res.partner'].browse([id]).load(['name', 'email', 'email_formatted']), [
        { name: 'Yan Lee', email: 'yan@mail.test', email_formatted: '"Yan Lee" <yan@mail.test>' },
      ])
      t.same((await env['res.partner'].find_or_create('YAN@mail.test')).ids, [id])
      t.same((await env['res.partner'].find_or_create('x_n@mail.test')).length, 1, 'an underscore is no wildcard')
      t.not((await env['res.partner'].find_or_create('y_n@mail.test')).ids[0], id)
      await t.rejects(env['res.partner'].find_or_create(' '), { code: 'PARTNER_EMAIL_MISSING' })
      await t.rejects(env['res.partner'].find_or_create('nobody', true), { code: 'PARTNER_EMAIL_MISSING' })
    })

    t.test('a website becomes a link', async (t) => {
      const env = await open(t)
      const [a, b] = await env['res.partner'].create([
        { name: 'A', website: 'www.a.test' },
        { name: 'B', website: 'https://b.test' },
      ])
      t.match(await a!.load(['website']), [{ website: 'http://www.a.test' }])
      t.match(await b!.load(['website']), [{ website: 'https://b.test' }])
    })

    t.test('defaults come from the contact above', async (t) => {
      const env = await open(t)
      await (
        await env['res.lang'].withContext({ active_test: false }).search([['code', '=', 'fr_FR']])
      ).write({ active: true })
      const above = await env['res.partner'].create([{ name: 'Above', lang: 'fr_FR', company_id: 1 }])
      const defaults = await env['res.partner']
        .withContext({ default_parent_id: above.ids[0]! })
        .default_get(['parent_id', 'lang', 'company_id', 'type', 'color'])
      t.same(defaults, { parent_id: above.ids[0], lang: 'fr_FR', company_id: 1, type: 'contact', color: 0 })
      await t.rejects(env['res.partner'].create([{ name: 'X', lang: 'xx_XX' }]), { code: 'CONSTRAINT_FAILED' })
      await t.rejects(env['res.partner'].create([{ name: 'X', tz: 'Mars/Olympus' }]), { code: 'CONSTRAINT_FAILED' })
    })

    t.test('people have the salesperson and the company of the contact above', async (t) => {
      const env = await open(t)
      const [a, b] = await env['res.users'].create([
        { name: 'A', login: 'a' },
        { name: 'B', login: 'b' },
      ])
      const company = await env['res.partner'].create([{ name: 'Co', is_company: true, user_id: a! }])
      const contacts = await env['res.partner'].create([
        { name: 'x', parent_id: company },
        { name: 'y', parent_id: company, user_id: b! },
      ])
      t.match(await contacts.load(['user_id.login']), [{ user_id: { login: 'a' } }, { user_id: { login: 'b' } }])
      await company.write({ company_id: 1 })
      t.match(await contacts.load(['company_id']), [{ company_id: { id: 1 } }, { company_id: { id: 1 } }])
    })

    t.test('tags are found with what is below them', async (t) => {
      const env = await open(t)
      const fruit = await env['res.partner.category'].create([{ name: 'Fruit' }])
      const citrus = await env['res.partner.category'].create([{ name: 'Citrus', parent_id: fruit }])
      const lemon = await env['res.partner.category'].create([{ name: 'Lemon', parent_id: citrus }])
      t.match(await lemon.load(['display_name']), [{ display_name: 'Fruit / Citrus / Lemon' }])
      t.same(
        (await env['res.partner.category'].name_search('Fruit / citr')).map(([, name]) => name),
        ['Fruit / Citrus', 'Fruit / Citrus / Lemon'],
      )
      await t.rejects(fruit.write({ parent_id: lemon }), { code: 'TREE_LOOP' })
      await fruit.unlink()
      t.same((await lemon.exists()).ids, [])
    })
  })
}
