import t from 'tap'
import { callMethod } from '#core/wire/dispatch.ts'
import { DIALECTS, installedRuntime } from '#test/env.ts'

for (const dialect of DIALECTS) {
  t.test(`${dialect}: what scripts of Odoo rely on`, async (t) => {
    const runtime = await installedRuntime(t, dialect)
    const kw = async (model: string, method: string, ...args: readonly unknown[]): Promise<never> =>
      (await callMethod(runtime, { uid: 2, model, method, args, kwargs: {} })).result as never

    t.test('a parameter keeps what is true as Python writes it, and no lists', async (t) => {
      await kw('ir.config_parameter', 'set_param', 'test.flag', true)
      t.equal(await kw('ir.config_parameter', 'get_param', 'test.flag'), 'True')
      for (const wrong of [['a'], { a: 1 }]) {
        await t.rejects(kw('ir.config_parameter', 'set_param', 'test.flag', wrong), { code: 'ARGUMENT_WRONG' })
      }
      t.equal(await kw('ir.config_parameter', 'get_param', 'test.flag'), 'True')
    })

    t.test('an account is found by its number, however its parts are separated', async (t) => {
      const partner_id = await kw('res.partner', 'create', { name: 'Azur' })
      const id = await kw('res.partner.bank', 'create', { acc_number: 'BE71 0961 2345 6769', partner_id })
      for (const number of ['BE71096123456769', 'be71 0961-2345 6769', 'BE71 0961 2345 6769']) {
        t.same(await kw('res.partner.bank', 'search', [['acc_number', '=', number]]), [id], number)
        t.equal(await kw('res.partner.bank', 'search_count', [['acc_number', 'in', [number]]]), 1, number)
      }
      t.same(await kw('res.partner.bank', 'search', [['acc_number', 'ilike', '0961 2345']]), [id])
    })

    t.test('the raw content of an attachment is text, datas is base64', async (t) => {
      const id = await kw('ir.attachment', 'create', { name: 'a.txt', raw: 'héllo raw' })
      const read = async (): Promise<unknown> => kw('ir.attachment', 'read', [id], ['raw', 'datas', 'file_size'])
      t.match(await read(), [{ raw: 'héllo raw', datas: Buffer.from('héllo raw').toString('base64'), file_size: 10 }])
      await kw('ir.attachment', 'write', [id], { datas: Buffer.from([0xff, 0xfe]).toString('base64') })
      t.match(await read(), [{ raw: '//4=', datas: '//4=', file_size: 2 }])
      await kw('ir.attachment', 'write', [id], { raw: 'bye' })
      t.match(await read(), [{ raw: 'bye', file_size: 3 }])
    })

    t.test('an attachment needs a name, and base64 its whole length', async (t) => {
      await t.rejects(kw('ir.attachment', 'create', { datas: 'YQ==' }), { code: 'FIELD_REQUIRED' })
      await t.rejects(kw('ir.attachment', 'create', { name: 'a', datas: 'zzz' }), { code: 'VALUE_WRONG' })
      await t.rejects(kw('res.partner', 'create', { name: 'A', image_1920: 'x' }), { code: 'VALUE_WRONG' })
    })
  })
}
