/* Pages hear what others change, and only what they may read. */
import { Writable } from 'node:stream'
import t, { type Test } from 'tap'
import { buildApp } from '#server/app.ts'
import { makeConfig } from '#server/config.ts'
import { DIALECTS, installedRuntime } from '#test/env.ts'
import { Client } from './fixture/server.ts'

interface Changed {
  readonly model: string
  readonly ids: readonly number[]
  readonly by: string
}

/** A page that listens: its events, one after the other. */
class Listener {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  readonly #decoder = new TextDecoder()
  #text = ''

  private constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader()
  }

  static async open(t: Test, url: string, token: string, watch: string): Promise<Listener> {
    const cut = new AbortController()
    const answer = await fetch(`${url}/odoo/live?watch=${encodeURIComponent(watch)}`, {
      headers: { cookie: `session_id=${token}` },
      signal: cut.signal,
    })
    t.equal(answer.headers.get('content-type'), 'text/event-stream; charset=utf-8')
    t.teardown(() => cut.abort())
    return new Listener(answer.body as ReadableStream<Uint8Array>)
  }

  /** The next event: its name, and what it tells. */
  async next(): Promise<{ event: string; data: Changed | null }> {
    for (;;) {
      const end = this.#text.indexOf('\n\n')
      if (end >= 0) {
        const block = this.#text.slice(0, end)
        this.#text = this.#text.slice(end + 2)
        const event = /^event: (.*)$/m.exec(block)?.[1]
        const data = /^data: (.*)$/m.exec(block)?.[1] ?? ''
        if (event) return { event, data: data ? (JSON.parse(data) as Changed) : null }
        continue
      }
      const { done, value } = await this.#reader.read()
      if (done) return { event: 'closed', data: null }
      this.#text += this.#decoder.decode(value, { stream: true })
    }
  }
}

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const runtime = await installedRuntime(t, dialect)
    const app = buildApp(makeConfig({}), runtime, new Writable({ write: (_chunk, _encoding, done) => done() }))
    t.teardown(() => app.close())
    const url = await app.listen({ host: '127.0.0.1', port: 0 })
    const admin = new Client(app)
    await admin.login()
    const [azur, zenith] = (
      await admin.kw('res.partner', 'create', [[{ name: 'Azur' }, { name: 'Zénith', comment: 'secret' }]])
    ).result as [number, number]
    await runtime.call({ uid: 1, su: true }, 'write', async (env) => {
      const group = (await env.xmlId('base.group_user'))?.[1]
      await env
        .model('res.users')
        .create([{ name: 'Zoé', login: 'zoe', password: 'zoe-zoe-zoe', groups_id: [{ set: [group] }] }] as never)
      const model = (await env.model('ir.model').search([['model', '=', 'res.partner']] as never)).ids[0]
      await env.model('ir.rule').create([
        {
          name: 'no secrets',
          model_id: model,
          domain_force: "[('comment', '=', False)]",
          groups: [{ set: [group] }],
        },
      ] as never)
      const admins = (await env.xmlId('base.group_system'))?.[1]
      await env
        .model('ir.rule')
        .create([{ name: 'all', model_id: model, domain_force: '[]', groups: [{ set: [admins] }] }] as never)
    })

    t.test('a change of a record on the screen is told, with who made it', async (t) => {
      const page = await Listener.open(t, url, admin.token, `res.partner:${azur}`)
      await admin.kw('res.partner', 'write', [[azur], { city: 'Nice' }])
      t.match(await page.next(), { event: 'changed', data: { model: 'res.partner', ids: [azur], by: 'Administrator' } })
    })

    t.test('so are new records, deleted ones and changed links', async (t) => {
      const page = await Listener.open(t, url, admin.token, 'res.partner:')
      const [id] = (await admin.kw('res.partner', 'create', [[{ name: 'New' }]])).result as [number]
      t.same((await page.next()).data?.ids, [id])
      const [tag] = (await admin.kw('res.partner.category', 'create', [[{ name: 'Tag' }]])).result as [number]
      await admin.kw('res.partner', 'write', [[id], { category_id: [[4, tag]] }])
      t.same((await page.next()).data?.ids, [id])
      const shown = await Listener.open(t, url, admin.token, `res.partner:${id}`)
      await admin.kw('res.partner', 'unlink', [[id]])
      t.ok((await shown.next()).data?.ids.includes(id))
    })

    t.test('nothing is told of models that are not on the screen, nor of what was undone', async (t) => {
      const page = await Listener.open(t, url, admin.token, `res.partner:${azur}`)
      await admin.kw('res.partner.category', 'create', [[{ name: 'Quiet' }]])
      t.ok((await admin.kw('res.partner', 'write', [[azur, 999_999], { city: 'Undone' }])).error)
      await admin.kw('res.partner', 'write', [[azur], { city: 'Cannes' }])
      t.match(await page.next(), { data: { ids: [azur] } })
    })

    t.test('nobody hears of records that they may not read', async (t) => {
      const zoe = new Client(app)
      await zoe.login('zoe', 'zoe-zoe-zoe')
      t.same((await zoe.kw('res.partner', 'search', [[['id', 'in', [azur, zenith]]]])).result, [azur])
      const page = await Listener.open(t, url, zoe.token, 'res.partner:')
      await admin.kw('res.partner', 'write', [[zenith], { city: 'Lille' }])
      await new Promise((resolve) => setTimeout(resolve, 300))
      await admin.kw('res.partner', 'write', [[azur], { city: 'Lille' }])
      t.same((await page.next()).data?.ids, [azur])
    })

    t.test('logging out ends the stream; without a session there is none', async (t) => {
      const other = new Client(app)
      await other.login()
      const page = await Listener.open(t, url, other.token, `res.partner:${azur}`)
      await other.call('/web/session/destroy')
      t.equal((await page.next()).event, 'ended')
      t.equal((await page.next()).event, 'closed')
      t.notMatch((await fetch(`${url}/odoo/live?watch=res.partner:1`)).status, 200)
    })

    t.test('closing the server ends all streams', async (t) => {
      const page = await Listener.open(t, url, admin.token, `res.partner:${azur}`)
      await app.close()
      t.equal((await page.next()).event, 'ended')
    })
  })
}
