import t from 'tap'
import { readGroup } from '#core/orm/group/read-group.ts'
import type { Env } from '#core'
import { countQueries, DIALECTS, layersEnv } from '#test/env.ts'
import { pipeline } from './fixture.ts'

async function board(env: Env): Promise<void> {
  const stages = await env['pipe.stage'].create([
    { name: 'Hidden', sequence: 200 },
    { name: 'Gained', sequence: 30, fold: true },
    { name: 'Inbox', sequence: 10 },
    { name: 'Talk', sequence: 20 },
  ])
  await env['pipe.deal'].create([
    { name: 'a', amount: 3, stage_id: stages.ids[3]! },
    { name: 'b', amount: 4, state: 'open' },
  ])
}

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    t.test('shows empty stages in their order, folded ones marked', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      await board(env)
      const ask = async (more: object = {}) =>
        (
          await readGroup(env, 'pipe.deal', {
            domain: [],
            fields: ['amount', 'n:count(amount)'],
            groupby: ['stage_id'],
            ...more,
          })
        ).map((group) => [
          (group['stage_id'] as [number, string] | false) && (group['stage_id'] as [number, string])[1],
          group['stage_id_count'],
          group['amount'],
          group['n'],
          group['__fold'],
        ])
      const [inbox, talk, gained] = [
        ['Inbox', 0, false, 0, false],
        ['Talk', 1, 3, 1, false],
        ['Gained', 0, false, 0, true],
      ]
      const none = [false, 1, 4, 1, false]
      t.same(await ask(), [inbox, talk, gained, none])
      t.same(await ask({ orderby: 'stage_id desc' }), [gained, talk, inbox, none])
      t.same(await ask({ orderby: 'amount desc' }), [none, talk, inbox, gained])
      t.same(await ask({ limit: 1 }), [talk])
      t.same((await ask({ groupby: ['stage_id', 'state'], lazy: false })).length, 2)
      await t.resolveMatch(readGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: ['stage_id', 'state'] }), [
        { __context: { group_by: ['state'] }, __fold: false },
        {},
        {},
        {},
      ])
    })

    t.test('shows all values of a selection in the order of their declaration', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      await board(env)
      t.same(await readGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: ['state'] }), [
        { state: 'open', state_count: 1, __domain: [['state', '=', 'open']] },
        { state: 'lost', state_count: 0, __domain: [['state', '=', 'lost']] },
        { state: 'done', state_count: 0, __domain: [['state', '=', 'done']] },
        { state: false, state_count: 1, __domain: [['state', '=', false]] },
      ])
    })

    t.test('takes the same number of queries for many stages as for few', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      await board(env)
      const ask = () =>
        countQueries(env, () => {
          env.transaction.cache.clear()
          return readGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: ['stage_id'] })
        })
      await ask()
      const few = await ask()
      await env['pipe.stage'].create(Array.from({ length: 40 }, (_, i) => ({ name: `S${i}` })))
      t.equal(await ask(), few)
      t.equal(few, 4)
    })

    t.test('refuses a method that the other model does not have', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      await t.rejects(readGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: ['wrong_stage_id'] }), {
        code: 'GROUP_EXPAND_UNKNOWN',
      })
    })
  })
}
