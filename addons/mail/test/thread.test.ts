import t from 'tap'
import { DIALECTS } from '#test/env.ts'
import { mailRuntime, served } from './mail-env.ts'

for (const dialect of DIALECTS) {
  t.test(`${dialect}: threads`, async (t) => {
    const { call, people } = served(await mailRuntime(t, dialect))
    const { ann, bob, joe, record } = await people()

    t.test('text is escaped, markup needs body_is_html, and without a subtype it is a note', async (t) => {
      await call(async (env) => {
        const partner = env['res.partner'].browse([record])
        const text = await partner.message_post({ body: 'a <b>\nb' })
        const markup = await partner.message_post({
          body: '<p>x</p>',
          body_is_html: true,
          message_type: 'comment',
          subtype_xmlid: 'mail.mt_comment',
        })
        t.match(
          await text.load(['body', 'message_type', 'subtype_id.name', 'model', 'res_id', 'author_id', 'record_name']),
          [
            {
              body: '<p>a &lt;b&gt;<br />b</p>',
              message_type: 'notification',
              subtype_id: { name: 'Note' },
              model: 'res.partner',
              res_id: record,
              author_id: { id: env.user.partnerId },
              record_name: 'Azure',
            },
          ],
        )
        t.match(await markup.load(['body', 'subtype_id.name']), [
          { body: '<p>x</p>', subtype_id: { name: 'Discussions' } },
        ])
      }, joe)
    })

    t.test('followers and named recipients are told of a comment, its author is not', async (t) => {
      await call(async (env) => {
        const partner = env['res.partner'].browse([record])
        await partner.message_subscribe([ann.partner, joe.partner])
        const message = await partner.message_post({
          body: 'Hi',
          message_type: 'comment',
          subtype_xmlid: 'mail.mt_comment',
          partner_ids: [bob.partner],
        })
        const [told] = await message
          .sudo('test')
          .load(['notification_ids.res_partner_id', 'notification_ids.notification_type'])
        t.strictSame(
          new Map(told?.notification_ids.map((one) => [one.res_partner_id?.id, one.notification_type])),
          new Map([
            [ann.partner, 'inbox'],
            [bob.partner, 'email'],
          ]),
        )
      }, joe)
    })

    t.test('who posts a comment follows from then on', async (t) => {
      await call(async (env) => {
        const [fresh] = await env['res.partner'].create([{ name: 'New' }])
        const partner = env['res.partner'].browse(fresh!.ids)
        await partner.message_unsubscribe([joe.partner])
        await partner.message_post({ body: 'Hi', message_type: 'comment' })
        t.match(await partner.load(['message_is_follower', 'message_partner_ids']), [
          { message_is_follower: true, message_partner_ids: { ids: [joe.partner] } },
        ])
      }, joe)
    })

    t.test('a record takes its messages and followers with it', async (t) => {
      await call(async (env) => {
        const partner = await env['res.partner'].create([{ name: 'Gone' }])
        await partner.message_post({ body: 'Hi', message_type: 'comment' })
        await partner.unlink()
        const about = [
          ['res_id', '=', partner.ids[0]!],
          ['model', '=', 'res.partner'],
        ] as const
        t.equal(await env.sudo('test')['mail.message'].search_count([...about]), 0)
        t.equal(await env.sudo('test')['mail.followers'].search_count([['res_id', '=', partner.ids[0]!]]), 0)
      })
    })
  })
}
