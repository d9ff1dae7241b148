import t from 'tap'
import { readGroup, webReadGroup } from '#core/orm/group/read-group.ts'
import { countQueries, DIALECTS, layersEnv, settle } from '#test/env.ts'
import { fourDeals, pipeline } from './fixture.ts'

const idOf = (set: { ids: readonly number[] }): number => set.ids[0] as number

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    t.test('sums per group and gives each group its domain', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      await fourDeals(env)
      const domain = [['name', '!=', 'x']]
      t.same(await readGroup(env, 'pipe.deal', { domain, fields: ['amount:sum'], groupby: ['color'] }), [
        { color: 1, color_count: 1, amount: 100, __domain: ['&', ...domain, ['color', '=', 1]] },
        { color: 2, color_count: 2, amount: 80, __domain: ['&', ...domain, ['color', '=', 2]] },
        { color: 3, color_count: 1, amount: 5, __domain: ['&', ...domain, ['color', '=', 3]] },
      ])
    })

    t.test('takes several aggregates of one field, without a group too', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      await fourDeals(env)
      const fields = [
        'amount:avg',
        'most:max(amount)',
        'least:min(amount)',
        'colors:count_distinct(color)',
        'set:count(deadline)',
        'first:min(deadline)',
        'all:array_agg(color)',
        'any:bool_or(won)',
        'every:bool_and(won)',
      ]
      t.same(await readGroup(env, 'pipe.deal', { domain: [], fields, groupby: [] }), [
        {
          __count: 4,
          amount: 46.25,
          most: 100,
          least: 5,
          colors: 3,
          set: 3,
          first: '2026-01-05',
          all: [1, 2, 2, 3],
          any: false,
          every: false,
          __domain: [],
        },
      ])
    })

    t.test('answers false for sums of nothing', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      const domain = [['id', '=', 0]]
      const fields = ['amount', 'n:count(amount)', 'all:array_agg(color)', 'won:bool_or']
      t.same(await readGroup(env, 'pipe.deal', { domain, fields, groupby: ['city'] }), [])
      t.same(await readGroup(env, 'pipe.deal', { domain, fields, groupby: [] }), [
        { __count: 0, amount: false, n: 0, all: [], won: false, __domain: domain },
      ])
    })

    t.test('sums up fields as they say by themselves, and passes over those that say nothing', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      await env['pipe.deal'].create([
        { name: 'a', amount: 0.1, weight: 0.1, won: true },
        { name: 'b', amount: 0.2, weight: 0.2 },
      ])
      const fields = ['name', 'amount', 'weight', 'won', 'id', 'twice', 'tag_ids', 'stage_id', '__count']
      t.same(await readGroup(env, 'pipe.deal', { domain: [], fields, groupby: [] }), [
        { __count: 2, amount: 0.3, weight: 0.3, won: true, __domain: [] },
      ])
    })

    t.test('counts what is recomputed and not yet written', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      await env['pipe.deal'].create([{ name: 'a', line_ids: [{ create: { amount: 3 } }, { create: { amount: 4 } }] }])
      t.match(await readGroup(env, 'pipe.deal', { domain: [], fields: ['total'], groupby: [] }), [{ total: 7 }])
    })

    t.test('groups by the first of two keys unless told otherwise', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      await fourDeals(env)
      const ask = (lazy: boolean) =>
        readGroup(env, 'pipe.deal', { domain: [], fields: ['amount'], groupby: ['deadline:year', 'color'], lazy })
      t.same(
        (await ask(true)).map((group) => [group['deadline:year'], group['deadline_count'], group['__context']]),
        [
          ['2026', 3, { group_by: ['color'] }],
          [false, 1, { group_by: ['color'] }],
        ],
      )
      t.same(
        (await ask(false)).map((group) => [
          group['deadline:year'],
          group['color'],
          group['__count'],
          group['amount'],
          group['__context'],
        ]),
        [
          ['2026', 1, 1, 100, undefined],
          ['2026', 2, 2, 80, undefined],
          [false, 3, 1, 5, undefined],
        ],
      )
      t.same((await ask(false))[0]?.['__domain'], [
        '&',
        '&',
        ['deadline', '>=', '2026-01-01'],
        ['deadline', '<', '2027-01-01'],
        ['color', '=', 1],
      ])
    })

    t.test('sorts groups by keys, counts and aggregates, and cuts them', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      await fourDeals(env)
      const ask = async (more: object) =>
        (await readGroup(env, 'pipe.deal', { domain: [], fields: ['amount:sum'], groupby: ['color'], ...more })).map(
          (group) => group['color'],
        )
      t.same(await ask({ orderby: 'amount desc' }), [1, 2, 3])
      t.same(await ask({ orderby: 'amount' }), [3, 2, 1])
      t.same(await ask({ orderby: 'color_count desc, color desc' }), [2, 3, 1])
      t.same(await ask({ orderby: '__count, color DESC' }), [3, 1, 2])
      t.same(await ask({ limit: 2 }), [1, 2])
      t.same(await ask({ limit: 1, offset: 1 }), [2])
      t.same(await ask({ offset: 2 }), [3])
      t.same(await ask({ limit: 0 }), [1, 2, 3])
      await t.rejects(ask({ limit: -1 }), { code: 'LIMIT_WRONG' })
      await t.rejects(ask({ orderby: 'weight desc' }), { code: 'GROUP_ORDER_WRONG', exception: 'ValueError' })
      await t.rejects(ask({ orderby: 'color; drop table' }), { code: 'GROUP_ORDER_WRONG' })
    })

    t.test('counts all groups beside the page', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      await fourDeals(env)
      const ask = (more: object) =>
        webReadGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: ['color'], ...more })
      t.match(await ask({ limit: 2 }), { length: 3, groups: [{ color: 1 }, { color: 2 }] })
      t.match(await ask({ limit: 2, offset: 2 }), { length: 3, groups: [{ color: 3 }] })
      t.match(await ask({}), { length: 3 })
      t.match(await ask({ domain: [['id', '=', 0]], limit: 2 }), { length: 0, groups: [] })
    })

    t.test('sorts many2one groups as the other model is sorted, and labels them', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      const [anna, zoe] = await env['pipe.person'].create([{ name: 'Anna' }, { name: 'Zoe' }])
      await env['pipe.deal'].create([
        { name: 'a', person_id: anna! },
        { name: 'b' },
        { name: 'c', person_id: zoe! },
        { name: 'd', person_id: zoe! },
      ])
      const ask = async (orderby?: string) =>
        (await readGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: 'person_id', orderby })).map((group) => [
          group['person_id'],
          group['person_id_count'],
          group['__domain'],
        ])
      const [a, z] = [
        [[idOf(anna!), 'Anna'], 1, [['person_id', '=', idOf(anna!)]]],
        [[idOf(zoe!), 'Zoe'], 2, [['person_id', '=', idOf(zoe!)]]],
      ]
      const none = [false, 1, [['person_id', '=', false]]]
      // people are sorted by name descending, where empty comes first
      t.same(await ask(), [none, z, a])
      t.same(await ask('person_id desc'), [a, z, none])
      t.same(await ask('person_id_count desc'), [z, none, a])
    })

    t.test('counts a record once per link of a many2many, archived and missing links included', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      const [red, old] = await env['pipe.tag'].create([{ name: 'red' }, { name: 'old', active: false }])
      await env['pipe.deal'].create([
        { name: 'a', amount: 1, tag_ids: [{ set: [idOf(red!), idOf(old!)] }] },
        { name: 'b', amount: 2, tag_ids: [{ set: [idOf(red!)] }] },
        { name: 'c', amount: 4 },
      ])
      const groups = await readGroup(env, 'pipe.deal', { domain: [], fields: ['amount'], groupby: ['tag_ids'] })
      t.same(
        groups.map((group) => [group['tag_ids'], group['tag_ids_count'], group['amount']]),
        [
          [[idOf(red!), 'red'], 2, 3],
          [[idOf(old!), 'old'], 1, 1],
          [false, 1, 4],
        ],
      )
      for (const group of groups) {
        t.equal(await env['pipe.deal'].search_count(group['__domain'] as []), group['tag_ids_count'])
      }
    })

    t.test('groups by values that many2one fields lead to', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      const tag = await env['pipe.tag'].create([{ name: 'red' }])
      const boss = await env['pipe.person'].create([{ name: 'Boss' }])
      const person = await env['pipe.person'].create([
        { name: 'Anna', city: 'Bern', boss_id: boss, tag_ids: [{ set: [...tag.ids] }] },
      ])
      await env['pipe.deal'].create([
        { name: 'a', amount: 3, person_id: person },
        { name: 'b', amount: 4, person_id: person },
        { name: 'c', amount: 0 },
      ])
      const ask = async (groupby: string) =>
        (await readGroup(env, 'pipe.deal', { domain: [], fields: ['amount'], groupby })).map((group) => [
          group[groupby],
          group['amount'],
        ])
      t.same(await ask('city'), [
        ['Bern', 7],
        [false, 0],
      ])
      t.same(await ask('boss_id'), [
        [false, 0],
        [[idOf(boss), 'Boss'], 7],
      ])
      t.same(await ask('person_tag_ids'), [
        [[idOf(tag), 'red'], 7],
        [false, 0],
      ])
    })

    t.test('groups and sums fields of the model behind a delegating one', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      await fourDeals(env)
      const deals = await env['pipe.deal'].search([['color', '>', 1]])
      await env['pipe.asset'].create(deals.ids.map((deal_id) => ({ deal_id })))
      t.same(await readGroup(env, 'pipe.asset', { domain: [], fields: ['amount', 'deadline:max'], groupby: 'color' }), [
        { color: 2, color_count: 2, amount: 80, deadline: '2026-04-01', __domain: [['color', '=', 2]] },
        { color: 3, color_count: 1, amount: 5, deadline: false, __domain: [['color', '=', 3]] },
      ])
    })

    t.test('groups translated texts by what the language of the context says', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      const french = env.with({ context: { lang: 'fr_FR' } })
      const [a, b] = await env['pipe.deal'].create([
        { name: 'a', kind: 'Sale' },
        { name: 'b', kind: 'Order' },
      ])
      await french.browse('pipe.deal', [idOf(a!), idOf(b!)]).write({ kind: 'Commande' })
      const ask = async (from: typeof env) =>
        (await readGroup(from, 'pipe.deal', { domain: [], fields: [], groupby: 'kind' })).map((group) => [
          group['kind'],
          group['kind_count'],
        ])
      t.same(await ask(env), [
        ['Order', 1],
        ['Sale', 1],
      ])
      t.same(await ask(french), [['Commande', 2]])
    })

    t.test('takes unset booleans for false and unset numbers for 0', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      await env['pipe.deal'].create([
        { name: 'a' },
        { name: 'b', won: false, color: 0 },
        { name: 'c', won: true, color: 1 },
      ])
      t.match(await readGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: 'won' }), [
        { won: false, won_count: 2, __domain: [['won', '=', false]] },
        { won: true, won_count: 1, __domain: [['won', '=', true]] },
      ])
      t.match(await readGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: 'color' }), [
        { color: 0, color_count: 2 },
        { color: 1 },
      ])
    })

    t.test('groups by the value of a selection, a text and an amount', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      await env['pipe.deal'].create([
        { name: 'B', state: 'open', amount: 1.5 },
        { name: 'a', state: 'lost', amount: 1.5 },
        { name: 'C', amount: 2 },
      ])
      const ask = async (groupby: string) =>
        (await readGroup(env, 'pipe.deal', { domain: [], fields: [], groupby, lazy: false })).map((group) => [
          group[groupby],
          group['__count'],
        ])
      t.same(await ask('state'), [
        ['lost', 1],
        ['open', 1],
        [false, 1],
      ])
      t.same(new Set((await ask('name')).map(([name]) => name)), new Set(['a', 'B', 'C']))
      t.same(await ask('amount'), [
        [1.5, 2],
        [2, 1],
      ])
      t.same((await ask('id')).length, 3)
    })

    t.test('takes one query for the groups and one per model of labels, however many groups', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      const ask = async (n: number) => {
        const people = await env['pipe.person'].create(Array.from({ length: n }, (_, i) => ({ name: `P${n} ${i}` })))
        const stage = await env['pipe.stage'].create([{ name: 'S' }])
        await env['pipe.deal'].create(
          people.ids.map((person) => ({ name: 'x', person_id: person, wrong_stage_id: stage })),
        )
        await settle(env)
        env.transaction.cache.clear()
        return countQueries(env, () =>
          readGroup(env, 'pipe.deal', {
            domain: [],
            fields: ['amount'],
            groupby: ['person_id', 'wrong_stage_id', 'boss_id'],
            lazy: false,
          }),
        )
      }
      await ask(1)
      t.equal(await ask(3), 3)
      t.equal(await ask(50), 3)
      t.equal(
        await countQueries(env, () =>
          webReadGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: 'name', limit: 1 }),
        ),
        2,
      )
    })

    t.test('refuses terms and aggregates that do not exist, each by its code', async (t) => {
      const env = await layersEnv(t, [pipeline], dialect)
      const group = (groupby: unknown) =>
        readGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: [groupby as string] })
      const field = (spec: unknown) =>
        readGroup(env, 'pipe.deal', { domain: [], fields: [spec as string], groupby: [] })
      await t.rejects(group('nothing'), { code: 'FIELD_UNKNOWN', exception: 'ValueError' })
      await t.rejects(group('deadline:eon'), { code: 'GROUP_GRANULARITY_WRONG', exception: 'ValueError' })
      await t.rejects(group('deadline:hour'), { code: 'GROUP_GRANULARITY_WRONG' })
      await t.rejects(group('color:month'), { code: 'GROUP_GRANULARITY_WRONG' })
      await t.rejects(group('person_id.city'), { code: 'GROUP_FIELD_UNABLE' })
      await t.rejects(group('twice'), { code: 'GROUP_FIELD_UNABLE', exception: 'ValueError' })
      await t.rejects(group('line_ids'), { code: 'GROUP_FIELD_UNABLE' })
      await t.rejects(group('color) --'), { code: 'GROUP_TERM_WRONG', exception: 'ValueError' })
      await t.rejects(group(7), { code: 'GROUP_TERM_WRONG' })
      await t.rejects(field('nothing'), { code: 'FIELD_UNKNOWN' })
      await t.rejects(field('sum:sum(nothing)'), { code: 'FIELD_UNKNOWN' })
      await t.rejects(field('amount:median'), { code: 'GROUP_AGGREGATE_WRONG', exception: 'ValueError' })
      await t.rejects(field('amount:constructor'), { code: 'GROUP_AGGREGATE_WRONG' })
      await t.rejects(field('name:sum'), { code: 'GROUP_AGGREGATE_WRONG' })
      await t.rejects(field('won:max'), { code: 'GROUP_AGGREGATE_WRONG' })
      await t.rejects(field('twice:sum'), { code: 'GROUP_AGGREGATE_WRONG' })
      await t.rejects(field('tag_ids:count'), { code: 'GROUP_AGGREGATE_WRONG' })
      await t.rejects(field('sum(amount)'), { code: 'GROUP_AGGREGATE_WRONG' })
    })
  })
}
