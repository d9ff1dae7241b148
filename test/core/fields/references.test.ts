import t from 'tap'
import { askedFields, readRecords } from '#core/wire/read.ts'
import { DIALECTS, layersEnv } from '#test/env.ts'
import { kinds } from '#test/models/kinds.ts'
import { plain } from '#test/plain.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    t.test('a many2one takes an id, a record, a pair and nothing', async (t) => {
      const env = await layersEnv(t, [kinds], dialect)
      const part = await env['kinds.part'].create([{ name: 'P' }])
      const id = part.ids[0]!
      const samples = await env
        .model('kinds.sample')
        .create([{ part_id: id }, { part_id: part }, { part_id: [id, 'P'] }, { part_id: { id } }, { part_id: null }])
      t.same(
        (await env['kinds.sample'].browse(samples.ids).load(['part_id'])).map((one) => one.part_id?.id ?? null),
        [id, id, id, id, null],
      )
      const info = env.registry.get('kinds.sample')
      t.same(
        (await readRecords(env, info.name, samples.ids, await askedFields(env, info, ['part_id']), 'pairs')).map(
          (one) => one['part_id'],
        ),
        [[id, 'P'], [id, 'P'], [id, 'P'], [id, 'P'], false],
      )
    })

    t.test('a many2one to a record that does not exist is refused, and so is the id of several', async (t) => {
      const env = await layersEnv(t, [kinds], dialect)
      const parts = await env['kinds.part'].create([{ name: 'P' }, { name: 'Q' }])
      await t.rejects(env['kinds.sample'].create([{ part_id: parts }]), { code: 'VALUE_WRONG' })
      await t.rejects(env.model('kinds.sample').create([{ part_id: 'P' }]), { code: 'VALUE_WRONG' })
      await t.rejects(env['kinds.sample'].create([{ part_id: 999 }]), {
        code: 'REFERENCE_BROKEN',
        message: 'The field kinds.sample.part_id refers to a record that does not exist: kinds.part 999.',
      })
    })

    t.test('a reference names model and id, and reads as it was written', async (t) => {
      const env = await layersEnv(t, [kinds], dialect)
      const [id] = (await env['kinds.part'].create([{ name: 'P' }])).ids
      const samples = await env['kinds.sample'].create([{ target: `kinds.part,${id}` }, {}])
      t.match(plain(await samples.load(['target'])), [{ target: `kinds.part,${id}` }, { target: null }])
      t.same((await env['kinds.sample'].search([['target', '=', `kinds.part,${id}`]])).ids, [samples.ids[0]])
      for (const wrong of ['kinds.part', 'kinds.part,x', 'kinds part,1'])
        await t.rejects(samples.write({ target: wrong }), { code: 'VALUE_WRONG' }, wrong)
    })

    t.test('lines over a many2one_reference belong to the record of the right model', async (t) => {
      const env = await layersEnv(t, [kinds], dialect)
      const sample = await env['kinds.sample'].create([
        { name: 'S', remark_ids: [{ create: { text: 'on the sample' } }] },
      ])
      const part = await env['kinds.part'].create([
        { name: 'P', remark_ids: [{ create: { text: 'on the part' } }, { create: { text: 'again' } }] },
      ])
      t.equal(sample.ids[0], part.ids[0], 'both have the same id')
      t.match(plain(await sample.load(['remark_ids.text', 'remark_ids.res_model'])), [
        { remark_ids: [{ text: 'on the sample', res_model: 'kinds.sample' }] },
      ])
      t.match(plain(await part.load(['remark_ids.text'])), [
        { remark_ids: [{ text: 'on the part' }, { text: 'again' }] },
      ])
      t.same((await env['kinds.part'].search([['remark_ids.text', '=', 'on the sample']])).ids, [])
      t.same((await env['kinds.part'].search([['remark_ids.text', '=', 'again']])).ids, part.ids)
      const info = env.registry.get('kinds.remark')
      const remarks = await env['kinds.remark'].search([])
      t.match(
        await readRecords(env, info.name, remarks.ids, await askedFields(env, info, ['res_id', 'res_model']), 'pairs'),
        [{ res_id: sample.ids[0], res_model: 'kinds.sample' }, { res_id: part.ids[0] }, { res_id: part.ids[0] }],
      )
      await part.write({ remark_ids: [{ clear: true }] })
      t.match(plain(await sample.load(['remark_ids.text'])), [{ remark_ids: [{ text: 'on the sample' }] }])
      t.same((await part.load(['remark_ids']))[0]!.remark_ids.ids, [])
    })
  })
}
