import t from 'tap'
import { DIALECTS, openEnv } from '#test/env.ts'
import { baseRuntime } from './base-env.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const runtime = await baseRuntime(t, dialect)

    const languages = async (t: Parameters<typeof openEnv>[0]) => {
      const env = await openEnv(t, runtime)
      const all = env['res.lang'].withContext({ active_test: false })
      const [english] = await all.search([['code', '=', 'en_US']])
      const [french] = await all.search([['code', '=', 'fr_FR']])
      return { env, english: english!, french: french! }
    }

    t.test('the wizard takes a language into use', async (t) => {
      const { env, french } = await languages(t)
      t.same(await env['res.lang'].get_installed(), [['en_US', 'English (US)']])
      const wizard = await env['base.language.install'].create([{ lang_ids: [{ set: french.ids }] }])
      t.same(await wizard.lang_install(), { type: 'ir.actions.act_window_close' })
      t.same(await env['res.lang'].get_installed(), [
        ['en_US', 'English (US)'],
        ['fr_FR', 'French'],
      ])
      await t.rejects(env['base.language.install'].create([{}]), { code: 'CONSTRAINT_FAILED' })
    })

    t.test('a language that somebody speaks stays', async (t) => {
      const { env, french } = await languages(t)
      await french.write({ active: true })
      const user = await env['res.users'].create([{ name: 'U', login: 'u', lang: 'fr_FR' }])
      await t.rejects(french.write({ active: false }), { code: 'LANG_IN_USE' })
      await user.write({ lang: 'en_US' })
      await french.action_archive()
      t.match(await french.load(['active']), [{ active: false }])
      await french.unlink()
      t.same((await french.exists()).ids, [])
    })

    t.test('one language is always there, and codes do not change', async (t) => {
      const { env, english, french } = await languages(t)
      const everybody = await env['res.partner'].withContext({ active_test: false }).search([])
      await everybody.write({ lang: null })
      await t.rejects(english.write({ active: false }), { code: 'CONSTRAINT_FAILED' })
      await t.rejects(english.unlink(), { code: 'LANG_BASE' })
      await t.rejects(french.write({ code: 'fr_BE' }), { code: 'LANG_CODE_FIXED' })
      await t.rejects(french.write({ grouping: '3,3' }), { code: 'CONSTRAINT_FAILED' })
    })

    t.test('precisions answer by name, two decimals without one', async (t) => {
      const { env } = await languages(t)
      await env['decimal.precision'].create([{ name: 'Stock Weight', digits: 3 }])
      t.equal(await env['decimal.precision'].precision_get('Stock Weight'), 3)
      t.equal(await env['decimal.precision'].precision_get('Nothing'), 2)
    })

    t.test('two letters find a country by its code first', async (t) => {
      const { env } = await languages(t)
      const [belgium] = await env['res.country'].create([
        { name: 'Belgium', code: 'BE', state_ids: [{ create: { name: 'Liège', code: 'WLG' } }] },
        { name: 'Abelia', code: 'XA' },
      ])
      t.same(
        (await env['res.country'].name_search('be')).map(([, name]) => name),
        ['Belgium', 'Abelia'],
      )
      t.match(await belgium!.load(['image_url', 'state_ids.display_name']), [
        { image_url: /^data:image\/svg\+xml,/, state_ids: [{ display_name: 'Liège (BE)' }] },
      ])
      await t.rejects(env['res.country'].create([{ name: 'Again', code: 'be' }]), {
        message: 'The code of the country must be unique!',
      })
    })
  })
}
