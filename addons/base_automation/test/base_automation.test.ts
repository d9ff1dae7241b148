import t from 'tap'
import type { Env, Recs, Values } from '#core'
import { openRuntime } from '#core/open.ts'
import type { Runtime } from '#core/runtime.ts'
import { countQueries, DIALECTS, installedDatabase, type DialectName } from '#test/env.ts'
import type {} from '../index.ts'

type Test = Parameters<typeof installedDatabase>[0]

async function automationRuntime(t: Test, dialect: DialectName): Promise<Runtime> {
  const runtime = await openRuntime({ url: await installedDatabase(t, dialect, ['base_automation']) })
  t.teardown(() => runtime.close())
  return runtime
}

class Undone extends Error {}

for (const dialect of DIALECTS) {
  t.test(`automation rules on ${dialect}`, async (t) => {
    const runtime = await automationRuntime(t, dialect)
    /** Work of the administrator in a call that is undone, after the end of the call was played. */
    const undone = async (work: (env: Env) => Promise<void>): Promise<void> => {
      await runtime
        .call({ uid: 2 }, 'write', async (env) => {
          await work(env)
          throw new Undone()
        })
        .catch((error: unknown) => {
          if (!(error instanceof Undone)) throw error
        })
    }
    const modelId = async (env: Env, name = 'res.partner'): Promise<number> =>
      (await env['ir.model'].search([['model', '=', name]])).ids[0] ?? 0
    const fieldIds = async (env: Env, ...names: string[]): Promise<readonly number[]> =>
      (
        await env['ir.model.fields'].search([
          ['model', '=', 'res.partner'],
          ['name', 'in', names],
        ])
      ).ids
    /** A rule on contacts whose one action is code. */
    const rule = async (env: Env, values: Values<'base.automation'>, code: string): Promise<Recs<'base.automation'>> =>
      env['base.automation'].create([
        {
          name: 'Rule',
          model_id: await modelId(env),
          action_server_ids: [{ create: { name: 'Act', state: 'code', code } }],
          ...values,
        },
      ])
    const NOTE = "for one in records:\n    one.write({'comment': (one.comment or '') + '+'})"
    const partner = (env: Env, values: Values<'res.partner'> = {}): Promise<Recs<'res.partner'>> =>
      env['res.partner'].create([{ name: 'P', ...values }])
    const notes = async (set: Recs<'res.partner'>): Promise<number[]> =>
      (await set.load(['comment'])).map(({ comment }) => (comment ?? '').split('+').length - 1)

    t.test('act when records are created that fulfil their domain', async (t) => {
      await undone(async (env) => {
        await rule(env, { trigger: 'on_create', filter_domain: "[('city', '=', 'Gent')]" }, NOTE)
        const set = await env['res.partner'].create([{ name: 'A', city: 'Gent' }, { name: 'B' }])
        t.same(await notes(set), [1, 0])
        await set.write({ city: 'Gent' })
        t.same(await notes(set), [1, 0], 'creation alone counts')
      })
    })

    t.test('act when a change makes records fulfil their domain that did not before', async (t) => {
      await undone(async (env) => {
        await rule(
          env,
          {
            trigger: 'on_write',
            filter_pre_domain: "[('city', '!=', 'Gent')]",
            filter_domain: "[('city', '=', 'Gent')]",
          },
          NOTE,
        )
        const set = await partner(env, { city: 'Mons' })
        t.same(await notes(set), [0])
        await set.write({ city: 'Gent' })
        t.same(await notes(set), [1])
        await set.write({ city: 'Gent', ref: 'again' })
        t.same(await notes(set), [1], 'it was so before')
      })
    })

    t.test('act on changes of the fields that they name alone', async (t) => {
      await undone(async (env) => {
        await rule(
          env,
          { trigger: 'on_create_or_write', trigger_field_ids: [{ set: await fieldIds(env, 'ref', 'category_id') }] },
          NOTE,
        )
        const set = await partner(env, { ref: '1' })
        t.same(await notes(set), [1], 'creation counts whatever the fields')
        await set.write({ city: 'Gent', ref: '1' })
        t.same(await notes(set), [1])
        await set.write({ ref: '2' })
        t.same(await notes(set), [2])
        const tags = await env['res.partner.category'].create([{ name: 'VIP' }])
        await set.write({ category_id: [{ set: tags.ids }] })
        t.same(await notes(set), [3])
      })
    })

    t.test('act on recomputed values at the end of the call', async (t) => {
      let id = 0
      await runtime.call({ uid: 2 }, 'write', async (env) => {
        await rule(
          env,
          {
            name: 'Recomputed',
            trigger: 'on_write',
            trigger_field_ids: [{ set: await fieldIds(env, 'complete_name') }],
          },
          NOTE,
        )
        const [parent = 0] = (await partner(env, { name: 'Above', is_company: true })).ids
        id = (await partner(env, { name: 'Below', parent_id: parent })).ids[0] ?? 0
      })
      const state = (): Promise<number[]> =>
        runtime.call({ uid: 2 }, 'read', (env) => notes(env['res.partner'].browse([id])))
      const before = (await state())[0] ?? 0
      await runtime.call({ uid: 2 }, 'write', async (env) => {
        const [one] = await env['res.partner'].browse([id]).load(['parent_id'])
        await one?.parent_id?.write({ name: 'Renamed' })
      })
      t.same(await state(), [before + 1])
      await runtime.call({ uid: 2 }, 'write', async (env) => (await env['base.automation'].search([])).unlink())
    })

    t.test('act before records are deleted, and see them', async (t) => {
      await undone(async (env) => {
        await rule(
          env,
          { trigger: 'on_unlink' },
          "env['res.partner.category'].create({'name': 'Gone: %s' % record.name})",
        )
        await (await partner(env, { name: 'Dora' })).unlink()
        t.equal(await env['res.partner.category'].search_count([['name', '=', 'Gone: Dora']]), 1)
      })
    })

    t.test('act when one field is set to a value: archived, tagged', async (t) => {
      await undone(async (env) => {
        const [tag = 0, other = 0] = (await env['res.partner.category'].create([{ name: 'VIP' }, { name: 'Other' }]))
          .ids
        await rule(env, { trigger: 'on_archive' }, NOTE)
        await rule(env, { trigger: 'on_tag_set', trg_field_ref: tag }, NOTE)
        const set = await partner(env)
        await set.write({ category_id: [{ link: other }] })
        t.same(await notes(set), [0])
        await set.write({ category_id: [{ link: tag }] })
        t.same(await notes(set), [1])
        await set.action_archive()
        t.same(await notes(set), [2])
        await set.action_unarchive()
        t.same(await notes(set), [2])
      })
    })

    t.test('do not set themselves off, and are stopped when they go on without an end', async (t) => {
      await undone(async (env) => {
        await rule(
          env,
          { name: 'Itself', trigger: 'on_create_or_write' },
          "records.write({'city': (record.city or '') + 'x'})",
        )
        await rule(env, { name: 'Other', trigger: 'on_write' }, "records.write({'ref': (record.ref or '') + 'y'})")
        const set = await partner(env)
        const [one] = await set.load(['city', 'ref'])
        t.match(one, { city: 'x', ref: 'y' })
      })
      await undone(async (env) => {
        await rule(env, { name: 'Endless', trigger: 'on_create' }, "env['res.partner'].create({'name': record.name})")
        await t.rejects(partner(env), { code: 'AUTOMATION_LOOP', message: /Endless → Endless/ })
      })
    })

    t.test('act with the rights of the system for a user who may change the record alone', async (t) => {
      await undone(async (env) => {
        await rule(env, { trigger: 'on_write' }, "env['res.partner.category'].create({'name': 'By %s' % user.name})")
        const set = await partner(env)
        const group = (await env.xmlId('base.group_user'))?.[1] ?? 0
        const manager = (await env.xmlId('base.group_partner_manager'))?.[1] ?? 0
        const [user = 0] = (
          await env
            .sudo('a user')
            ['res.users'].create([{ name: 'Uma', login: 'uma', groups_id: [{ set: [group, manager] }] }])
        ).ids
        const uma = await env.asUser(user)
        await uma['res.partner'].browse(set.ids).write({ ref: 'r' })
        t.equal(await env['res.partner.category'].search_count([['name', '=', 'By Uma']]), 1)
        await t.rejects(uma['base.automation'].search([]), { code: 'ACCESS_MODEL' })
      })
    })

    t.test('undo the change when an action fails, and name it', async (t) => {
      await undone(async (env) => {
        await rule(env, { trigger: 'on_write' }, "raise UserError('Not ' + record.name)")
        const set = await partner(env)
        await t.rejects(set.write({ ref: 'x' }), { message: 'Not P', details: { action: 'Act', model: 'res.partner' } })
      })
    })

    t.test('act when a time has come, once, on all records in as many queries', async (t) => {
      await undone(async (env) => {
        const made = await rule(
          env,
          {
            trigger: 'on_time_created',
            trg_date_range: 2,
            trg_date_range_type: 'hour',
            filter_domain: "[('name', '=', 'T')]",
          },
          "records.write({'ref': 'due'})",
        )
        const process = (): Promise<void> => env.sudo('the scheduler')['base.automation']._cron_process()
        const refs = async (set: Recs<'res.partner'>): Promise<(string | null)[]> =>
          (await set.load(['ref'])).map(({ ref }) => ref)
        const set = await env['res.partner'].create(Array.from({ length: 20 }, () => ({ name: 'T' })))
        await process()
        t.same(new Set(await refs(set)), new Set([null]))
        const passed = new Date(Date.now() - 3 * 3_600_000)
        await made.sudo('time passes').write({ last_run: passed })
        await made.write({ trg_date_range: 1 })
        t.ok((await countQueries(env, process)) < 40)
        t.same(new Set(await refs(set)), new Set([null]), 'not yet')
        await made.write({ trg_date_range: -1 })
        await made.sudo('time passes').write({ last_run: passed })
        await process()
        t.same(new Set(await refs(set)), new Set(['due']))
        const [log] = await (await env['base.automation.log'].search([])).load(['state', 'records'])
        t.match(log, { state: 'done', records: 20 })
        await set.write({ ref: 'seen' })
        await process()
        t.same(new Set(await refs(set)), new Set(['seen']))
      })
    })

    t.test('of time that fail are recorded and leave the records to be tried again', async (t) => {
      await undone(async (env) => {
        const made = await rule(
          env,
          { trigger: 'on_time_created', trg_date_range: -1 },
          "records.write({'ref': 'half'})\nraise UserError('Broken')",
        )
        await made.sudo('time passes').write({ last_run: new Date(Date.now() - 3 * 3_600_000) })
        const set = await partner(env)
        await env.sudo('the scheduler')['base.automation']._cron_process()
        t.match(await (await env['base.automation.log'].search([])).load(['state', 'message']), [
          { state: 'failed', message: 'Broken' },
        ])
        t.equal((await set.load(['ref']))[0]?.ref, null)
        t.ok(((await made.load(['last_run']))[0]?.last_run?.getTime() ?? 0) < Date.now() - 3_000_000)
      })
    })

    t.test('act on messages of people inside and outside, not on notes', async (t) => {
      await undone(async (env) => {
        await rule(
          env,
          { name: 'In', trigger: 'on_message_received' },
          "records.write({'ref': (record.ref or '') + '-in'})",
        )
        await rule(
          env,
          { name: 'Out', trigger: 'on_message_sent' },
          "records.write({'ref': (record.ref or '') + '-out'})",
        )
        const set = await partner(env)
        const outside = await partner(env, { name: 'Outside' })
        const post = (more: object): Promise<unknown> =>
          set.message_post({ body: 'x', message_type: 'comment', subtype_xmlid: 'mail.mt_comment', ...more })
        await post({})
        await post({ author_id: outside.ids[0] })
        await post({ subtype_xmlid: 'mail.mt_note' })
        t.equal((await set.load(['ref']))[0]?.ref, '-out-in')
      })
    })

    t.test('act on calls from outside', async (t) => {
      await undone(async (env) => {
        const made = await rule(env, { trigger: 'on_webhook' }, "record.write({'ref': payload['ref']})")
        const [facts] = await made.load(['webhook_uuid', 'url'])
        t.match(facts?.url, new RegExp(`/web/hook/${facts?.webhook_uuid ?? ''}$`))
        const set = await partner(env)
        const call = (uuid: string, payload: Record<string, unknown>): Promise<unknown> =>
          env.sudo('a call from outside')['base.automation']._call_hook(uuid, payload)
        t.equal(await call(facts?.webhook_uuid ?? '', { _id: set.ids[0], ref: 'hooked' }), undefined)
        t.equal((await set.load(['ref']))[0]?.ref, 'hooked')
        t.ok((await call(facts?.webhook_uuid ?? '', { _id: 'no number' })) instanceof Error)
        t.match(await (await env['base.automation.log'].search([], { order: 'id' })).load(['state', 'records']), [
          { state: 'done', records: 1 },
          { state: 'failed' },
        ])
        await t.rejects(call('other', {}), { code: 'AUTOMATION_HOOK_UNKNOWN' })
        await made.action_rotate_webhook_uuid()
        await t.rejects(call(facts?.webhook_uuid ?? '', {}), { code: 'AUTOMATION_HOOK_UNKNOWN' })
      })
    })

    t.test('are refused when the model has not what they wait for', async (t) => {
      await undone(async (env) => {
        await t.rejects(rule(env, { name: 'Staged', trigger: 'on_stage_set' }, 'pass'), {
          message: /'Staged' waits for 'Stage is set to', but res.partner has no such field/,
        })
        await t.rejects(rule(env, { trigger: 'on_time' }, 'pass'), { message: /from which date/ })
        await t.rejects(
          rule(env, { trigger: 'on_message_sent', model_id: await modelId(env, 'res.country') }, 'pass'),
          { message: /waits for messages, but res.country has none/ },
        )
        await t.rejects(rule(env, { filter_domain: "[('a', '='" }, 'pass'), {
          message: /domain of the automation rule/,
        })
      })
    })

    t.test('cost nothing where there are none', async (t) => {
      await undone(async (env) => {
        const set = await partner(env)
        const plain = await countQueries(env, () => set.write({ ref: 'a' }))
        await rule(env, { trigger: 'on_write', model_id: await modelId(env, 'res.country') }, 'pass')
        await set.write({ ref: 'b' })
        t.ok(
          (await countQueries(env, () => set.write({ ref: 'c' }))) <= plain + 2,
          'the call that changes rules reads them anew',
        )
        t.ok(plain <= 6, String(plain))
      })
    })
  })
}
