import t from 'tap'
import type { Env } from '#core'
import { DIALECTS } from '#test/env.ts'
import { mailRuntime, served, type Person } from './mail-env.ts'

for (const dialect of DIALECTS) {
  t.test(`${dialect}: reading messages`, async (t) => {
    const { call, people } = served(await mailRuntime(t, dialect))
    const { ann, joe, record } = await people()
    const post = (who: Person, more: object = {}, id = record): Promise<number> =>
      call(
        async (env) =>
          (
            await env['res.partner']
              .browse([id])
              .message_post({ body: 'Hi', message_type: 'comment', subtype_xmlid: 'mail.mt_comment', ...more })
          ).ids[0]!,
        who,
      )
    const inbox = async (env: Env): Promise<readonly number[]> =>
      (await env['mail.message'].search([['needaction', '=', true]])).ids

    t.test('the inbox holds what the user was told of until it is read', async (t) => {
      const message = await post(joe, { partner_ids: [ann.partner] })
      await call(async (env) => {
        t.same(await inbox(env), [message])
        t.match(await env['res.partner'].browse([record]).load(['message_needaction', 'message_needaction_counter']), [
          { message_needaction: true, message_needaction_counter: 1 },
        ])
        t.same((await env['res.partner'].search([['message_needaction', '=', true]])).ids, [record])
        await env['mail.message'].browse([message]).set_message_done()
        t.same(await inbox(env), [])
        t.match(await env['res.partner'].browse([record]).load(['message_needaction']), [{ message_needaction: false }])
      }, ann)
      const more = [await post(joe, { partner_ids: [ann.partner] }), await post(joe, { partner_ids: [ann.partner] })]
      await call(async (env) => {
        t.same(
          (await env['mail.message'].mark_all_as_read()).toSorted((a, b) => a - b),
          more,
        )
        t.same(await inbox(env), [])
      }, ann)
      t.same(await call(inbox, joe), [])
    })

    t.test("stars and emojis are each person's own", async (t) => {
      const message = await post(joe)
      await call(async (env) => {
        const messages = env['mail.message'].browse([message])
        await messages.toggle_message_starred()
        await messages.message_reaction('👍', 'add')
        await messages.message_reaction('👍', 'add')
        t.match(await messages.message_format(), [
          { starred: true, reactions: [{ content: '👍', count: 1, partners: [{ id: ann.partner, name: 'Ann' }] }] },
        ])
      }, ann)
      await call(async (env) => {
        t.match(await env['mail.message'].browse([message]).message_format(), [{ starred: false, is_author: true }])
      }, joe)
      await call(async (env) => {
        const messages = env['mail.message'].browse([message])
        await messages.toggle_message_starred()
        await messages.message_reaction('👍', 'remove')
        t.match(await messages.message_format(), [{ starred: false, reactions: [] }])
      }, ann)
    })

    t.test('people outside read what is said to them, and no notes', async (t) => {
      const portal = await call(async (env) => {
        const user = await env['res.users'].create([
          { name: 'Portal', login: 'portal', groups_id: [{ set: [(await env.xmlId('base.group_portal'))![1]] }] },
        ])
        return { user: user.ids[0]!, partner: (await user.load(['partner_id']))[0]!.partner_id.id }
      })
      const comment = await post(joe, {}, portal.partner)
      const note = await post(joe, { subtype_xmlid: 'mail.mt_note' }, portal.partner)
      const elsewhere = await post(joe)
      const sent = await post(joe, { partner_ids: [portal.partner] })
      await call(async (env) => {
        const found = await env['mail.message'].search([['id', 'in', [comment, note, elsewhere, sent]]], {
          order: 'id',
        })
        t.same(found.ids, [comment, sent])
        await t.rejects(env['mail.message'].browse([note]).load(['body']), { code: 'ACCESS_RULE' })
        t.same(
          (await env['res.partner'].browse([portal.partner]).mail_thread_data()).messages.map(({ id }) => id),
          [comment],
        )
        await t.rejects(env['res.partner'].browse([portal.partner]).message_post({ body: 'x' }), {
          code: 'ACCESS_MODEL',
        })
        await t.rejects(env['mail.message'].create([{ body: 'x', model: 'res.partner', res_id: record }]), {
          code: 'ACCESS_MODEL',
        })
      }, portal)
    })

    t.test('authors change their own comments, others do not', async (t) => {
      const message = await post(joe)
      const change = (who: Person) =>
        call(
          (env) => env['res.partner'].browse([record]).message_update_content({ message_id: message, body: 'New <i>' }),
          who,
        )
      await t.rejects(change(ann), { code: 'MESSAGE_NOT_OWN' })
      await t.rejects(
        call((env) => env['mail.message'].browse([message]).write({ body: 'x' }), ann),
        { code: 'ACCESS_RULE' },
      )
      await change(joe)
      t.match(await call((env) => env['mail.message'].browse([message]).message_format()), [{ body: /New &lt;i&gt;/ }])
    })

    t.test('a message that is emptied loses its files, which are deleted', async (t) => {
      const message = await post(joe)
      const [file] = await call(async (env) => {
        const values = { name: 'a.txt', raw: Buffer.from('A'), res_model: 'res.partner', res_id: record }
        const { ids } = await env['ir.attachment'].create([values])
        await env['res.partner'].browse([record]).message_update_content({ message_id: message, attachment_ids: ids })
        return ids
      }, joe)
      const there = (): Promise<number> =>
        call(async (env) => (await env['ir.attachment'].browse([file as number]).exists()).length, joe)
      t.equal(await there(), 1)
      await call(
        (env) =>
          env['res.partner']
            .browse([record])
            .message_update_content({ message_id: message, body: '', attachment_ids: [] }),
        joe,
      )
      t.equal(await there(), 0)
    })

    t.test('messages are found by text, subject and author', async (t) => {
      const id = await call(async (env) => (await env['res.partner'].create([{ name: 'S' }])).ids[0]!, joe)
      await call(async (env) => {
        const one = env['res.partner'].browse([id])
        await one.message_post({ body: 'The red one', subject: 'Wine' })
        await one.message_post({ body: 'The blue one' })
      }, joe)
      const found = async (search_term: string): Promise<number> =>
        (await call((env) => env['res.partner'].browse([id]).mail_thread_data({ search_term }), ann)).messages.length
      t.equal(await found('blue'), 1)
      t.equal(await found('wine'), 1)
      t.equal(await found('no such'), 0)
      t.equal(await found(' '), 3)
      t.ok((await found('joe')) >= 2)
    })

    t.test('changes are shown by label and in the order of the fields, those of other groups are not', async (t) => {
      const id = await call(async (env) => (await env['res.partner'].create([{ name: 'T' }])).ids[0]!, joe)
      await call((env) => env['res.partner'].browse([id]).write({ email: 'e@x.test', name: 'U' }), joe)
      const { messages } = await call((env) => env['res.partner'].browse([id]).mail_thread_data({ limit: 1 }), ann)
      t.match(messages, [
        {
          is_note: true,
          trackings: [
            { changedField: 'Name', fieldName: 'name', oldValue: { value: 'T' }, newValue: { value: 'U' } },
            { changedField: 'Email', fieldName: 'email', oldValue: { value: null }, newValue: { value: 'e@x.test' } },
          ],
        },
      ])
    })

    t.test('a thread comes in pages, with all that belongs to it', async (t) => {
      const id = await call(async (env) => {
        const partner = await env['res.partner'].create([{ name: 'Paged', user_id: ann.user }])
        await partner.activity_schedule({ summary: 'Ring', act_type_xmlid: 'mail.mail_activity_data_call' })
        for (let i = 0; i < 5; i++)
          await partner.message_post({ body: `m${i}`, message_type: 'comment', attachments: [[`f${i}.txt`, 'text']] })
        return partner.ids[0]!
      }, joe)
      await call(async (env) => {
        const partner = env['res.partner'].browse([id])
        await partner.message_unsubscribe([ann.partner])
        const first = await partner.mail_thread_data({ limit: 3 })
        t.match(first, {
          name: 'Paged',
          hasWriteAccess: true,
          hasMoreMessages: true,
          isFollower: false,
          messages: [
            { body: '<p>m4</p>', author: { name: 'Joe' }, attachments: [{ name: 'f4.txt', mimetype: 'text/plain' }] },
            { body: '<p>m3</p>' },
            { body: '<p>m2</p>' },
          ],
          followers: [{ partner: { id: joe.partner, name: 'Joe' } }],
          activities: [{ summary: 'Ring', state: 'planned', can_write: true }],
          suggestedRecipients: [{ partner_id: ann.partner, reason: 'Salesperson' }, { partner_id: id }],
        })
        t.equal(first.attachments.length, 5)
        const second = await partner.mail_thread_data({ limit: 3, before: first.messages.at(-1)!.id })
        t.match(
          second.messages.map(({ body }) => body),
          ['<p>m1</p>', '<p>m0</p>', '<p>Contact created</p>'],
        )
        t.equal(second.hasMoreMessages, false)
      }, ann)
    })

    t.test('a thread of 20 messages takes as many queries as one of 2', async (t) => {
      const queries = async (count: number): Promise<number> => {
        const id = await call(async (env) => {
          const partner = await env['res.partner'].create([{ name: 'Q' }])
          for (let i = 0; i < count; i++) {
            await partner.message_post({
              body: 'x',
              message_type: 'comment',
              partner_ids: [ann.partner],
              attachments: [['f.txt', 'x']],
            })
            await partner.activity_schedule({})
          }
          return partner.ids[0]!
        }, joe)
        return call(async (env) => {
          await env['res.partner'].browse([id]).mail_thread_data()
          return env.connection.queries
        }, ann)
      }
      await queries(2) // what is kept per process is read once
      t.equal(await queries(20), await queries(2))
    })
  })
}
