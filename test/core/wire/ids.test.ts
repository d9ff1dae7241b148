import t from 'tap'
import { callMethod } from '#core/wire/dispatch.ts'
import { DIALECTS, installedRuntime } from '#test/env.ts'

for (const dialect of DIALECTS) {
  t.test(`${dialect}: ids that no record can have, and names that no zone has, are refused by name`, async (t) => {
    const runtime = await installedRuntime(t, dialect)
    const kw = (method: string, args: readonly unknown[]): ReturnType<typeof callMethod> =>
      callMethod(runtime, { uid: 2, model: 'res.partner', method, args, kwargs: {} })
    for (const id of [2 ** 31, 2 ** 53, 1.5, -(2 ** 40)]) {
      await t.rejects(kw('read', [[id], ['name']]), { code: 'ARGUMENT_WRONG' }, `read ${id}`)
      await t.rejects(kw('read', [id, ['name']]), { code: 'ARGUMENT_WRONG' }, `read ${id} alone`)
      await t.rejects(kw('create', [{ name: 'X', country_id: id }]), { code: 'VALUE_WRONG' }, `country ${id}`)
      for (const field of ['category_id', 'child_ids']) {
        for (const value of [[id], [[4, id]], [[6, 0, [id]]]]) {
          await t.rejects(kw('create', [{ name: 'X', [field]: value }]), { code: 'COMMAND_WRONG' }, `${field} ${id}`)
        }
      }
      await t.rejects(
        callMethod(runtime, {
          uid: 2,
          model: 'res.partner',
          method: 'web_save',
          args: [[1], {}, {}],
          kwargs: { next_id: id },
        }),
        { code: 'ARGUMENT_WRONG' },
        `next ${id}`,
      )
    }
    for (const tz of ['\0', '\ud800', "x' OR 1=1"]) {
      await t.rejects(
        callMethod(runtime, {
          uid: 2,
          model: 'res.partner',
          method: 'create',
          args: [{ name: 'X' }],
          kwargs: { context: { tz } },
        }),
        { code: 'CONTEXT_WRONG' },
        `zone ${tz}`,
      )
    }
  })
}
