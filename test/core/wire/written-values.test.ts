import t from 'tap'
import { callMethod } from '#core/wire/dispatch.ts'
import { DIALECTS, installedRuntime } from '#test/env.ts'

for (const dialect of DIALECTS) {
  t.test(`${dialect}: the like family`, async (t) => {
    const runtime = await installedRuntime(t, dialect)
    const kw = async (method: string, ...args: readonly unknown[]): Promise<unknown> =>
      (await callMethod(runtime, { uid: 2, model: 'res.partner', method, args, kwargs: {} })).result
    const ids = (await kw('create', [
      { name: 'A', color: 13, partner_latitude: 1.25 },
      { name: 'B', color: 3 },
      { name: 'C', color: 5 },
    ])) as number[]
    const found = async (...leaf: readonly unknown[]): Promise<unknown> =>
      ((await kw('search', [['id', 'in', ids], leaf], 0, null, 'id')) as number[])
        .map((id) => 'ABC'[ids.indexOf(id)])
        .join('')

    t.test('looks at how numbers are written', async (t) => {
      t.equal(await found('color', 'ilike', '3'), 'AB')
      t.equal(await found('color', 'like', 3), 'AB')
      t.equal(await found('color', '=like', '1_'), 'A')
      t.equal(await found('color', 'not ilike', '3'), 'C')
      t.equal(await found('partner_latitude', 'ilike', '.25'), 'A')
      t.equal(await found('id', '=like', String(ids[1])), 'B')
    })

    t.test('refuses a pattern that is longer than a database takes', async (t) => {
      const long = 'a'.repeat(60_000)
      for (const field of ['name', 'country_id', 'category_id', 'child_ids', 'display_name', 'create_date']) {
        await t.rejects(found(field, 'ilike', long), { code: 'DOMAIN_OPERAND' }, field)
      }
      await t.rejects(found('country_id', 'child_of', long), { code: 'DOMAIN_OPERAND' })
      await t.rejects(kw('name_search', long), { code: 'DOMAIN_OPERAND' })
      t.equal(await found('name', 'ilike', 'a'.repeat(10_000)), '')
    })
  })
}
