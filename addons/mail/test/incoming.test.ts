import t from 'tap'
import { DIALECTS } from '#test/env.ts'
import { mailClient, mailText, setUpAlias } from './incoming-env.ts'
import { mailRuntime, served } from './mail-env.ts'

let count = 0
const newId = (): string => `<${++count}@out.test>`

for (const dialect of DIALECTS) {
  t.test(`${dialect}: incoming mails`, async (t) => {
    const runtime = await mailRuntime(t, dialect)
    const { call, people } = served(runtime)
    const { ann, bob, joe, record } = await people()
    const client = await mailClient(t, runtime)
    await call((env) => setUpAlias(env))
    const partners = (name: string) =>
      call(async (env) =>
        (await env['res.partner'].search([['name', '=', name]])).load([
          'name',
          'email',
          'comment',
          'message_ids.body',
          'message_ids.email_from',
        ]),
      )
    const incoming = (messageId: string) =>
      call(async (env) =>
        (await env['mail.incoming'].search([['message_id', '=', messageId]])).load([
          'state',
          'error_code',
          'reason',
          'res_id',
          'model',
          'subject',
        ]),
      )

    t.test('a mail to an alias becomes one record with one message', async (t) => {
      const id = newId()
      const raw = mailText(
        { 'Message-ID': id, To: 'jobs@own.test', Subject: 'Café', 'Content-Type': 'text/html; charset=utf-8' },
        '<p onclick="x()">Hi<script>x()</script></p>',
      )
      t.equal(await client.send(Buffer.from(raw), 'jobs@own.test'), 250)
      const made = await partners('Café')
      t.match(made, [
        {
          email: 'someone@out.test',
          comment: /by mail/,
          message_ids: [{ body: '<p>Hi</p>', email_from: '"Someone" <someone@out.test>' }],
        },
      ])
      t.equal(made[0]?.message_ids.length, 1)
      t.match(await incoming(id), [{ state: 'done', model: 'res.partner', res_id: made[0]?.id }])
    })

    t.test('the same mail again, also at the same moment, changes nothing', async (t) => {
      const raw = mailText({ 'Message-ID': newId(), To: 'jobs@own.test', Subject: 'Twice' }, 'x')
      t.strictSame(await Promise.all([1, 2, 3, 4].map(() => client.send(raw, 'jobs@own.test'))), [250, 250, 250, 250])
      t.equal((await partners('Twice')).length, 1)
    })

    t.test(
      'an answer goes to the thread of the message that it answers, and its author follows none but is known',
      async (t) => {
        const messageId = await call(
          async (env) =>
            (
              await (
                await env['res.partner'].browse([record]).message_post({
                  body: 'Question?',
                  message_type: 'comment',
                  subtype_xmlid: 'mail.mt_comment',
                  partner_ids: [bob.partner],
                })
              ).load(['message_id'])
            )[0]!.message_id!,
          joe,
        )
        const raw = mailText(
          {
            From: 'Bob <bob@y.test>',
            'Message-ID': newId(),
            To: 'catchall@own.test',
            Subject: 'Re: Azure',
            'In-Reply-To': messageId,
          },
          'Answer!',
        )
        t.equal(await client.send(raw, 'catchall@own.test'), 250)
        const [thread] = await call((env) =>
          env['res.partner']
            .browse([record])
            .load([
              'message_ids.body',
              'message_ids.author_id',
              'message_ids.message_type',
              'message_ids.subtype_id.name',
            ]),
        )
        t.match(thread?.message_ids[0], {
          body: '<p>Answer!</p>',
          author_id: { id: bob.partner },
          message_type: 'email',
          subtype_id: { name: 'Discussions' },
        })
      },
    )

    t.test('an answer of a colleague to a note stays a note', async (t) => {
      const messageId = await call(
        async (env) =>
          (
            await (
              await env['res.partner'].browse([record]).message_post({
                body: 'Secret',
                message_type: 'comment',
                subtype_xmlid: 'mail.mt_note',
                partner_ids: [joe.partner],
              })
            ).load(['message_id'])
          )[0]!.message_id!,
        ann,
      )
      const raw = mailText(
        { From: 'joe@x.test', 'Message-ID': newId(), To: 'catchall@own.test', References: messageId },
        'Hush',
      )
      t.equal(await client.send(raw, 'catchall@own.test'), 250)
      const [thread] = await call((env) =>
        env['res.partner']
          .browse([record])
          .load(['message_ids.body', 'message_ids.subtype_id.name', 'message_ids.create_uid']),
      )
      t.match(thread?.message_ids[0], { body: '<p>Hush</p>', subtype_id: { name: 'Note' } })
    })

    t.test('what leads nowhere is refused with 550 and kept for administrators, who can try it again', async (t) => {
      t.equal(await client.send(mailText({}, 'x'), 'nobody@own.test'), 550, 'an unknown address before the mail')
      const id = newId()
      const raw = mailText({ 'Message-ID': id, To: 'catchall@own.test', Subject: 'Lost' }, 'x')
      t.equal(await client.send(raw, 'catchall@own.test'), 550, 'an answer to nothing after it')
      t.match(await incoming(id), [{ state: 'failed', error_code: 'MAIL_UNROUTABLE' }])
      await call(async (env) => {
        const failed = await env['mail.incoming'].search([['message_id', '=', id]])
        await failed.write({ fallback_model: 'res.partner' })
        await failed.action_retry()
      })
      t.match(await incoming(id), [{ state: 'done', model: 'res.partner' }])
      t.equal((await partners('Lost')).length, 1)
    })

    t.test('a mail whose record cannot be made is kept and answered with yes', async (t) => {
      await call((env) => setUpAlias(env, { alias_name: 'broken', alias_defaults: "{'nosuch': 1}" }))
      const id = newId()
      t.equal(await client.send(mailText({ 'Message-ID': id, Subject: 'Unmade' }, 'x'), 'broken@own.test'), 250)
      t.match(await incoming(id), [{ state: 'failed', error_code: 'FIELD_UNKNOWN', subject: 'Unmade' }])
      t.equal((await partners('Unmade')).length, 0)
    })

    t.test('an alias for contacts refuses strangers', async (t) => {
      await call((env) => setUpAlias(env, { alias_name: 'friends', alias_contact: 'partners' }))
      t.equal(
        await client.send(
          mailText({ From: 'stranger@z.test', 'Message-ID': newId(), Subject: 'S1' }, 'x'),
          'friends@own.test',
        ),
        550,
      )
      t.equal(
        await client.send(
          mailText({ From: 'bob@y.test', 'Message-ID': newId(), Subject: 'S2' }, 'x'),
          'friends@own.test',
        ),
        250,
      )
      t.equal((await partners('S2')).length, 1)
    })

    t.test('a bounce marks the notification of the contact that it is about', async (t) => {
      const messageId = await call(async (env) => {
        const message = await env['res.partner'].browse([record]).message_post({
          body: 'x',
          message_type: 'comment',
          subtype_xmlid: 'mail.mt_comment',
          partner_ids: [bob.partner],
        })
        return (await message.load(['message_id']))[0]!.message_id!
      }, joe)
      const report = [
        '--B',
        'Content-Type: text/plain',
        '',
        'failed',
        '--B',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx',
        '',
        'Final-Recipient: rfc822; bob@y.test',
        'Action: failed',
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 gone',
        '',
        '--B',
        'Content-Type: message/rfc822',
        '',
        `Message-ID: ${messageId}`,
        'Subject: x',
        '',
        'x',
        '--B--',
        '',
      ].join('\r\n')
      const raw = mailText(
        {
          From: 'MAILER-DAEMON@mx.test',
          'Message-ID': newId(),
          To: 'bounce@own.test',
          'Content-Type': 'multipart/report; report-type=delivery-status; boundary="B"',
        },
        report,
      )
      t.equal(await client.send(raw, 'bounce@own.test', ''), 250)
      const told = await call(async (env) =>
        (
          await env['mail.notification'].search([
            ['mail_message_id.message_id', '=', messageId],
            ['res_partner_id', '=', bob.partner],
          ])
        ).load(['notification_status', 'failure_reason']),
      )
      t.match(told, [{ notification_status: 'bounce', failure_reason: /550 gone/ }])
    })

    t.test('answers of programs are left alone, and a sender who writes too often is stopped', async (t) => {
      const id = newId()
      t.equal(
        await client.send(
          mailText({ 'Message-ID': id, 'Auto-Submitted': 'auto-replied', Subject: 'Away' }, 'x'),
          'jobs@own.test',
        ),
        250,
      )
      t.match(await incoming(id), [{ state: 'ignored' }])
      await call((env) => env['ir.config_parameter'].set_param('mail.gateway.loop.threshold', 3))
      const codes: number[] = []
      for (let i = 0; i < 5; i++)
        codes.push(
          await client.send(
            mailText({ From: 'loop@z.test', 'Message-ID': newId(), Subject: 'Loop' }, 'x'),
            'jobs@own.test',
          ),
        )
      await call((env) => env['ir.config_parameter'].set_param('mail.gateway.loop.threshold', 1000))
      t.strictSame(codes, [250, 250, 250, 550, 550])
      t.equal((await partners('Loop')).length, 3)
    })

    t.test('broken mails, unknown alphabets and NUL survive', async (t) => {
      const mails = [
        mailText(
          { 'Message-ID': newId(), Subject: '=?x-none?B?aGVsbG8=?=', 'Content-Type': 'text/plain; charset=x-none' },
          'h\xe9',
        ),
        mailText(
          { 'Message-ID': newId(), 'Content-Type': 'multipart/mixed; boundary="Q"' },
          '--Q\r\nContent-Type: text/html\r\n\r\n<b>open',
        ),
        mailText({ 'Message-ID': newId(), Subject: 'nul\0nul' }, 'a\0b'),
        '\x01\x02 no mail at all',
      ]
      for (const raw of mails)
        t.equal(await client.send(Buffer.from(raw, 'latin1'), 'jobs@own.test'), 250, raw.slice(0, 60))
      t.equal(
        await call((env) =>
          env['mail.incoming'].search_count([
            ['state', '=', 'failed'],
            ['error_code', '!=', 'MAIL_LOOP'],
            ['error_code', '!=', 'MAIL_SENDER_REFUSED'],
            ['error_code', '!=', 'FIELD_UNKNOWN'],
          ]),
        ),
        0,
      )
    })

    t.test('files are kept, scripts among them as mere bytes, pictures in the text shown from them', async (t) => {
      const body = [
        '--B',
        'Content-Type: text/html',
        '',
        '<p><img src="cid:pic"></p>',
        '--B',
        'Content-Type: image/png; name="p.png"',
        'Content-ID: <pic>',
        'Content-Transfer-Encoding: base64',
        '',
        'iVBORw0KGgo=',
        '--B',
        'Content-Type: text/html; name="evil.html"',
        'Content-Disposition: attachment; filename="evil.html"',
        '',
        '<script>1</script>',
        '--B--',
        '',
      ].join('\r\n')
      t.equal(
        await client.send(
          mailText(
            { 'Message-ID': newId(), Subject: 'Files', 'Content-Type': 'multipart/related; boundary="B"' },
            body,
          ),
          'jobs@own.test',
        ),
        250,
      )
      const found = await call(async (env) =>
        (await env['res.partner'].search([['name', '=', 'Files']])).load([
          'message_ids.body',
          'message_ids.attachment_ids.name',
          'message_ids.attachment_ids.mimetype',
        ]),
      )
      const [message] = found[0]!.message_ids
      const picture = message!.attachment_ids.find(({ name }) => name === 'p.png')
      t.match(message!.body, `src="/web/image/${picture!.id}"`)
      t.match(
        message!.attachment_ids.find(({ name }) => name === 'evil.html'),
        { mimetype: 'application/octet-stream' },
      )
    })

    t.test('a mail of 20 MB is taken, one above the limit is refused without being kept', async (t) => {
      const file = Buffer.alloc(20_000_000, 7).toString('base64').replaceAll(/.{76}/g, '$&\r\n')
      const body = [
        '--B',
        'Content-Type: application/octet-stream; name="big.bin"',
        'Content-Disposition: attachment; filename="big.bin"',
        'Content-Transfer-Encoding: base64',
        '',
        file,
        '--B--',
        '',
      ].join('\r\n')
      t.equal(
        await client.send(
          mailText({ 'Message-ID': newId(), Subject: 'Big', 'Content-Type': 'multipart/mixed; boundary="B"' }, body),
          'jobs@own.test',
        ),
        250,
      )
      const [size] = await call(async (env) =>
        (await env['ir.attachment'].search([['name', '=', 'big.bin']])).load(['file_size']),
      )
      t.equal(size?.file_size, 20_000_000)
      const small = await mailClient(t, runtime, { maxSize: 1000 })
      t.equal(
        await small.send(mailText({ 'Message-ID': newId(), Subject: 'Above' }, 'x'.repeat(2000)), 'jobs@own.test'),
        552,
      )
    })

    t.test('LMTP takes mails as well', async (t) => {
      const local = await mailClient(t, runtime, { lmtp: true })
      t.equal(
        await local.send(mailText({ 'Message-ID': newId(), Subject: 'Lmtp' }, 'x'), [
          'jobs@own.test',
          'catchall@own.test',
        ]),
        250,
      )
      t.equal((await partners('Lmtp')).length, 1)
    })

    t.test('message_process answers the id of the record', async (t) => {
      const raw = mailText({ 'Message-ID': newId(), Subject: 'Script' }, 'x')
      const id = await call((env) => env['mail.thread'].message_process('res.partner', raw))
      t.match(await partners('Script'), [{ id }])
    })
  })
}
