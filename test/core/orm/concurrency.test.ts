import t from 'tap'
import { Runtime } from '#core/runtime.ts'
import { openDatabase } from '#core/sql/open.ts'
import { DIALECTS, layersRuntime } from '#test/env.ts'
import { library } from '#test/models/library.ts'

const SYSTEM = { uid: 1, su: true }

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    t.test('two clients that increment the same field 200 times each end at 400', async (t) => {
      const runtime = await layersRuntime(t, [library], dialect)
      const book = await runtime.call(
        SYSTEM,
        'write',
        async (env) => (await env['lib.book'].create([{ name: 'X', price: 0 }])).ids,
      )
      const client = async (): Promise<void> => {
        for (let i = 0; i < 200; i++)
          await runtime.call(SYSTEM, 'write', (env) => env['lib.book'].browse(book).action_reprice())
      }
      await Promise.all([client(), client()])
      const [read] = await runtime.call(SYSTEM, 'read', async (env) =>
        (await env['lib.book'].browse(book).load(['price'])).map(({ price }) => price),
      )
      t.equal(read, 400)
    })

    t.test('two processes that increment the same field 50 times each end at 100', async (t) => {
      const first = await layersRuntime(t, [library], dialect)
      const second = Runtime.serve(await openDatabase(first.db.url), [library])
      t.teardown(() => second.close())
      const book = await first.call(
        SYSTEM,
        'write',
        async (env) => (await env['lib.book'].create([{ name: 'X', price: 0 }])).ids,
      )
      const client = async (runtime: Runtime): Promise<void> => {
        for (let i = 0; i < 50; i++)
          await runtime.call(SYSTEM, 'write', (env) => env['lib.book'].browse(book).action_reprice())
      }
      await Promise.all([client(first), client(second)])
      const [read] = await first.call(SYSTEM, 'read', async (env) =>
        (await env['lib.book'].browse(book).load(['price'])).map(({ price }) => price),
      )
      t.equal(read, 100)
    })

    t.test('a call that fails changes nothing', async (t) => {
      const runtime = await layersRuntime(t, [library], dialect)
      await t.rejects(
        runtime.call(SYSTEM, 'write', async (env) => {
          await env['lib.author'].create([{ name: 'A', book_ids: [{ create: { name: 'B' } }] }])
          await env['lib.book'].create([{ name: 'C', price: -1 }])
        }),
        { code: 'CONSTRAINT_FAILED' },
      )
      t.equal(await runtime.call(SYSTEM, 'read', (env) => env['lib.author'].search_count([])), 0)
    })

    t.test('a reader sees one state of the database during its whole call', async (t) => {
      const runtime = await layersRuntime(t, [library], dialect)
      await runtime.call(SYSTEM, 'write', (env) => env['lib.author'].create([{ name: 'A' }]))
      const counts = await runtime.call(SYSTEM, 'read', async (env) => {
        const before = await env['lib.author'].search_count([])
        await runtime.call(SYSTEM, 'write', (other) => other['lib.author'].create([{ name: 'B' }]))
        return [before, await env['lib.author'].search_count([])]
      })
      t.same(counts, [1, 1])
    })

    t.test('a method declared read-only cannot write', async (t) => {
      const runtime = await layersRuntime(t, [library], dialect)
      await t.rejects(runtime.call(SYSTEM, 'read', (env) => env['lib.author'].create([{ name: 'A' }])))
      t.equal(await runtime.call(SYSTEM, 'read', (env) => env['lib.author'].search_count([])), 0)
    })
  })
}
