import t from 'tap'
import { callMethod } from '#core/wire/dispatch.ts'
import { DIALECTS, installedRuntime } from '#test/env.ts'

const SPEC = { display_name: {}, child_ids: { fields: { name: {}, display_name: {} } } }

for (const dialect of DIALECTS) {
  t.test(`${dialect}: the lines of a form that is not saved`, async (t) => {
    const runtime = await installedRuntime(t, dialect)
    const onchange = async (values: object, changed: readonly string[], context: object = {}): Promise<unknown> =>
      (
        await callMethod(runtime, {
          uid: 2,
          model: 'res.partner',
          method: 'onchange',
          args: [[], values, changed, SPEC],
          kwargs: { context },
        })
      ).result
    const line = { name: 'Ann', type: 'invoice' }

    t.test('stay when a computed value puts them elsewhere in the order', async (t) => {
      t.strictSame(await onchange({ name: 'North', child_ids: [[0, 'virtual_1', line]] }, ['child_ids']), {
        value: { display_name: 'North', child_ids: [[1, 'virtual_1', { display_name: 'North, Ann' }]] },
      })
    })

    t.test('see the record that they will belong to, with the commands that its form holds', async (t) => {
      const parent = {
        name: 'North',
        city: 'Lille',
        category_id: [[6, false, []]],
        child_ids: [[0, 'virtual_1', line]],
      }
      const { result } = await callMethod(runtime, {
        uid: 2,
        model: 'res.partner',
        method: 'onchange',
        args: [[], { name: 'Ann', parent_id: parent }, [], { name: {}, display_name: {} }],
        kwargs: {},
      })
      t.match(result, { value: { name: 'Ann' } })
    })

    t.test('come from the context', async (t) => {
      t.match(await onchange({}, [], { default_name: 'North', default_child_ids: [[0, 0, line]] }), {
        value: { child_ids: [[0, 0, { name: 'Ann', display_name: 'North, Ann' }]] },
      })
    })
  })
}

for (const dialect of DIALECTS) {
  t.test(`${dialect}: defaults of the context are for the record that is created, not for its lines`, async (t) => {
    const runtime = await installedRuntime(t, dialect)
    const { result: id } = await callMethod(runtime, {
      uid: 2,
      model: 'res.partner',
      method: 'create',
      args: [{ name: 'North', child_ids: [[0, 0, { name: 'Ann' }]] }],
      kwargs: { context: { default_is_company: true, default_city: 'Lille' } },
    })
    const { result } = await callMethod(runtime, {
      uid: 2,
      model: 'res.partner',
      method: 'search_read',
      args: [['|', ['id', '=', id], ['parent_id', '=', id]], ['complete_name', 'is_company', 'city'], 0, 2, 'id'],
      kwargs: {},
    })
    t.match(result, [
      { complete_name: 'North', is_company: true, city: 'Lille' },
      { complete_name: 'North, Ann', is_company: false },
    ])
  })
}
