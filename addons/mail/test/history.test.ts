import t from 'tap'
import type { Env } from '#core'
import { DIALECTS } from '#test/env.ts'
import { plain } from '#test/plain.ts'
import { mailRuntime, served } from './mail-env.ts'

interface Line {
  readonly tracking_value_ids: readonly {
    readonly field_id: { readonly name: string }
    readonly old_value_char: string | null
    readonly new_value_char: string | null
  }[]
}

for (const dialect of DIALECTS) {
  t.test(`${dialect}: the history of records`, async (t) => {
    const { call, people } = served(await mailRuntime(t, dialect))
    const { ann, joe } = await people()
    const messagesOf = async (env: Env, id: number) =>
      (
        await env.sudo('test')['mail.message'].search(
          [
            ['model', '=', 'res.partner'],
            ['res_id', '=', id],
          ],
          { order: 'id' },
        )
      ).load([
        'body',
        'subtype_id.name',
        'is_internal',
        'author_id',
        'message_type',
        'tracking_value_ids.field_id.name',
        'tracking_value_ids.old_value_char',
        'tracking_value_ids.new_value_char',
        'tracking_value_ids.old_value_integer',
        'tracking_value_ids.new_value_integer',
      ])
    const read = async (id: number) => plain(await call((env) => messagesOf(env, id))) as Line[]
    const followersOf = (id: number) =>
      call(
        async (env) =>
          (await env['res.partner'].browse([id]).load(['message_partner_ids']))[0]!.message_partner_ids.ids,
      )
    const create = (values: object, who = joe, context = {}) =>
      call(async (env) => (await env['res.partner'].create([{ name: 'P', ...values }])).ids[0]!, who, context)

    t.test('a note tells that a record was created, and who created it follows', async (t) => {
      const id = await create({})
      t.match(await read(id), [
        {
          body: '<p>Contact created</p>',
          subtype_id: { name: 'Note' },
          is_internal: true,
          author_id: { id: joe.partner },
        },
      ])
      t.same(await followersOf(id), [joe.partner])
    })

    t.test('the context keeps the creation to itself', async (t) => {
      const id = await create({}, joe, { mail_create_nolog: true, mail_create_nosubscribe: true })
      t.match(await read(id), [])
      t.same(await followersOf(id), [])
    })

    t.test('all changes of a call are one message, with what was there before the first of them', async (t) => {
      const id = await create({ email: 'a@x.test' }, joe, { mail_create_nolog: true })
      await call(async (env) => {
        const partner = env['res.partner'].browse([id])
        await partner.write({ name: 'Q' })
        await partner.write({ name: 'R', email: 'b@x.test', city: 'Lyon' })
      }, joe)
      const [message, ...others] = await read(id)
      t.equal(others.length, 0)
      t.match(message, { body: '', is_internal: true, author_id: { id: joe.partner }, message_type: 'notification' })
      t.same(
        Object.fromEntries(
          message!.tracking_value_ids.map((one) => [one.field_id.name, [one.old_value_char, one.new_value_char]]),
        ),
        { name: ['P', 'R'], email: ['a@x.test', 'b@x.test'] },
      )
    })

    t.test('what comes back to what it was is no change', async (t) => {
      const id = await create({}, joe, { mail_create_nolog: true })
      await call(async (env) => {
        const partner = env['res.partner'].browse([id])
        await partner.write({ name: 'Q' })
        await partner.write({ name: 'P' })
      }, joe)
      t.match(await read(id), [])
    })

    t.test('a relation is told by names and ids', async (t) => {
      const id = await create({}, joe, { mail_create_nolog: true })
      const parent = await create({ name: 'Parent', is_company: true })
      await call((env) => env['res.partner'].browse([id]).write({ parent_id: parent }), joe)
      t.match(await read(id), [
        {
          tracking_value_ids: [
            {
              field_id: { name: 'parent_id' },
              old_value_integer: 0,
              new_value_integer: parent,
              old_value_char: null,
              new_value_char: 'Parent',
            },
          ],
        },
      ])
    })

    t.test('mail_notrack and tracking_disable leave no trace', async (t) => {
      for (const key of ['mail_notrack', 'tracking_disable']) {
        const id = await create({}, joe, { mail_create_nolog: true })
        await call((env) => env['res.partner'].browse([id]).write({ name: key }), joe, { [key]: true })
        t.match(await read(id), [])
      }
    })

    t.test('a call that fails leaves no history', async (t) => {
      const id = await create({}, joe, { mail_create_nolog: true })
      await t.rejects(
        call(async (env) => {
          await env['res.partner'].browse([id]).write({ name: 'Z' })
          throw new RangeError('no')
        }, joe),
      )
      t.match(await read(id), [])
    })

    t.test('whoever is given a record follows it and is told, but not of what they took themselves', async (t) => {
      const id = await create({ user_id: ann.user }, joe, { mail_create_nolog: true })
      t.same(await followersOf(id), [joe.partner, ann.partner])
      const [notice, ...others] = await read(id)
      t.equal(others.length, 0)
      t.match(notice, { message_type: 'user_notification', body: '<p>You have been assigned to P</p>' })
      const own = await create({ user_id: joe.user }, joe, { mail_create_nolog: true })
      t.match(await read(own), [])
    })

    t.test('creating and changing 40 records takes as many queries as 2', async (t) => {
      const queries = (count: number): Promise<number[]> =>
        call(async (env) => {
          const start = env.connection.queries
          const partners = await env['res.partner'].create(
            Array.from({ length: count }, (_, i) => ({ name: `N${i}`, user_id: ann.user })),
          )
          const created = env.connection.queries
          await partners.write({ email: 'n@x.test', user_id: joe.user })
          await env.transaction.runBeforeCommit()
          return [created - start, env.connection.queries - created]
        }, joe)
      await queries(2) // what is kept per process is read once
      t.same(await queries(40), await queries(2))
    })
  })
}
