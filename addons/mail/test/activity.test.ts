import t from 'tap'
import { today, type Env } from '#core'
import { DIALECTS } from '#test/env.ts'
import { after } from '../activity/deadline.ts'
import { mailRuntime, served } from './mail-env.ts'

const day = (count: number): string => after(today('UTC'), count, 'days')

for (const dialect of DIALECTS) {
  t.test(`${dialect}: activities`, async (t) => {
    const { call, people } = served(await mailRuntime(t, dialect))
    const { ann, joe } = await people()
    const contacts = async (env: Env, ...names: string[]) => env['res.partner'].create(names.map((name) => ({ name })))
    const typeOf = async (env: Env, name: string): Promise<number> =>
      (await env.xmlId(`mail.mail_activity_data_${name}`))![1]

    t.test('the type says when an activity is due', async (t) => {
      await call(async (env) => {
        const partner = await contacts(env, 'A')
        await partner.activity_schedule({ act_type_xmlid: 'mail.mail_activity_data_todo', summary: 'Look' })
        t.match(
          await partner.load([
            'activity_state',
            'activity_summary',
            'activity_date_deadline',
            'activity_user_id',
            'activity_type_icon',
          ]),
          [
            {
              activity_state: 'planned',
              activity_summary: 'Look',
              activity_date_deadline: day(5),
              activity_user_id: { id: joe.user },
              activity_type_icon: 'fa-check',
            },
          ],
        )
      }, joe)
    })

    t.test('records are found by the most urgent of their activities', async (t) => {
      await call(async (env) => {
        const [late, now, later, free] = (await contacts(env, 'late', 'now', 'later', 'free')).ids as [
          number,
          number,
          number,
          number,
        ]
        const plan = (id: number, date_deadline: string) =>
          env['res.partner'].browse([id]).activity_schedule({ date_deadline })
        await plan(late, day(-2))
        await plan(late, day(0))
        await plan(now, day(0))
        await plan(now, day(3))
        await plan(later, day(3))
        const all = [late, now, later, free]
        const found = async (operator: '=' | '!=' | 'in', operand: unknown) =>
          (
            await env['res.partner'].search(
              [
                ['id', 'in', all],
                ['activity_state', operator, operand as never],
              ],
              { order: 'id' },
            )
          ).ids
        t.same(await found('=', 'overdue'), [late])
        t.same(await found('=', 'today'), [now])
        t.same(await found('=', 'planned'), [later])
        t.same(await found('=', false), [free])
        t.same(await found('in', ['overdue', 'planned']), [late, later])
        t.same(await found('!=', 'today'), [late, later, free])
        t.same(
          (await env['res.partner'].browse(all).load(['activity_state'])).map((one) => one.activity_state),
          ['overdue', 'today', 'planned', null],
        )
      }, joe)
    })

    t.test('the day begins where the one lives whom the activity is for', async (t) => {
      await call(async (env) => {
        // at any moment it is another day in one of these two places
        const zones = ['Pacific/Kiritimati', 'Pacific/Pago_Pago']
        const users = await env['res.users'].create(zones.map((tz, i) => ({ name: tz, login: `zone${i}`, tz })))
        const records = await contacts(env, 'east', 'west')
        const deadline = today(zones[0]!)
        for (const [i, id] of records.ids.entries()) {
          await env['res.partner'].browse([id]).activity_schedule({ date_deadline: deadline, user_id: users.ids[i]! })
        }
        t.same(
          (await records.load(['activity_state'])).map((one) => one.activity_state),
          ['today', 'planned'],
        )
        t.same(
          (
            await env['res.partner'].search([
              ['id', 'in', records.ids],
              ['activity_state', '=', 'today'],
            ])
          ).ids,
          [records.ids[0]],
        )
      })
    })

    t.test(
      'feedback leaves a message and deletes the activity, or archives it if its type keeps what is done',
      async (t) => {
        await call(async (env) => {
          const partner = await contacts(env, 'B')
          const types = env.sudo('test')['mail.activity.type']
          const kept = await types.create([{ name: 'Kept', keep_done: true }])
          await partner.activity_schedule({ activity_type_id: kept.ids[0]!, automated: false })
          await partner.activity_schedule({ act_type_xmlid: 'mail.mail_activity_data_call', note: '<p>ring</p>' })
          const activities = await env['mail.activity'].search([
            ['res_id', '=', partner.ids[0]!],
            ['res_model', '=', 'res.partner'],
          ])
          const message = await activities.action_feedback('Fine <b>')
          const all = activities.withContext({ active_test: false })
          t.match(
            await (await all.search([['id', 'in', activities.ids]])).load(['state', 'feedback', 'active', 'date_done']),
            [{ state: 'done', feedback: 'Fine <b>', active: false, date_done: today('UTC') }],
          )
          t.match(
            await env['mail.message']
              .browse([message!])
              .load(['body', 'subtype_id.name', 'mail_activity_type_id.name']),
            [{ body: /Fine &lt;b&gt;/, subtype_id: { name: 'Activities' }, mail_activity_type_id: { name: /./ } }],
          )
          t.equal((await partner.load(['activity_state']))[0]?.activity_state, null)
        }, joe)
      },
    )

    t.test('what is done triggers what its type names', async (t) => {
      await call(async (env) => {
        const partner = await contacts(env, 'C')
        const call = await typeOf(env, 'call')
        const [first] = (
          await env['mail.activity.type'].create([
            { name: 'First', chaining_type: 'trigger', triggered_next_type_id: call },
          ])
        ).ids
        const activity = await partner.activity_schedule({
          activity_type_id: first!,
          date_deadline: '2020-01-01',
          user_id: ann.user,
        })
        t.equal(await activity.action_feedback_schedule_next(), null)
        t.match(
          await partner.load(['activity_ids.activity_type_id', 'activity_ids.date_deadline', 'activity_ids.user_id']),
          [
            {
              activity_ids: [
                { activity_type_id: { id: call }, date_deadline: '2020-01-03', user_id: { id: ann.user } },
              ],
            },
          ],
        )
        const suggested = await (await partner.activity_schedule({})).action_feedback_schedule_next('ok')
        t.match(suggested, { res_model: 'mail.activity', context: { default_res_id: partner.ids[0] } })
      })
    })

    t.test('an archived record has nothing planned', async (t) => {
      await call(async (env) => {
        const partner = await contacts(env, 'D')
        await partner.activity_schedule({ automated: false })
        await partner.write({ active: false })
        t.equal(
          await env['mail.activity'].search_count([
            ['res_id', '=', partner.ids[0]!],
            ['res_model', '=', 'res.partner'],
          ]),
          0,
        )
      }, joe)
    })

    t.test('activities are moved and deleted by their type', async (t) => {
      await call(async (env) => {
        const partner = await contacts(env, 'E')
        await partner.activity_schedule({ act_type_xmlid: 'mail.mail_activity_data_call' })
        await partner.activity_schedule({ act_type_xmlid: 'mail.mail_activity_data_todo' })
        await partner.activity_reschedule({
          act_type_xmlids: ['mail.mail_activity_data_call'],
          date_deadline: '2021-02-03',
          new_user_id: ann.user,
        })
        t.match(await partner.load(['activity_date_deadline', 'activity_user_id']), [
          { activity_date_deadline: '2021-02-03', activity_user_id: { id: ann.user } },
        ])
        await partner.activity_unlink({ act_type_xmlids: ['mail.mail_activity_data_call'] })
        t.match(await partner.load(['activity_ids.activity_type_id.name']), [
          { activity_ids: [{ activity_type_id: { name: 'To-Do' } }] },
        ])
      }, joe)
    })

    t.test('nothing is planned for somebody who may not read the record', async (t) => {
      await call(async (env) => {
        const [portal] = (
          await env['res.users'].create([
            { name: 'Portal', login: 'portal', groups_id: [{ set: [(await env.xmlId('base.group_portal'))![1]] }] },
          ])
        ).ids
        await t.rejects((await contacts(env, 'F')).activity_schedule({ user_id: portal! }), {
          code: 'ACTIVITY_ASSIGNEE_BLIND',
        })
      })
    })

    t.test('whoever is given an activity follows the record and is told, unless it was the own idea', async (t) => {
      await call(async (env) => {
        const partner = await contacts(env, 'H')
        await partner.activity_schedule({ summary: 'Mine' })
        await partner.activity_schedule({ summary: 'Yours', user_id: ann.user })
        t.match(await partner.load(['message_partner_ids']), [
          { message_partner_ids: { ids: [joe.partner, ann.partner] } },
        ])
        const told = await env.sudo('test')['mail.message'].search([
          ['res_id', '=', partner.ids[0]!],
          ['message_type', '=', 'user_notification'],
        ])
        t.match(await told.load(['subject', 'notification_ids.res_partner_id']), [
          { subject: 'H: Yours assigned to you', notification_ids: [{ res_partner_id: { id: ann.partner } }] },
        ])
      }, joe)
    })

    t.test('a plan plans its activities before and after a day, for those that it names', async (t) => {
      await call(async (env) => {
        const plans = env.sudo('test')['mail.activity.plan']
        const [plan] = (
          await plans.create([
            {
              name: 'Welcome',
              res_model: 'res.partner',
              template_ids: [
                { create: { summary: 'Prepare', delay_count: 1, delay_unit: 'weeks', delay_from: 'before_plan_date' } },
                {
                  create: {
                    summary: 'Ask',
                    delay_count: 2,
                    delay_from: 'after_plan_date',
                    responsible_type: 'other',
                    responsible_id: ann.user,
                  },
                },
              ],
            },
          ])
        ).ids
        const partners = await contacts(env, 'I', 'J')
        const values = {
          res_model: 'res.partner',
          res_ids: partners.ids.join(','),
          plan_id: plan!,
          plan_date: '2024-03-01',
        }
        const [dialog] = (await env['mail.activity.schedule'].create([values])).ids
        await env['mail.activity.schedule'].browse([dialog!]).action_schedule_plan()
        const expected = {
          activity_ids: [
            { summary: 'Prepare', date_deadline: '2024-02-23', user_id: { id: joe.user } },
            { summary: 'Ask', date_deadline: '2024-03-03', user_id: { id: ann.user } },
          ],
        }
        t.match(await partners.load(['activity_ids.summary', 'activity_ids.date_deadline', 'activity_ids.user_id']), [
          expected,
          expected,
        ])
        const other = await env['mail.activity.schedule'].create([{ ...values, res_model: 'res.users' }])
        await t.rejects(other.action_schedule_plan(), { code: 'PLAN_UNFIT' })
      }, joe)
    })

    t.test('the dialog plans one activity on several records', async (t) => {
      await call(async (env) => {
        const partners = await contacts(env, 'K', 'L')
        const dialog = await env['mail.activity.schedule'].create([
          { res_model: 'res.partner', res_ids: `[${partners.ids.join(', ')}]`, summary: 'Both' },
        ])
        await dialog.action_schedule_activities()
        const expected = { activity_summary: 'Both', activity_date_deadline: day(5) }
        t.match(await partners.load(['activity_summary', 'activity_date_deadline']), [expected, expected])
      }, joe)
    })

    t.test('the type To-Do stays', async (t) => {
      await call(async (env) => {
        await t.rejects(env['mail.activity.type'].browse([await typeOf(env, 'todo')]).unlink(), {
          code: 'ACTIVITY_TYPE_NEEDED',
        })
      })
    })

    t.test('doing 20 activities takes as many queries as doing 2', async (t) => {
      const queries = (count: number): Promise<number> =>
        call(async (env) => {
          const partners = await contacts(env, ...Array.from({ length: count }, (_, i) => `G${i}`))
          const activities = await partners.activity_schedule({ act_type_xmlid: 'mail.mail_activity_data_call' })
          const before = env.connection.queries
          await activities.action_feedback('done')
          return env.connection.queries - before
        }, joe)
      await queries(2) // what is kept per process is read once
      t.equal(await queries(20), await queries(2))
    })
  })
}
