import t from 'tap'
import { DIALECTS } from '#test/env.ts'
import { mailRuntime, served } from './mail-env.ts'
import { mta, Refused, useMta } from './smtp-env.ts'

for (const dialect of DIALECTS) {
  t.test(`${dialect}: outgoing mails`, async (t) => {
    const runtime = await mailRuntime(t, dialect)
    const { call, people } = served(runtime)
    const { bob, joe, record } = await people()
    const answers = { recipient: (_address: string): void => {}, mail: (_id?: string): 'drop' | void => undefined }
    const server = await mta(t, {
      onRecipient: (address) => answers.recipient(address),
      onMail: ({ messageId }) => answers.mail(messageId),
    })
    t.beforeEach(() => {
      answers.recipient = () => {}
      answers.mail = () => undefined
      server.taken.length = 0
      server.sessions.clear()
    })
    await call(async (env) => {
      await useMta(env, server)
      const [domain] = (await env['mail.alias.domain'].create([{ name: 'own.test' }])).ids
      await env['res.company'].browse([1]).write({ alias_domain_id: domain! })
    })
    const queue = async (): Promise<boolean> => (await call((env) => env['mail.mail'].process_email_queue())).more
    const mail = (values: object) => call(async (env) => (await env['mail.mail'].create([values])).ids[0]!)
    const state = (id: number) =>
      call(
        async (env) =>
          (await env['mail.mail'].browse([id]).load(['state', 'failure_type', 'failure_reason', 'attempts']))[0]!,
      )
    /** Lets time pass until the next attempt. */
    const due = (id: number) => call((env) => env['mail.mail'].browse([id]).write({ next_attempt: null }))

    t.test('a message to a follower by mail arrives with sender, thread and a way back', async (t) => {
      const messageId = await call(async (env) => {
        const message = await env['res.partner'].browse([record]).message_post({
          body: 'Hello <you>',
          message_type: 'comment',
          subtype_xmlid: 'mail.mt_comment',
          partner_ids: [bob.partner],
        })
        return (await message.load(['message_id']))[0]!.message_id
      }, joe)
      await queue()
      t.equal(server.taken.length, 1)
      const [{ from, to, mail }] = server.taken as [(typeof server.taken)[0]]
      t.strictSame(to, ['bob@y.test'])
      t.equal(from, 'bounce@own.test')
      t.equal(mail.messageId, messageId)
      t.match(mail.from?.value, [{ address: 'joe@x.test', name: 'Joe' }])
      t.match(mail.replyTo?.value, [{ address: 'catchall@own.test' }])
      t.match(mail.html, /Hello &lt;you&gt;/)
      t.match(mail.text, /Hello <you>/)
      const kept = await call(async (env) => {
        const found = await env['mail.message'].search([['message_id', '=', messageId ?? '']])
        return found.load(['body', 'author_id', 'message_type'])
      })
      t.match(kept, [{ body: '<p>Hello &lt;you&gt;</p>', author_id: { id: joe.partner }, message_type: 'comment' }])
      const told = await call(async (env) => {
        const found = await env['mail.notification'].search([['res_partner_id', '=', bob.partner]])
        return found.load(['notification_status'])
      })
      t.match(told, [{ notification_status: 'sent' }])
    })

    t.test('several mails go over one session', async (t) => {
      for (const name of ['a', 'b', 'c'])
        await mail({ subject: name, email_to: `${name}@y.test`, body_html: '<p>x</p>' })
      await queue()
      t.strictSame(
        server.taken.map((one) => one.mail.subject),
        ['a', 'b', 'c'],
      )
      t.equal(server.sessions.size, 1)
    })

    t.test('what a server refuses for now is sent later, under the same id', async (t) => {
      const seen: (string | undefined)[] = []
      answers.mail = (messageId) => {
        seen.push(messageId)
        throw new Refused(451, 'try later')
      }
      const id = await mail({ subject: 'later', email_to: 'a@y.test', body_html: '<p>x</p>' })
      await queue()
      t.match(await state(id), { state: 'outgoing', attempts: 1, failure_reason: /try later/ })
      await queue()
      t.match(await state(id), { attempts: 1 }, 'not before the pause is over')
      answers.mail = () => undefined
      await due(id)
      await queue()
      t.strictSame(
        server.taken.map((one) => one.mail.messageId),
        seen,
      )
      t.equal(seen.length, 1)
      t.match(await state(id), { state: 'sent', failure_reason: null })
    })

    t.test('what a server refuses for good has failed, and only for that address', async (t) => {
      answers.recipient = (address) => {
        if (address === 'nobody@y.test') throw new Refused(550, 'no such user')
      }
      const id = await mail({ subject: 'two', email_to: 'nobody@y.test, a@y.test', body_html: '<p>x</p>' })
      await queue()
      t.strictSame(
        server.taken.map(({ to }) => to),
        [['a@y.test']],
      )
      t.match(await state(id), {
        state: 'exception',
        failure_type: 'mail_email_invalid',
        failure_reason: /no such user/,
      })
      answers.recipient = () => {}
      await call((env) => env['mail.mail'].browse([id]).retry())
      await queue()
      t.strictSame(
        server.taken.map(({ to }) => to),
        [['a@y.test'], ['nobody@y.test']],
        'nobody gets it twice',
      )
      t.match(await state(id), { state: 'sent' })
    })

    t.test('a message whose mail was refused shows an error to its author', async (t) => {
      answers.recipient = () => {
        throw new Refused(550, 'no such user')
      }
      await call(
        (env) =>
          env['res.partner']
            .browse([record])
            .message_post({ body: 'x', message_type: 'comment', partner_ids: [bob.partner] }),
        joe,
      )
      await queue()
      const seen = await call((env) => env['res.partner'].browse([record]).load(['message_has_error']), joe)
      t.match(seen, [{ message_has_error: true }])
    })

    t.test('a line that breaks in the middle of a mail loses nothing', async (t) => {
      answers.mail = () => 'drop'
      const first = await mail({ subject: 'cut', email_to: 'a@y.test', body_html: '<p>x</p>' })
      await queue()
      t.match(await state(first), { state: 'outgoing', attempts: 1 })
      answers.mail = () => undefined
      await due(first)
      await queue()
      t.match(await state(first), { state: 'sent' })
      t.equal(server.taken.length, 1)
    })

    t.test('two processes that work at once send each mail once', async (t) => {
      for (let i = 0; i < 30; i++) await mail({ subject: `n${i}`, email_to: `n${i}@y.test`, body_html: '<p>x</p>' })
      await Promise.all([queue(), queue(), queue()])
      while (await queue());
      t.strictSame(
        server.taken.map((one) => one.mail.subject ?? '').toSorted(),
        Array.from({ length: 30 }, (_, i) => `n${i}`).toSorted(),
      )
    })

    t.test('what a killed process had claimed is sent when its claim is over', async (t) => {
      const id = await mail({ subject: 'orphan', email_to: 'a@y.test', body_html: '<p>x</p>' })
      const claimed = (until: Date) =>
        call((env) => env['mail.mail'].browse([id]).write({ claim: 'gone', claimed_until: until }))
      await claimed(new Date(Date.now() + 60_000))
      await queue()
      t.equal(server.taken.length, 0)
      await claimed(new Date(Date.now() - 60_000))
      await queue()
      t.equal(server.taken.length, 1)
    })

    t.test('send sends at once, cancel keeps back, nobody but administrators reads mails', async (t) => {
      const id = await mail({ subject: 'now', email_to: 'a@y.test', body_html: '<p>x</p>' })
      const other = await mail({ subject: 'never', email_to: 'a@y.test', body_html: '<p>x</p>' })
      await call((env) => env['mail.mail'].browse([other]).cancel())
      await call((env) => env['mail.mail'].browse([id, other]).send())
      t.strictSame(
        server.taken.map((one) => one.mail.subject),
        ['now'],
      )
      await t.rejects(
        call((env) => env['mail.mail'].browse([id]).load(['subject']), joe),
        { code: 'ACCESS_MODEL' },
      )
    })

    t.test('passwords of mail servers are used, but cannot be read', async (t) => {
      const made = await runtime.call({ uid: 2 }, 'write', async (env) => {
        const values = { name: 'S', smtp_host: 'h', active: false, smtp_user: 'u', smtp_pass: 'secret' }
        const servers = await env['ir.mail_server'].create([values])
        t.match(await servers.load(['smtp_pass']), [{ smtp_pass: null }])
        await t.rejects(servers.load(['smtp_secret']), { code: 'ACCESS_FIELD' })
        return servers.ids
      })
      t.match(await call((env) => env['ir.mail_server'].browse(made)._transports()), [{ password: 'secret' }])
    })
  })
}
