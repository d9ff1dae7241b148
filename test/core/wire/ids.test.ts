import t from 'tap'
import { callMethod } from '#core/wire/dispatch.ts'
import { DIALECTS, installedRuntime } from '#test/env.ts'

for (const dialect of DIALECTS) {
  t.test(`${dialect}: an id that no record can have is refused by name`, async (t) => {
    const runtime = await installedRuntime(t, dialect)
    const kw = (method: string, args: readonly unknown[]): ReturnType<typeof callMethod> =>
      callMethod(runtime, { uid: 2, model: 'res.partner', method, args, kwargs: {} })
    for (const id of [2 ** 31, 2 ** 53, 1.5, -(2 ** 40)]) {
      await t.rejects(kw('read', [[id], ['name']]), { code: 'ARGUMENT_WRONG' }, `read ${id}`)
      await t.rejects(kw('read', [id, ['name']]), { code: 'ARGUMENT_WRONG' }, `read ${id} alone`)
      await t.rejects(kw('create', [{ name: 'X', country_id: id }]), { code: 'VALUE_WRONG' }, `country ${id}`)
    }
  })
}
