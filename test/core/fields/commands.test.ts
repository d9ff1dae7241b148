import t from 'tap'
import { databases } from '#test/databases.ts'
import { DIALECTS } from '#test/env.ts'
import { kinds } from '#test/models/kinds.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const open = databases(t, dialect)
    t.test('the commands of a many2many create, update, link, unlink, delete, clear and set', async (t) => {
      const env = await open(t, [kinds])
      const [a, b] = (await env['kinds.part'].create([{ name: 'A' }, { name: 'B' }])).ids as [number, number]
      const sample = await env['kinds.sample'].create([{ part_ids: [{ link: a }, { create: { name: 'C' } }] }])
      const names = async (): Promise<unknown[]> =>
        (await sample.load(['part_ids.name']))[0]!.part_ids.map((part) => part.name)
      t.same(await names(), ['A', 'C'])
      await sample.write({ part_ids: [{ update: [a, { name: 'AA' }] }, { link: b }, { link: b }] })
      t.same(await names(), ['AA', 'B', 'C'])
      await sample.write({ part_ids: [{ unlink: a }] })
      t.same(await names(), ['B', 'C'])
      await sample.write({ part_ids: [{ delete: b }] })
      t.same(await names(), ['C'])
      t.same((await env['kinds.part'].browse([a, b]).exists()).ids, [a])
      await sample.write({ part_ids: [{ set: [a] }] })
      t.same(await names(), ['AA'])
      await sample.write({ part_ids: [{ clear: true }, { create: { name: 'D' } }] })
      t.same(await names(), ['D'])
      await sample.write({ part_ids: [] })
      t.same(await names(), ['D'])
    })

    t.test(
      'the commands of a one2many do the same with lines; a line that must have an owner goes with the link',
      async (t) => {
        const env = await open(t, [kinds])
        const sample = await env['kinds.sample'].create([
          { line_ids: [{ create: { name: 'A' } }, { create: { name: 'B' } }] },
        ])
        const other = await env['kinds.sample'].create([{ line_ids: [{ create: { name: 'X' } }] }])
        const lines = async (): Promise<[number, string | null][]> =>
          (await sample.load(['line_ids.name']))[0]!.line_ids.map((line) => [line.id, line.name])
        const [[a], [b]] = (await lines()) as [[number, string], [number, string]]
        const x = (await other.load(['line_ids']))[0]!.line_ids.ids[0]!
        await sample.write({ line_ids: [{ update: [a, { name: 'AA' }] }, { link: x }] })
        t.same(await lines(), [
          [a, 'AA'],
          [b, 'B'],
          [x, 'X'],
        ])
        t.same((await other.load(['line_ids']))[0]!.line_ids.ids, [])
        await sample.write({ line_ids: [{ unlink: b }, { delete: x }] })
        t.same(await lines(), [[a, 'AA']])
        t.same((await env['kinds.part'].browse([a, b, x]).exists()).ids, [a])
        await sample.write({ line_ids: [{ set: [] }, { create: { name: 'C' } }] })
        t.same(
          (await lines()).map(([, name]) => name),
          ['C'],
        )
      },
    )

    t.test('what is no command is refused', async (t) => {
      const env = await open(t, [kinds])
      for (const wrong of ['x', [{ nope: 1 }], [[9, 1, 1]], [{ create: 1 }], [{ update: [1] }], { a: 1 }]) {
        await t.rejects(
          env.model('kinds.sample').create([{ part_ids: wrong }]),
          { code: 'COMMAND_WRONG', message: /kinds\.sample\.part_ids/ },
          JSON.stringify(wrong),
        )
      }
    })

    t.test('ids, and a record set, set the field', async (t) => {
      const env = await open(t, [kinds])
      const parts = await env['kinds.part'].create([{ name: 'A' }, { name: 'B' }])
      const samples = await env.model('kinds.sample').create([{ part_ids: parts }, { part_ids: [parts.ids[1]] }])
      t.same(
        (await env['kinds.sample'].browse(samples.ids).load(['part_ids'])).map((one) => one.part_ids.ids),
        [parts.ids, [parts.ids[1]]],
      )
    })

    t.test(
      'one create command for several records makes one shared record of a many2many, and a line for each of a one2many',
      async (t) => {
        const env = await open(t, [kinds])
        const samples = await env['kinds.sample'].create([{}, {}])
        await samples.write({ part_ids: [{ create: { name: 'shared' } }], line_ids: [{ create: { name: 'own' } }] })
        t.equal(await env['kinds.part'].search_count([['name', '=', 'shared']]), 1)
        t.equal(await env['kinds.part'].search_count([['name', '=', 'own']]), 2)
      },
    )
  })
}
