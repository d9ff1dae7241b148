import t from 'tap'
import { callMethod } from '#core/wire/dispatch.ts'
import { DIALECTS, installedRuntime } from '#test/env.ts'

for (const dialect of DIALECTS) {
  t.test(`${dialect}: a link to a record that does not exist is refused and changes nothing`, async (t) => {
    const runtime = await installedRuntime(t, dialect)
    const kw = async (method: string, ...args: readonly unknown[]): Promise<unknown> =>
      (await callMethod(runtime, { uid: 2, model: 'res.partner', method, args, kwargs: {} })).result
    const refused = {
      code: 'REFERENCE_BROKEN',
      exception: 'ValidationError',
      message: /res\.partner\.category_id.*999999/,
    }
    const id = await kw('create', { name: 'Azur' })
    for (const command of [
      [4, 999999],
      [6, 0, [999999]],
    ]) {
      await t.rejects(kw('write', [id], { name: 'Brume', category_id: [command] }), refused)
    }
    await t.rejects(kw('create', { name: 'Brume', category_id: [999999] }), refused)
    t.match(await kw('read', [id], ['name', 'category_id']), [{ name: 'Azur', category_id: [] }])
    t.equal(await kw('search_count', [['name', '=', 'Brume']]), 0)
  })
}
