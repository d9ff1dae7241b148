import t from 'tap'
import type { Runtime } from '#core/runtime.ts'
import { DIALECTS, installedRuntime } from '#test/env.ts'

const SYSTEM = { uid: 1, su: true }
const groupsOf = (runtime: Runtime, uid: number): Promise<boolean> =>
  runtime.call({ uid }, 'read', async (env) => env.user.groups.has('base.group_system'))

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const runtime = await installedRuntime(t, dialect)
    const [uid = 0] = await runtime.call(
      SYSTEM,
      'write',
      async (env) => (await env['res.users'].create([{ name: 'U', login: 'u' }])).ids,
    )
    const promote = async (env: Parameters<Parameters<Runtime['call']>[2]>[0]): Promise<void> => {
      const group = (await env.xmlId('base.group_system'))?.[1] as number
      await env['res.users'].browse([uid]).write({ groups_id: [{ link: group }] })
    }

    t.test('rights that a call gave and then undid are not kept for others', async (t) => {
      await t.rejects(
        runtime.call(SYSTEM, 'write', async (env) => {
          await promote(env)
          t.ok((await env.asUser(uid)).user.groups.has('base.group_system'), 'the call itself sees them')
          await env['res.partner'].create([{}])
        }),
      )
      t.notOk(await groupsOf(runtime, uid))
    })

    t.test('a call that began before a change does not keep the old rights for those after it', async (t) => {
      await runtime.call(SYSTEM, 'read', async (early) => {
        await early['res.users'].search_count([]) // its snapshot is taken here
        await runtime.call(SYSTEM, 'write', promote)
        t.notOk((await early.asUser(uid)).user.groups.has('base.group_system'), 'it sees the database as it was')
      })
      t.ok(await groupsOf(runtime, uid))
    })
  })
}
