import t from 'tap'
import { fieldsGet } from '#core/wire/fields-get.ts'
import { databases } from '#test/databases.ts'
import { DIALECTS } from '#test/env.ts'
import { kinds, kindsGreen } from '#test/models/kinds.ts'
import { plain } from '#test/plain.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const open = databases(t, dialect)
    t.test('takes its own values and refuses others, naming those that it has', async (t) => {
      const env = await open(t, [kinds])
      const samples = await env['kinds.sample'].create([{ shade: 'red' }, { shade: null }])
      t.match(plain(await samples.load(['shade'])), [{ shade: 'red' }, { shade: null }])
      await t.rejects(samples.write({ shade: 'green' }), {
        code: 'SELECTION_UNKNOWN',
        message: `Wrong value for kinds.sample.shade: 'green'. It can be: red, blue.`,
      })
      await t.rejects(env.model('kinds.sample').create([{ shade: 'toString' }]), { code: 'SELECTION_UNKNOWN' })
    })

    t.test('takes the values that a layer adds, where that layer is', async (t) => {
      const env = await open(t, [kinds, kindsGreen])
      const samples = await env['kinds.sample'].create([{ shade: 'green' }])
      t.match(plain(await samples.load(['shade'])), [{ shade: 'green' }])
      const { shade } = await fieldsGet(env, env.registry.get('kinds.sample'), ['shade'], ['selection'])
      t.same(shade, {
        selection: [
          ['red', 'Red'],
          ['blue', 'Blue'],
          ['green', 'Green'],
        ],
      })
    })

    t.test(
      'a dynamic one shows the values that its function lists for the reader, and leaves checks to its model',
      async (t) => {
        const env = await open(t, [kinds])
        const sample = await env['kinds.sample'].create([{ size: 's' }])
        t.match(plain(await sample.load(['size'])), [{ size: 's' }])
        const { size } = await fieldsGet(env, env.registry.get('kinds.sample'), ['size'], ['selection'])
        t.same(size, {
          selection: [
            ['s', 'Small'],
            ['l', 'Large'],
          ],
        })
        const french = sample.withContext({ lang: 'fr_FR' })
        await french.write({ size: 'xl' })
        t.match(plain(await sample.load(['size'])), [{ size: 'xl' }])
        const shown = await fieldsGet(french.env, env.registry.get('kinds.sample'), ['size'], ['selection'])
        t.same(shown['size'], {
          selection: [
            ['s', 'Small'],
            ['l', 'Large'],
            ['xl', 'Énorme'],
          ],
        })
      },
    )
  })
}
