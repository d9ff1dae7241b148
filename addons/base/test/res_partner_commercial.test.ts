import t from 'tap'
import { countQueries, DIALECTS, openEnv } from '#test/env.ts'
import { baseRuntime } from './base-env.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const runtime = await baseRuntime(t, dialect)

    /** A company with a contact that has a contact of its own, and another company. */
    const firms = async (t: Parameters<typeof openEnv>[0]) => {
      const env = await openEnv(t, runtime)
      const [north, south] = await env['res.partner'].create([
        { name: 'North', is_company: true },
        { name: 'South', is_company: true },
      ])
      const ann = await env['res.partner'].create([{ name: 'Ann', parent_id: north! }])
      const kid = await env['res.partner'].create([{ name: 'Kid', parent_id: ann }])
      return { env, north: north!, south: south!, ann, kid }
    }

    t.test('the commercial entity is the nearest company above, else the topmost contact', async (t) => {
      const { north, south, ann, kid } = await firms(t)
      const entity = async (): Promise<(string | undefined)[]> =>
        (await kid.load(['commercial_partner_id.name', 'commercial_company_name'])).flatMap((one) => [
          one.commercial_partner_id?.name ?? undefined,
          one.commercial_company_name ?? undefined,
        ])
      t.same(await entity(), ['North', 'North'])
      await ann.write({ parent_id: south })
      t.same(await entity(), ['South', 'South'])
      await ann.write({ parent_id: null })
      t.same(await entity(), ['Ann', undefined])
      await ann.write({ is_company: true, parent_id: north })
      t.same(await entity(), ['Ann', 'Ann'])
    })

    t.test('commercial fields follow the company and those of another one after a move', async (t) => {
      const { north, south, ann, kid } = await firms(t)
      await north.write({ vat: 'X1', company_registry: 'R1' })
      t.match(await ann.load(['vat', 'company_registry']), [{ vat: 'X1', company_registry: 'R1' }])
      t.match(await kid.load(['vat']), [{ vat: 'X1' }])
      await ann.write({ parent_id: south })
      t.match(await ann.load(['vat', 'commercial_company_name']), [{ vat: null, commercial_company_name: 'South' }])
      t.match(await kid.load(['vat']), [{ vat: null }], 'with all below it')
    })

    t.test('a new contact has the commercial fields of its company', async (t) => {
      const { env, north } = await firms(t)
      await north.write({ vat: 'X1' })
      const bob = await env['res.partner'].create([
        { name: 'Bob', parent_id: north, vat: 'other', company_name: 'Bobs' },
      ])
      t.match(await bob.load(['vat', 'company_name']), [{ vat: 'X1', company_name: null }])
    })

    t.test('what is written on a contact is written on its company, and so on all of its contacts', async (t) => {
      const { north, ann, kid } = await firms(t)
      await kid.write({ vat: 'X2', city: 'Lens' })
      t.match(await north.load(['vat', 'city']), [{ vat: 'X2', city: null }])
      t.match(await ann.load(['vat']), [{ vat: 'X2' }])
      t.match(await kid.load(['vat', 'city']), [{ vat: 'X2', city: 'Lens' }])
    })

    t.test('passing on takes as many queries for thirty contacts as for three', async (t) => {
      const { env } = await firms(t)
      const write = async (count: number): Promise<number> => {
        const company = await env['res.partner'].create([{ name: 'Co', is_company: true }])
        await env['res.partner'].create(
          Array.from({ length: count }, (_, i) => ({ name: `c${i}`, parent_id: company })),
        )
        return countQueries(env, () => company.write({ vat: 'V', street: 'S' }))
      }
      t.equal(await write(30), await write(3))
    })

    t.test('another contact with the same tax ID is pointed out, the own company is not', async (t) => {
      const { north, south, ann } = await firms(t)
      await north.write({ vat: 'X1' })
      t.match(await ann.load(['same_vat_partner_id']), [{ same_vat_partner_id: null }])
      await south.write({ vat: 'X1' })
      t.match(await ann.load(['same_vat_partner_id.name']), [{ same_vat_partner_id: { name: 'South' } }])
    })

    t.test('create_company makes the company that a contact names', async (t) => {
      const { env } = await firms(t)
      const solo = await env['res.partner'].create([
        { name: 'Solo', company_name: 'Solo Ltd', vat: 'S9', city: 'Gent' },
      ])
      t.match(await solo.load(['complete_name']), [{ complete_name: 'Solo Ltd, Solo' }])
      t.equal(await solo.create_company(), true)
      t.match(
        await solo.load([
          'complete_name',
          'company_name',
          'parent_id.name',
          'parent_id.is_company',
          'parent_id.vat',
          'parent_id.city',
        ]),
        [
          {
            complete_name: 'Solo Ltd, Solo',
            parent_id: { name: 'Solo Ltd', is_company: true, vat: 'S9', city: 'Gent' },
          },
        ],
      )
    })
  })
}
