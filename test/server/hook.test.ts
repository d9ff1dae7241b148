import t from 'tap'
import type {} from '#addons/base_automation/index.ts'
import { testServer } from './fixture/server.ts'

t.test('/web/hook sets off the automation rule behind its address', async (t) => {
  const server = await testServer(t, {}, ['base_automation'])
  const client = server.client()
  await client.login()
  const id = async (model: string, values: object): Promise<number> =>
    (await client.kw(model, 'create', [values])).result as number
  const models = (await client.kw('ir.model', 'search', [[['model', '=', 'res.partner']]])).result as number[]
  const partner = await id('res.partner', { name: 'Called' })
  const action = [0, 0, { name: 'Take over', state: 'code', code: "record.write({'ref': payload['ref']})" }]
  const rule = await id('base.automation', {
    name: 'Hook',
    model_id: models[0],
    trigger: 'on_webhook',
    action_server_ids: [action],
  })
  const [facts] = (await client.kw('base.automation', 'read', [[rule], ['webhook_uuid']])).result as {
    webhook_uuid: string
  }[]
  const url = `/web/hook/${facts?.webhook_uuid ?? ''}`
  const call = async (to: string, payload: object): Promise<[number, unknown]> => {
    const response = await server.app.inject({ method: 'POST', url: to, payload })
    return [response.statusCode, response.json()]
  }
  t.same(await call(url, { _id: partner, ref: 'from outside' }), [200, { status: 'ok' }])
  t.match((await client.kw('res.partner', 'read', [[partner], ['ref']])).result, [{ ref: 'from outside' }])
  t.same(await call(url, { _id: partner }), [500, { status: 'error' }])
  t.same(await call('/web/hook/00000000-0000-0000-0000-000000000000', {}), [404, { status: 'error' }])
  const log = (
    await client.kw('base.automation.log', 'search_read', [[['automation_id', '=', rule]], ['state', 'message']])
  ).result
  t.match(log, [{ state: 'failed', message: /'ref' is not defined/ }, { state: 'done' }])
})
