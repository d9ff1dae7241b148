import t from 'tap'
import { DIALECTS, openEnv } from '#test/env.ts'
import { isIban } from '../tools/iban.ts'
import { baseRuntime } from './base-env.ts'

t.test('an IBAN has the length of its country and check digits that fit', async (t) => {
  for (const number of ['BE71 0961 2345 6769', 'fr14 2004 1010 0505 0001 3M02 606', 'GB82WEST12345698765432'])
    t.equal(isIban(number), true, number)
  for (const number of ['BE72 0961 2345 6769', 'BE71 0961 2345 676', 'XX71 0961 2345 6769', '', '12345'])
    t.equal(isIban(number), false, number)
})

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const runtime = await baseRuntime(t, dialect)

    t.test('tells kinds of account numbers apart and finds them however they are written', async (t) => {
      const env = await openEnv(t, runtime)
      const bank = await env['res.bank'].create([{ name: 'Fortuna', bic: 'FORTBEBB' }])
      t.match(await bank.load(['display_name']), [{ display_name: 'Fortuna - FORTBEBB' }])
      const accounts = await env['res.partner.bank'].create([
        { acc_number: 'BE71 0961 2345 6769', partner_id: 1, bank_id: bank },
        { acc_number: '12-34', partner_id: 1 },
      ])
      t.match(
        await accounts.load(['acc_type', 'sanitized_acc_number', 'acc_holder_name', 'display_name', 'bank_bic']),
        [
          {
            acc_type: 'iban',
            sanitized_acc_number: 'BE71096123456769',
            acc_holder_name: 'My Company',
            display_name: 'BE71 0961 2345 6769 - Fortuna',
            bank_bic: 'FORTBEBB',
          },
          { acc_type: 'bank', sanitized_acc_number: '1234', display_name: '12-34', bank_bic: null },
        ],
      )
      t.same(
        (await env['res.partner.bank'].name_search('0961-2345')).map(([id]) => id),
        [accounts.ids[0]],
      )
    })

    t.test('refuses a number twice for one holder, but not for two', async (t) => {
      const env = await openEnv(t, runtime)
      await env['res.partner.bank'].create([
        { acc_number: '12-34', partner_id: 1 },
        { acc_number: '12-34', partner_id: 2 },
      ])
      await t.rejects(env['res.partner.bank'].create([{ acc_number: '1234', partner_id: 1 }]), {
        message: 'The combination Account Number/Partner must be unique.',
      })
    })
  })
}
