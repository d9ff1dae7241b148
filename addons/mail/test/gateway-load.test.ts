import t from 'tap'
import { DIALECTS } from '#test/env.ts'
import { sendMany } from './gateway-load.ts'
import { mailClient, setUpAlias } from './incoming-env.ts'
import { mailRuntime, served } from './mail-env.ts'

const COUNT = 200

for (const dialect of DIALECTS) {
  t.test(
    `${dialect}: of many mails, eight at a time, each becomes one message or one row that says why not`,
    async (t) => {
      const runtime = await mailRuntime(t, dialect)
      const { call, people } = served(runtime)
      const { record } = await people()
      const client = await mailClient(t, runtime)
      await call((env) => setUpAlias(env))
      const parentId = await call(async (env) => {
        const message = await env['res.partner'].browse([record]).message_post({ body: 'x', message_type: 'comment' })
        return (await message.load(['message_id']))[0]!.message_id!
      })
      const report = await sendMany(runtime, client, COUNT, parentId)
      const tenth = COUNT / 10
      t.equal(report.distinct, 9 * tenth)
      const { done = 0, failed = 0, ignored = 0 } = report.states
      t.equal(done + failed + ignored, report.distinct, 'one row for each')
      t.equal(ignored, tenth, 'the answers of programs')
      t.equal(failed, tenth, 'what leads nowhere; the robot is within the limit of twenty')
      t.equal(report.messages, done, 'one message for each that is done')
      t.equal(report.unmatched, 0)
      t.strictSame(report.codes, { 250: COUNT - tenth, 550: tenth })
    },
  )
}
