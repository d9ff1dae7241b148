import { as } from './fixture/as.ts'
import { SECRET } from './fixture/people.ts'
import { onBoth, served } from './fixture/server.ts'

const LINES = { name: {}, child_ids: { fields: { name: {}, email: {} } }, parent_id: { fields: { display_name: {} } } }

onBoth('a form tells nothing of lines that its user may not read', async (t, dialect) => {
  const server = await served(t, dialect)
  const { hidden, open } = server.people
  for (const command of [
    [4, hidden, 0],
    [6, 0, [hidden]],
    [1, hidden, { name: 'x' }],
  ]) {
    for (const ids of [[], [open]]) {
      const call = as(server, 'contacts', 'res.partner', 'onchange', [
        ids,
        { name: 'x', child_ids: [command] },
        ['child_ids'],
        LINES,
      ])
      await t.rejects(call, { code: 'ACCESS_RULE' }, JSON.stringify([ids, command]))
    }
  }
})

onBoth('a form tells nothing of a chosen record that its user may not read', async (t, dialect) => {
  const server = await served(t, dialect)
  const { hidden } = server.people
  const spec = { parent_id: { fields: { display_name: {}, email: {} } }, email: {}, lang: {}, street: {} }
  for (const changed of [['parent_id'], []]) {
    const answer = await as(server, 'contacts', 'res.partner', 'onchange', [
      [],
      { parent_id: hidden },
      changed,
      spec,
    ]).catch((error: Error) => error.message)
    t.notMatch(JSON.stringify(answer), /geheim/i, JSON.stringify(changed))
    t.notMatch(JSON.stringify(answer), SECRET)
  }
})

onBoth('a form leaves out the lines that rules hide', async (t, dialect) => {
  const server = await served(t, dialect)
  const { hidden, open } = server.people
  await server.runtime.call({ uid: 1, su: true }, 'write', (env) =>
    env['res.partner'].browse([hidden]).write({ parent_id: open }),
  )
  const answer = await as(server, 'contacts', 'res.partner', 'onchange', [[open], {}, [], LINES])
  t.notMatch(JSON.stringify(answer), SECRET)
  const renamed = await as(server, 'contacts', 'res.partner', 'onchange', [[open], { name: 'y' }, ['name'], LINES])
  t.notMatch(JSON.stringify(renamed), SECRET)
})

onBoth('a form shows no field that its user may not see', async (t, dialect) => {
  const server = await served(t, dialect)
  for (const [values, changed] of [
    [{}, []],
    [{ password: 'x' }, ['login']],
    [{ password: 'x' }, ['password']],
    [{ name: 'x' }, ['name']],
  ] as const) {
    const own = [server.people.users.internal]
    await t.rejects(
      as(server, 'internal', 'res.users', 'onchange', [own, values, changed, { name: {}, password: {} }]),
      { code: 'ACCESS_FIELD' },
      JSON.stringify(values),
    )
  }
  const nested = { user_ids: { fields: { password: {} } } }
  await t.rejects(as(server, 'contacts', 'res.partner', 'onchange', [[], {}, [], nested]), { code: 'ACCESS_FIELD' })
})
