import t from 'tap'
import { openRuntime } from '#core/open.ts'
import { callMethod } from '#core/wire/dispatch.ts'
import { DIALECTS, installedRuntime } from '#test/env.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const runtime = await installedRuntime(t, dialect)
    const kw = async (
      model: string,
      method: string,
      args: unknown[],
      kwargs: Record<string, unknown> = {},
    ): Promise<never> => (await callMethod(runtime, { uid: 2, model, method, args, kwargs })).result as never
    const modelId = async (name: string): Promise<number> =>
      (await kw('ir.model', 'search', [[['model', '=', name]]]))[0] as number

    t.test(
      'a field that a person adds can be written, read, searched and grouped at once, and after a restart',
      async (t) => {
        const model_id = await modelId('res.partner')
        const make = (values: object): Promise<number> => kw('ir.model.fields', 'create', [{ model_id, ...values }])
        await make({ name: 'x_size', field_description: 'Size', ttype: 'integer' })
        await make({
          name: 'x_level',
          field_description: 'Level',
          ttype: 'selection',
          selection: "[('a', 'Gold'), ('b', 'Silver')]",
        })
        await make({ name: 'x_friend_id', field_description: 'Friend', ttype: 'many2one', relation: 'res.partner' })
        const id: number = await kw('res.partner', 'create', [
          { name: 'Sized', x_size: 7, x_level: 'a', x_friend_id: 1 },
        ])
        t.match(await kw('res.partner', 'read', [[id], ['x_size', 'x_level', 'x_friend_id']]), [
          { x_size: 7, x_level: 'a', x_friend_id: [1, String] },
        ])
        t.same(
          await kw('res.partner', 'search', [
            [
              ['x_size', '>', 6],
              ['x_friend_id.name', '!=', false],
            ],
          ]),
          [id],
        )
        t.match(await kw('res.partner', 'fields_get', [['x_level']], { attributes: ['string', 'selection'] }), {
          x_level: {
            string: 'Level',
            selection: [
              ['a', 'Gold'],
              ['b', 'Silver'],
            ],
          },
        })
        await t.rejects(kw('res.partner', 'write', [[id], { x_level: 'c' }]), { code: 'SELECTION_UNKNOWN' })

        const again = await openRuntime({ url: runtime.db.url })
        t.teardown(() => again.close())
        const { result } = await callMethod(again, {
          uid: 2,
          model: 'res.partner',
          method: 'read',
          args: [[id], ['x_size']],
          kwargs: {},
        })
        t.match(result, [{ x_size: 7 }])
      },
    )

    t.test('a model that a person adds has a table, and is used under rights of its own', async (t) => {
      const model_id: number = await kw('ir.model', 'create', [
        {
          name: 'Machine',
          model: 'x_machine',
          field_id: [
            [0, 0, { name: 'x_name', field_description: 'Name', ttype: 'char', required: true }],
            [0, 0, { name: 'x_owner_id', field_description: 'Owner', ttype: 'many2one', relation: 'res.partner' }],
          ],
        },
      ])
      await t.rejects(kw('x_machine', 'create', [{ x_name: 'Press' }]), { code: 'ACCESS_MODEL' })
      await kw('ir.model.access', 'create', [
        { name: 'all', model_id, perm_read: true, perm_write: true, perm_create: true, perm_unlink: true },
      ])
      const id: number = await kw('x_machine', 'create', [{ x_name: 'Press', x_owner_id: 1 }])
      t.match(await kw('x_machine', 'read', [[id], ['display_name', 'x_owner_id']]), [
        { display_name: 'Press', x_owner_id: [1, String] },
      ])
    })

    t.test('a name without x_, an unknown relation and a double are refused, and leave nothing', async (t) => {
      const model_id = await modelId('res.partner')
      const before = await kw('ir.model.fields', 'search_count', [[]])
      const make = (values: object): Promise<number> =>
        kw('ir.model.fields', 'create', [{ model_id, field_description: 'X', ...values }])
      await t.rejects(make({ name: 'size', ttype: 'integer' }))
      await t.rejects(make({ name: 'x_to', ttype: 'many2one', relation: 'no.such' }))
      await t.rejects(make({ name: 'x_size', ttype: 'char' }))
      t.equal(await kw('ir.model.fields', 'search_count', [[]]), before)
    })

    t.test('a field that is deleted is gone from the model', async (t) => {
      const [id] = (await kw('ir.model.fields', 'search', [
        [
          ['model', '=', 'res.partner'],
          ['name', '=', 'x_size'],
        ],
      ])) as number[]
      await kw('ir.model.fields', 'unlink', [[id]])
      await t.rejects(kw('res.partner', 'search', [[['x_size', '>', 6]]]))
      await kw('res.partner', 'create', [{ name: 'Still' }])
    })
  })
}
