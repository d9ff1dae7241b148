import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import type { Env } from '#core'
import { DIALECTS, installedRuntime } from '#test/env.ts'
import { pauseAfter } from '../webhooks/outcome.ts'

type Test = Parameters<typeof installedRuntime>[0]

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A receiver that keeps what it gets and answers as it is told; 200 unless told otherwise. */
async function receiver(t: Test): Promise<{ readonly url: string; readonly got: Received[]; answers: number[] }> {
  const state = { url: '', got: [] as Received[], answers: [] as number[] }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      state.got.push({ headers: request.headers, body })
      const status = state.answers.shift() ?? 200
      response.writeHead(status, { location: '/elsewhere' }).end(`answer ${status}`)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  return state
}

t.test('the pause before an event is sent again doubles up to eight hours', async (t) => {
  t.same(
    [1, 2, 3, 9, 10, 15].map((attempts) => pauseAfter(attempts) / 60_000),
    [1, 2, 4, 256, 480, 480],
  )
})

for (const dialect of DIALECTS) {
  t.test(`webhooks on ${dialect}`, async (t) => {
    const runtime = await installedRuntime(t, dialect)
    const call = <T>(work: (env: Env) => Promise<T>): Promise<T> => runtime.call({ uid: 2 }, 'write', work)
    const deliver = (): Promise<unknown> =>
      runtime.call({ uid: 1, su: true }, 'write', (env) => env['ir.webhook.delivery']._cron_deliver())
    const target = await receiver(t)
    const action = await call(async (env) => {
      const [model_id = 0] = (await env['ir.model'].search([['model', '=', 'res.partner']])).ids
      const fields = (
        await env['ir.model.fields'].search([
          ['model', '=', 'res.partner'],
          ['name', 'in', ['name', 'city', 'country_id']],
        ])
      ).ids
      return (
        (
          await env['ir.actions.server'].create([
            { name: 'Tell', model_id, state: 'webhook', webhook_url: target.url, webhook_field_ids: [{ set: fields }] },
          ])
        ).ids[0] ?? 0
      )
    })
    const secret = await call(
      async (env) =>
        (await env['ir.actions.server'].browse([action]).load(['webhook_secret']))[0]?.webhook_secret ?? '',
    )
    /** Creates a contact and tells of it in one call. */
    const happen = (name: string, fails = false): Promise<number> =>
      call(async (env) => {
        const [id = 0] = (await env['res.partner'].create([{ name, city: 'Gent' }])).ids
        await env
          .with({ context: { active_model: 'res.partner', active_ids: [id] } })
          .browse('ir.actions.server', [action])
          .run()
        if (fails) throw new Stopped()
        return id
      })
    const events = (): Promise<
      readonly {
        readonly id: number
        readonly state: string
        readonly attempts: number
        readonly last_status: number
        readonly last_answer: string | null
        readonly next_attempt: Date | null
      }[]
    > =>
      call(async (env) =>
        (await env['ir.webhook.delivery'].search([])).load([
          'state',
          'attempts',
          'last_status',
          'last_answer',
          'next_attempt',
        ]),
      )
    const timePasses = (): Promise<void> =>
      call(async (env) =>
        (await env['ir.webhook.delivery'].search([])).sudo('time passes').write({ next_attempt: null }),
      )
    t.beforeEach(async () => {
      target.got.length = 0
      target.answers = []
      await call(async (env) => (await env['ir.webhook.delivery'].search([])).unlink())
    })

    t.test('send the values of the moment, signed as Standard Webhooks asks for it', async (t) => {
      const id = await happen('Event')
      await call((env) => env['res.partner'].browse([id]).write({ city: 'Later' }))
      t.equal(target.got.length, 0)
      await deliver()
      const [{ headers, body } = { headers: {}, body: '' }] = target.got
      t.same(JSON.parse(body), {
        _action: `Tell(#${action})`,
        _id: id,
        _model: 'res.partner',
        id,
        name: 'Event',
        city: 'Gent',
        country_id: false,
      })
      const signed = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
        .update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`)
        .digest('base64')
      t.equal(headers['webhook-signature'], `v1,${signed}`)
      t.match(await events(), [{ state: 'delivered', attempts: 1, last_status: 200, last_answer: 'answer 200' }])
      await deliver()
      t.equal(target.got.length, 1)
    })

    t.test('leave nothing of a change that was undone', async (t) => {
      await t.rejects(happen('Undone', true))
      t.same(await events(), [])
    })

    t.test('are sent again after a pause that grows, with the same id, and every attempt is kept', async (t) => {
      target.answers = [500, 302]
      await happen('Again')
      await deliver()
      const [failed] = await events()
      t.match(failed, { state: 'pending', attempts: 1, last_status: 500 })
      t.ok((failed?.next_attempt?.getTime() ?? 0) > Date.now() + 50_000)
      await deliver()
      t.equal(target.got.length, 1, 'not before it is time')
      await timePasses()
      await deliver()
      t.match(await events(), [{ state: 'pending', attempts: 2, last_status: 302 }])
      await timePasses()
      await deliver()
      t.match(await events(), [{ state: 'delivered', attempts: 3 }])
      t.equal(new Set(target.got.map(({ headers }) => headers['webhook-id'])).size, 1)
      const log = await call(async (env) =>
        (await env['ir.webhook.attempt'].search([], { order: 'id' })).load(['status', 'is_delivered', 'url']),
      )
      t.match(log, [
        { status: 500, is_delivered: false, url: target.url },
        { status: 302 },
        { status: 200, is_delivered: true },
      ])
    })

    t.test('are given up when the receiver wants no more or after many attempts, and can be replayed', async (t) => {
      target.answers = [410]
      await happen('Gone')
      await deliver()
      t.match(await events(), [{ state: 'failed', attempts: 1, last_status: 410 }])
      await call(async (env) => (await env['ir.webhook.delivery'].search([])).action_replay())
      await deliver()
      t.match(await events(), [{ state: 'delivered', attempts: 1 }])
      await happen('Tired')
      await call(async (env) =>
        (await env['ir.webhook.delivery'].search([['state', '=', 'pending']]))
          .sudo('many attempts')
          .write({ attempts: 14 }),
      )
      target.answers = [500]
      await deliver()
      t.match((await events())[0], { state: 'failed', attempts: 15 })
    })

    t.test('wait without further attempts while the receiver does not answer', async (t) => {
      await call((env) => env['ir.actions.server'].browse([action]).write({ webhook_url: 'http://127.0.0.1:9/none' }))
      await happen('One')
      await happen('Two')
      await deliver()
      const [second, first] = await events()
      t.match(first, {
        state: 'pending',
        attempts: 1,
        last_status: 0,
        last_answer: /fetch failed|bad port|ECONNREFUSED/,
      })
      t.match(second, { state: 'pending', attempts: 0 })
      t.ok(second?.next_attempt)
      await call((env) => env['ir.actions.server'].browse([action]).write({ webhook_url: target.url }))
      await timePasses()
      await deliver()
      t.same(
        (await events()).map(({ state }) => state),
        ['delivered', 'delivered'],
        'a corrected address counts',
      )
    })

    t.test('can be cancelled while they wait', async (t) => {
      await happen('Never')
      await call(async (env) => (await env['ir.webhook.delivery'].search([])).action_cancel())
      await deliver()
      t.equal(target.got.length, 0)
      t.match(await events(), [{ state: 'cancelled' }])
    })

    t.test('are sent by one process alone', async (t) => {
      for (const name of ['a', 'b', 'c']) await happen(name)
      await Promise.all([deliver(), deliver()])
      t.equal(target.got.length, 3)
    })
  })
}

class Stopped extends Error {}
