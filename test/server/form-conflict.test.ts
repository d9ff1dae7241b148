/* Two people in one form: what one of them saved is never written over unseen. */
import { Writable } from 'node:stream'
import t from 'tap'
import { buildApp } from '#server/app.ts'
import { makeConfig } from '#server/config.ts'
import { DIALECTS, installedRuntime } from '#test/env.ts'
import { Client } from './fixture/server.ts'

interface Answer {
  readonly id?: number
  readonly conflict?: { readonly html: string; readonly version: string }
}

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const runtime = await installedRuntime(t, dialect)
    const app = buildApp(makeConfig({}), runtime, new Writable({ write: (_chunk, _encoding, done) => done() }))
    t.teardown(() => app.close())
    const client = new Client(app)
    await client.login()
    const [id] = (await client.kw('res.partner', 'create', [[{ name: 'Azur', phone: '1', city: 'Nice' }]])).result as [
      number,
    ]
    let cookie = `session_id=${client.token}`
    const { body, cookies } = await app.inject({
      url: `/odoo/m-res.partner/${id}`,
      headers: { cookie, accept: 'text/html' },
    })
    cookie += cookies.map(({ name, value }) => `; ${name}=${value}`).join('')
    const csrf = /<meta name="csrf-token" content="([^"]*)"/.exec(body)?.[1] ?? ''
    const state = JSON.parse(/data-form-target="state">([^<]*)</.exec(body)?.[1] ?? '{}') as {
      version: string
      view: number
    }
    const save = async (changes: object, version: string | null): Promise<Answer> => {
      const response = await app.inject({
        method: 'POST',
        url: '/odoo/form/save',
        headers: { cookie, 'x-csrf-token': csrf },
        payload: {
          params: {
            model: 'res.partner',
            id,
            view: state.view,
            context: {},
            changes,
            version,
            path: `/odoo/m-res.partner/${id}`,
          },
        },
      })
      return response.json<{ result: Answer }>().result
    }
    const read = async (): Promise<unknown> =>
      ((await client.kw('res.partner', 'read', [[id], ['phone', 'city']])).result as unknown[])[0]

    t.type(state.version, 'string', 'the form knows which state of the record it shows')
    await client.kw('res.partner', 'write', [[id], { phone: '2' }])

    t.test('what others did not change is saved', async (t) => {
      t.equal((await save({ city: 'Cannes' }, state.version)).id, id)
      t.match(await read(), { phone: '2', city: 'Cannes' })
    })

    t.test('what others changed, too, is shown with both values and not saved', async (t) => {
      const { conflict } = await save({ phone: '3' }, state.version)
      t.match(conflict?.html, /Phone[^]*mine[^]*>3<[^]*theirs[^]*>2</)
      t.match(await read(), { phone: '2' })

      t.test('whoever has seen them may save over them', async (t) => {
        t.equal((await save({ phone: '3' }, conflict?.version ?? '')).id, id)
        t.match(await read(), { phone: '3' })
      })

      t.test('but not over what was changed once more', async (t) => {
        await client.kw('res.partner', 'write', [[id], { phone: '4' }])
        t.ok((await save({ phone: '5' }, conflict?.version ?? '')).conflict)
        t.match(await read(), { phone: '4' })
      })
    })
  })
}
