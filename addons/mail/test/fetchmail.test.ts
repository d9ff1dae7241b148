import t from 'tap'
import { DIALECTS } from '#test/env.ts'
import { dovecot, dovecotMissing } from './dovecot.ts'
import { mailText, setUpAlias } from './incoming-env.ts'
import { mailRuntime, served } from './mail-env.ts'

for (const dialect of DIALECTS) {
  t.test(`${dialect}: mails are fetched from an IMAP server`, { skip: dovecotMissing() }, async (t) => {
    const { call } = served(await mailRuntime(t, dialect))
    const server = await dovecot(t)
    await call((env) => setUpAlias(env))
    const id = await call(async (env) => {
      const [model] = (await env['ir.model'].search([['model', '=', 'res.partner']])).ids
      const made = await env['fetchmail.server'].create([
        {
          name: 'Box',
          server: '127.0.0.1',
          port: server.port,
          is_ssl: false,
          user: 'box',
          password: 'secret',
          object_id: model!,
        },
      ])
      return made.ids[0]!
    })
    const box = () =>
      call(async (env) => (await env['fetchmail.server'].browse([id]).load(['state', 'date', 'error_message']))[0]!)
    const named = (name: string) => call((env) => env['res.partner'].search_count([['name', '=', name]]))

    t.test('a login that works confirms the mailbox', async (t) => {
      await call((env) => env['fetchmail.server'].browse([id]).button_confirm_login())
      t.match(await box(), { state: 'done' })
    })

    t.test('unread mails become records, once, and are read afterwards', async (t) => {
      server.put(mailText({ 'Message-ID': '<i1@x>', Subject: 'First' }, 'x'))
      server.put(mailText({ 'Message-ID': '<i2@x>', Subject: 'Second', To: 'jobs@own.test' }, 'x'))
      server.put(mailText({ 'Message-ID': '<i1@x>', Subject: 'First' }, 'x'))
      await call((env) => env['fetchmail.server']._cron_fetch())
      t.strictSame([await named('First'), await named('Second'), server.unread()], [1, 1, 0])
      t.match(await box(), { error_message: null, date: Date })
      await call((env) => env['fetchmail.server']._cron_fetch())
      t.equal(await named('First'), 1)
    })

    t.test('a login that fails is told at the mailbox, and nothing is lost', async (t) => {
      server.put(mailText({ 'Message-ID': '<i3@x>', Subject: 'Third' }, 'x'))
      await call((env) => env['fetchmail.server'].browse([id]).write({ password: 'wrong' }))
      await call((env) => env['fetchmail.server']._cron_fetch())
      t.match(await box(), { error_message: /MAILBOX|could not be read/ })
      t.equal(server.unread(), 1)
      await t.rejects(
        call((env) => env['fetchmail.server'].browse([id]).button_confirm_login()),
        { code: 'MAILBOX_FAILED' },
      )
      await call((env) => env['fetchmail.server'].browse([id]).write({ password: 'secret' }))
      await call((env) => env['fetchmail.server']._cron_fetch())
      t.strictSame([await named('Third'), server.unread()], [1, 0])
    })
  })
}
