import t from 'tap'
import { callMethod } from '#core/wire/dispatch.ts'
import { DIALECTS, installedRuntime } from '#test/env.ts'

for (const dialect of DIALECTS) {
  t.test(`${dialect}: web_search_read past the last record answers an empty list of length 0`, async (t) => {
    const runtime = await installedRuntime(t, dialect)
    const page = async (offset: number): Promise<unknown> =>
      (
        await callMethod(runtime, {
          uid: 2,
          model: 'res.partner',
          method: 'web_search_read',
          args: [[['id', '<', 4]], { id: {} }],
          kwargs: { offset, limit: 1 },
        })
      ).result
    t.match(await page(1), { length: 2, records: [{ id: Number }] })
    t.strictSame(await page(5), { length: 0, records: [] })
  })
}
