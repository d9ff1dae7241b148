import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { Runtime } from '#core/runtime.ts'
import { openDatabase } from '#core/sql/open.ts'
import { DIALECTS, layersRuntime } from '#test/env.ts'
import { library } from '#test/models/library.ts'

const WRITER = fileURLToPath(new URL('fixture/writer.ts', import.meta.url))
const WRITES_BEFORE_KILL = 60

for (const dialect of DIALECTS) {
  t.test(
    `${dialect}: kill -9 in the middle of writes loses none that was answered, and the database starts`,
    async (t) => {
      const runtime = await layersRuntime(t, [library], dialect)
      const writer = spawn(process.execPath, ['--import', 'tsx', WRITER, runtime.db.url], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let output = ''
      await new Promise<void>((resolve) => {
        writer.stdout.on('data', (part: Buffer) => {
          output += part.toString()
          if (output.split('\n').length > WRITES_BEFORE_KILL) resolve()
        })
      })
      writer.kill('SIGKILL')
      await once(writer, 'close')
      const answered = output.split('\n').slice(0, -1).map(Number)
      t.ok(answered.length >= WRITES_BEFORE_KILL)

      const again = Runtime.serve(await openDatabase(runtime.db.url), [library])
      t.teardown(() => again.close())
      await again.call({ uid: 1, su: true }, 'write', async (env) => {
        t.equal((await env['lib.author'].browse(answered).exists()).length, answered.length)
        const authors = await env['lib.author'].browse(answered).load(['book_count'])
        t.ok(
          authors.every((author) => author.book_count === 1),
          'each with its book, and counted',
        )
        await env['lib.author'].create([{ name: 'after' }])
      })
    },
  )
}
