import t from 'tap'
import { DIALECTS, installedRuntime, openEnv } from '#test/env.ts'
import type {} from '../index.ts'

for (const dialect of DIALECTS) {
  t.test(`${dialect}: states are found`, async (t) => {
    const runtime = await installedRuntime(t, dialect)
    const env = await openEnv(t, runtime)
    const states = env['res.country.state']
    const names = async (found: Promise<[number, string][]>): Promise<string[]> => (await found).map(([, name]) => name)

    t.test('by their code before their name', async (t) => {
      const found = await states.name_search('CA')
      const coded = await states.search([['code', '=', 'CA']])
      t.same(new Set(found.slice(0, coded.length).map(([id]) => id)), new Set(coded.ids))
      t.ok(found.length > coded.length)
      t.equal((await states.name_search('CA', [], 'ilike', 2)).length, 2)
      t.strictSame(
        await names(states.name_search('c_')).then((all) => all.filter((name) => name === 'California (US)')),
        [],
      )
    })

    t.test('as they are shown, with their country', async (t) => {
      t.strictSame(await names(states.name_search('California (US)')), ['California (US)'])
      t.strictSame(await names(states.name_search('california (united)')), ['California (US)'])
    })

    t.test('in the country of the context alone', async (t) => {
      const [us] = (await env['res.country'].search([['code', '=', 'US']])).ids
      const inUs = env['res.country.state'].withContext({ country_id: us as number })
      t.strictSame(await names(inUs.name_search('california')), ['California (US)'])
    })
  })
}
