import t from 'tap'
import type { Env } from '#core'
import { callIn } from '#core/wire/dispatch.ts'
import { pipeline } from '#test/core/orm/group/fixture.ts'
import { countQueries, DIALECTS, layersEnv } from '#test/env.ts'

interface Group {
  readonly stage_id: readonly [number, string] | false
  readonly __records?: readonly { readonly name: string }[]
}

/** A board with so many stages, and so many deals in each. */
async function board(env: Env, stages: number, deals: number): Promise<readonly number[]> {
  const { ids } = await env['pipe.stage'].create(
    Array.from({ length: stages }, (_, i) => ({ name: `S${i}`, sequence: i, fold: i === 1 })),
  )
  await env['pipe.deal'].create(
    ids.flatMap((stage_id) => Array.from({ length: deals }, (_, i) => ({ name: `d${i}`, amount: i, stage_id }))),
  )
  return ids
}

async function ask(env: Env, more: object = {}): Promise<readonly Group[]> {
  const { groups } = (await callIn(env, {
    model: 'pipe.deal',
    method: 'web_read_group',
    args: [[], ['amount'], ['stage_id']],
    kwargs: { unfold_read_specification: { name: {} }, unfold_read_default_limit: 2, ...more },
  })) as { groups: readonly Group[] }
  return groups
}

const names = (groups: readonly Group[]): unknown[] =>
  groups.map(({ __records: records }) => records?.map(({ name }) => name) ?? 'folded')

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    t.test('open groups hold their first records, folded ones none', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      await board(env, 3, 3)
      t.same(names(await ask(env, { unfold_read_order: 'amount desc' })), [['d2', 'd1'], 'folded', ['d2', 'd1']])
    })

    t.test('a client says which groups are folded, and which of their records it wants', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      const [first, second, third] = await board(env, 3, 3)
      t.same(
        names(
          await ask(env, {
            opening_info: [
              { value: first, folded: true },
              { value: second, folded: false, limit: 1, offset: 1 },
              { value: third, progressbar_domain: [['amount', '>', 1]] },
            ],
          }),
        ),
        ['folded', ['d1'], ['d2']],
      )
    })

    t.test('no more than ten groups are open by themselves, and all take as many queries as one', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      await board(env, 1, 2)
      await ask(env)
      const few = await countQueries(env, () => ask(env))
      await board(env, 20, 3)
      let groups: readonly Group[] = []
      t.equal(await countQueries(env, async () => (groups = await ask(env))), few)
      t.equal(groups.filter(({ __records: records }) => records).length, 10)
    })
  })
}
