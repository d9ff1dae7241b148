import t from 'tap'
import { readGroup } from '#core/orm/group/read-group.ts'
import { DIALECTS, layersEnv, settle } from '#test/env.ts'
import { asReader, pipeline } from './fixture.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    t.test('groups only what record rules let the user see', async (t) => {
      const system = await layersEnv(t, [pipeline], dialect)
      await system['pipe.deal'].create([
        { name: 'a', color: 3 },
        { name: 'b', color: 4 },
      ])
      await settle(system)
      const env = await asReader(system, { 'pipe.deal': `[('color', '=', 3)]` })
      t.match(await readGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: ['color'] }), [
        { color: 3, color_count: 1 },
      ])
      t.match(await readGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: [] }), [{ __count: 1 }])
    })

    t.test('counts links to records out of reach as no link, but shows the name of a many2one', async (t) => {
      const system = await layersEnv(t, [pipeline], dialect)
      const tags = await system['pipe.tag'].create([{ name: 'open' }, { name: 'hidden' }])
      const person = await system['pipe.person'].create([{ name: 'Anna' }])
      const [open, hidden] = tags.ids as [number, number]
      await system['pipe.deal'].create([
        { name: 'a', person_id: person, tag_ids: [{ set: [open, hidden] }] },
        { name: 'b', person_id: person, tag_ids: [{ set: [hidden] }] },
      ])
      await settle(system)
      const env = await asReader(system, {
        'pipe.deal': '[]',
        'pipe.tag': `[('name', '=', 'open')]`,
        'pipe.person': `[('id', '=', 0)]`,
      })
      const groups = await readGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: ['tag_ids'] })
      t.match(groups, [
        { tag_ids: [open, 'open'], tag_ids_count: 1 },
        { tag_ids: false, tag_ids_count: 1 },
      ])
      for (const group of groups)
        t.equal(await env['pipe.deal'].search_count(group['__domain'] as []), group['tag_ids_count'])
      t.match(await readGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: ['person_id'] }), [
        { person_id: [person.ids[0], 'Anna'] },
      ])
    })

    t.test('refuses a model and fields that the user may not read', async (t) => {
      const system = await layersEnv(t, [pipeline], dialect)
      const env = await asReader(system, { 'pipe.deal': '[]' })
      await t.rejects(readGroup(env, 'pipe.person', { domain: [], fields: [], groupby: ['city'] }), {
        code: 'ACCESS_MODEL',
      })
      await t.rejects(readGroup(env, 'pipe.deal', { domain: [], fields: [], groupby: ['secret'] }), {
        code: 'ACCESS_FIELD',
      })
      await t.rejects(readGroup(env, 'pipe.deal', { domain: [], fields: ['x:sum(secret)'], groupby: [] }), {
        code: 'ACCESS_FIELD',
      })
    })
  })
}
