import t from 'tap'
import { mailRuntime, served } from './mail-env.ts'

t.test('the French of threads', async (t) => {
  const runtime = await mailRuntime(t, 'sqlite')

  t.test('messages are written in the language of who causes them', async (t) => {
    const { call } = served(runtime)
    const body = await call(async (env) => {
      await env
        .with({ context: { active_test: false } })
        ['res.lang'].search([['code', '=', 'fr_FR']])
        .then((french) => french.write({ active: true }))
      const [partner] = (await env.with({ context: { lang: 'fr_FR' } })['res.partner'].create([{ name: 'P' }])).ids
      const messages = await env['mail.message'].search([
        ['model', '=', 'res.partner'],
        ['res_id', '=', partner!],
      ])
      return (await messages.load(['body']))[0]?.body
    })
    t.equal(body, '<p>Contact : création</p>')
  })
})
