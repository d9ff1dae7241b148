import t from 'tap'
import { DIALECTS } from '#test/env.ts'
import { baseEnv, baseRuntime } from './base-env.ts'

const SYSTEM = { uid: 1, su: true }

for (const dialect of DIALECTS) {
  t.test(`system parameters on ${dialect}`, async (t) => {
    t.test('set_param answers the value before, false deletes', async (t) => {
      const parameters = (await baseEnv(t, dialect))['ir.config_parameter']
      t.equal(await parameters.get_param('test.key'), null)
      t.equal(await parameters.get_param('test.key', 'none'), 'none')
      t.equal(await parameters.set_param('test.key', 'one'), null)
      t.equal(await parameters.set_param('test.key', 7), 'one')
      t.equal(await parameters.get_param('test.key', 'none'), '7')
      t.equal(await parameters.set_param('test.key', false), '7')
      t.equal(await parameters.get_param('test.key'), null)
      t.equal(await parameters.search_count([['key', '=', 'test.key']]), 0)
    })

    t.test('are read once per process, and anew after a change by another call', async (t) => {
      const runtime = await baseRuntime(t, dialect)
      const set = (value: string): Promise<unknown> =>
        runtime.call(SYSTEM, 'write', (env) => env['ir.config_parameter'].set_param('web.base.url', value))
      const read = (): Promise<[string | null, number]> =>
        runtime.call(SYSTEM, 'read', async (env) => {
          const value = await env['ir.config_parameter'].get('web.base.url')
          return [value, env.connection.queries]
        })
      await set('http://a')
      t.equal((await read())[0], 'http://a')
      t.same(await read(), ['http://a', 0])
      await set('http://b')
      t.equal((await read())[0], 'http://b')
    })

    t.test('that a call sets and does not keep are never seen by others', async (t) => {
      const runtime = await baseRuntime(t, dialect)
      await t.rejects(
        runtime.call(SYSTEM, 'write', async (env) => {
          await env['ir.config_parameter'].set_param('web.base.url', 'http://undone')
          t.equal(await env['ir.config_parameter'].get('web.base.url'), 'http://undone')
          throw new RangeError('undone')
        }),
        RangeError,
      )
      t.equal(await runtime.call(SYSTEM, 'read', (env) => env['ir.config_parameter'].get('web.base.url')), null)
    })

    t.test('every database has an identity and an address, which setting up again keeps', async (t) => {
      const parameters = (await baseEnv(t, dialect))['ir.config_parameter']
      await parameters._set_up()
      const id = await parameters.get('database.uuid')
      t.match(id, /^[0-9a-f-]{36}$/)
      t.match(await parameters.get('web.base.url'), /^http/)
      await parameters._set_up()
      t.equal(await parameters.get('database.uuid'), id)
    })
  })
}
