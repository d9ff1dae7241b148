import t from 'tap'
import type { Env } from '#core'
import { countQueries, DIALECTS } from '#test/env.ts'
import { mailRuntime, served } from './mail-env.ts'

for (const dialect of DIALECTS) {
  t.test(`${dialect}: templates`, async (t) => {
    const { call, people } = served(await mailRuntime(t, dialect))
    const { ann, bob, joe, record } = await people()
    const template = (env: Env, values: object) =>
      (async () => {
        const [model] = (await env['ir.model'].search([['model', '=', 'res.partner']])).ids
        return env['mail.template'].create([{ name: 'Offer', model_id: model!, ...values }])
      })()

    t.test(
      'names in braces are values of the record, escaped in markup, through relations, lists and conditions',
      async (t) => {
        await call(async (env) => {
          const [parent] = await env['res.partner'].create([
            {
              name: 'A & B',
              is_company: true,
              email: 'ab@z.test',
              child_ids: [{ create: { name: 'Kid 1' } }, { create: { name: 'Kid 2' } }],
            },
          ])
          const made = await template(env, {
            subject: '{{ object.name }} / {{ object.parent_id.name or "none" }}',
            body_html:
              '<p>{{object.name}}</p>{{#each object.child_ids as |kid|}}<i>{{kid.name}} of {{object.name}}</i>{{/each}}{{#if object.is_company}}firm{{else}}person{{/if}} {{object.child_ids.length}} {{user.login}}',
          })
          const values = (await made._generate_template(parent!.ids)).get(parent!.ids[0]!)
          t.match(values, {
            subject: 'A & B / none',
            body_html: '<p>A &amp; B</p><i>Kid 1 of A &amp; B</i><i>Kid 2 of A &amp; B</i>firm 2 __system__',
            recipient_ids: [{ set: parent!.ids }],
          })
        })
      },
    )

    t.test('two hundred records take as many queries as two', async (t) => {
      await call(async (env) => {
        const made = await template(env, {
          subject: '{{object.name}}',
          body_html: '{{#each object.child_ids}}{{name}}{{/each}}{{object.country_id.name}}',
        })
        const ids = (await env['res.partner'].create(Array.from({ length: 200 }, (_, i) => ({ name: `P${i}` })))).ids
        await made._generate_template(ids.slice(0, 2))
        const fresh = (set: readonly number[]) => {
          env.transaction.cache.clear()
          return countQueries(env, () => made._generate_template(set))
        }
        t.equal(await fresh(ids), await fresh(ids.slice(0, 2)))
      })
    })

    t.test('each reader is written to in the own language, dates and amounts included', async (t) => {
      await call(async (env) => {
        const french = await env['res.lang'].withContext({ active_test: false }).search([['code', '=', 'fr_FR']])
        await french.write({ active: true })
        const made = await template(env, {
          subject: 'Hello {{object.name}}',
          lang: '{{ object.lang }}',
          body_html: '{{date object.create_date "long"}} {{monetary 1234.5 user.company_id.currency_id}}',
        })
        await made.withContext({ lang: 'fr_FR' }).write({ subject: 'Bonjour {{object.name}}' })
        const [en, fr] = (
          await env['res.partner'].create([
            { name: 'E', lang: 'en_US' },
            { name: 'F', lang: 'fr_FR' },
          ])
        ).ids
        const values = await made._generate_template([en!, fr!])
        t.match(values.get(en!), { subject: 'Hello E', body_html: /\w+ \d+, \d{4} \D?1,234.50/ })
        t.match(values.get(fr!), { subject: 'Bonjour F', body_html: /\d+ \S+ \d{4} 1.234,50/ })
      })
    })

    t.test('a wrong name is refused when the template is saved, with line and what was meant', async (t) => {
      const wrong = (values: object) => call((env) => template(env, values))
      await t.rejects(wrong({ body_html: '<p>\n{{object.nmae}}</p>' }), {
        message: /'Offer', body_html, line 2: .*no field 'nmae'.*'name'/,
      })
      await t.rejects(wrong({ body_html: '{{object.child_ids.name}}' }), { message: /is a list/ })
      await t.rejects(wrong({ subject: '{{shout object.name}}' }), { message: /no helper 'shout'/ })
      await t.rejects(wrong({ subject: '{{#if object.name}}' }), { message: /line 1/ })
      await t.rejects(wrong({ subject: '{{> secret}}' }), { message: /[Pp]artials/ })
    })

    t.test('no way leads to a prototype or to what the user may not read', async (t) => {
      for (const source of [
        '{{object.constructor}}',
        '{{object.__proto__}}',
        '{{lookup object "constructor"}}',
        '{{#with object}}{{constructor.name}}{{/with}}',
        '{{this.constructor}}',
      ])
        await t.rejects(
          call((env) => template(env, { subject: source })),
          source,
        )
      const made = await call(
        async (env) =>
          (await template(env, { subject: '{{ctx.constructor}}{{ctx.__proto__}}|{{object.user_ids.length}}' })).ids[0]!,
      )
      t.match(
        await call(
          async (env) => (await env['mail.template'].browse([made])._generate_template([record])).get(record),
          joe,
        ),
        { subject: '|0' },
      )
      const secret = await call(
        async (env) => (await template(env, { subject: '{{#each object.user_ids}}{{password}}{{/each}}' })).ids[0]!,
      )
      await t.rejects(
        call((env) => env['mail.template'].browse([secret])._generate_template([ann.partner]), joe),
        { code: 'ACCESS_FIELD' },
      )
    })

    t.test('send_mail makes a mail to the default recipient from the user who sends', async (t) => {
      const made = await call(
        async (env) => (await template(env, { subject: 'Hi {{object.name}}', body_html: '<p>x</p>' })).ids[0]!,
      )
      const id = await call((env) => env['mail.template'].browse([made]).send_mail(bob.partner), joe)
      const other = await call(
        (env) =>
          env['mail.template'].browse([made]).send_mail(bob.partner, false, false, {
            subject: 'Other',
            email_to: 'x@y.test',
            recipient_ids: [],
            model: 'res.users',
          }),
        joe,
      )
      const [given] = await call((env) =>
        env['mail.mail'].browse([other]).load(['subject', 'email_to', 'recipient_ids', 'model']),
      )
      t.match(
        given,
        { subject: 'Other', email_to: 'x@y.test', model: 'res.partner' },
        'what callers may say, and nothing else',
      )
      t.equal(given?.recipient_ids.length, 0)
      const [mail] = await call((env) =>
        env['mail.mail'].browse([id]).load(['subject', 'recipient_ids', 'email_from', 'model', 'res_id', 'state']),
      )
      t.match(mail, {
        subject: 'Hi Bob',
        email_from: '"Joe" <joe@x.test>',
        model: 'res.partner',
        res_id: bob.partner,
        state: 'outgoing',
      })
      t.strictSame(mail?.recipient_ids.ids, [bob.partner])
    })

    t.test('the dialog fills in what a template says, and posts it', async (t) => {
      const made = await call(
        async (env) =>
          (await template(env, { subject: 'Hi {{object.name}}', body_html: '<p>Dear {{object.name}}</p>' })).ids[0]!,
      )
      await call(async (env) => {
        const dialog = await env['mail.compose.message'].create([
          { model: 'res.partner', res_ids: `[${record}]`, template_id: made, partner_ids: [{ set: [bob.partner] }] },
        ])
        t.match(await dialog.load(['subject', 'body']), [{ subject: 'Hi Azure', body: '<p>Dear Azure</p>' }])
        await dialog.action_send_mail()
        const [thread] = await env['res.partner']
          .browse([record])
          .load(['message_ids.subject', 'message_ids.body', 'message_ids.author_id'])
        t.match(thread?.message_ids[0], {
          subject: 'Hi Azure',
          body: '<p>Dear Azure</p>',
          author_id: { id: joe.partner },
        })
      }, joe)
    })

    t.test('a mass mailing makes a mail for each record, in its words', async (t) => {
      const ids = await call(async (env) => {
        const records = await env['res.partner'].create([
          { name: 'M1', email: 'm1@z.test' },
          { name: 'M2', email: 'm2@z.test' },
        ])
        const dialog = await env['mail.compose.message'].create([
          {
            composition_mode: 'mass_mail',
            model: 'res.partner',
            res_ids: `[${records.ids.join(', ')}]`,
            subject: 'To {{object.name}}',
            body: '<p>{{object.email}}</p>',
          },
        ])
        await dialog.action_send_mail()
        return records.ids
      }, joe)
      const mails = await call(async (env) =>
        (
          await env['mail.mail'].search(
            [
              ['res_id', 'in', ids],
              ['model', '=', 'res.partner'],
            ],
            { order: 'id' },
          )
        ).load(['subject', 'body_html', 'recipient_ids']),
      )
      t.match(mails, [
        { subject: 'To M1', body_html: '<p>m1@z.test</p>' },
        { subject: 'To M2', body_html: '<p>m2@z.test</p>' },
      ])
      t.strictSame(
        mails.map((one) => one.recipient_ids.ids),
        [[ids[0]], [ids[1]]],
      )
    })
  })
}
