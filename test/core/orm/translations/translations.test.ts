import t from 'tap'
import { getFieldTranslations, updateFieldTranslations } from '#core/orm/translations.ts'
import { baseEnv } from '#addons/base/test/base-env.ts'
import { DIALECTS, settle } from '#test/env.ts'
import { libraryEnv } from '#test/core/orm/transfer/fixture.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    t.test('reads the texts of all active languages, the English one where there is none', async (t) => {
      const env = await libraryEnv(t, dialect)
      const [id] = (await env['lib.prize'].create([{ name: 'Apple' }])).ids
      t.same(await getFieldTranslations(env, 'lib.prize', id!, 'name'), [
        [
          { lang: 'en_US', source: 'Apple', value: 'Apple' },
          { lang: 'fr_FR', source: 'Apple', value: 'Apple' },
        ],
        { translation_type: 'char', translation_show_source: false },
      ])
      await updateFieldTranslations(env, 'lib.prize', [id!], 'name', { fr_FR: ' Pomme ' })
      t.same(await getFieldTranslations(env, 'lib.prize', id!, 'name', ['fr_FR']), [
        [{ lang: 'fr_FR', source: 'Apple', value: 'Pomme' }],
        { translation_type: 'char', translation_show_source: false },
      ])
      const note = await getFieldTranslations(env, 'lib.prize', id!, 'note', ['en_US'])
      t.same(note, [
        [{ lang: 'en_US', source: false, value: false }],
        { translation_type: 'text', translation_show_source: false },
      ])
    })

    t.test('writes texts by language to all records, and what searches find', async (t) => {
      const env = await libraryEnv(t, dialect)
      const prizes = await env['lib.prize'].create([{ name: 'Apple' }, { name: 'Pear', note: '<p>x</p>' }])
      await updateFieldTranslations(env, 'lib.prize', prizes.ids, 'name', { fr_FR: 'Fruit', en_US: 'Fruits' })
      await updateFieldTranslations(env, 'lib.prize', prizes.ids, 'note', { fr_FR: '<p>oui<script>no()</script></p>' })
      await settle(env)
      env.transaction.cache.clear()
      t.match(await prizes.load(['name', 'note']), [
        { name: 'Fruits', note: '<p>oui</p>' },
        { name: 'Fruits', note: '<p>x</p>' },
      ])
      t.match(await prizes.withContext({ lang: 'fr_FR' }).load(['name', 'note']), [
        { name: 'Fruit', note: '<p>oui</p>' },
        { name: 'Fruit', note: '<p>oui</p>' },
      ])
      t.equal(await env.with({ context: { lang: 'fr_FR' } })['lib.prize'].search_count([['name', '=', 'Fruit']]), 2)
    })

    t.test('falls back to English when a text is removed, and removes all with the English one', async (t) => {
      const env = await libraryEnv(t, dialect)
      const prize = await env['lib.prize'].create([{ name: 'Apple', note: 'n' }])
      const texts = async (name: 'name' | 'note') =>
        (await getFieldTranslations(env, 'lib.prize', prize.ids[0]!, name))[0].map(({ value }) => value)
      for (const name of ['name', 'note'] as const)
        await updateFieldTranslations(env, 'lib.prize', prize.ids, name, { fr_FR: 'Pomme' })
      await updateFieldTranslations(env, 'lib.prize', prize.ids, 'name', { fr_FR: false })
      t.same(await texts('name'), ['Apple', 'Apple'])
      await updateFieldTranslations(env, 'lib.prize', prize.ids, 'note', { en_US: false })
      t.same(await texts('note'), [false, false])
      await t.rejects(updateFieldTranslations(env, 'lib.prize', prize.ids, 'name', { en_US: false }), {
        code: 'FIELD_REQUIRED',
      })
      t.same(await texts('name'), ['Apple', 'Apple'])
    })

    t.test('refuses languages that are not active, and what is no text', async (t) => {
      const env = await libraryEnv(t, dialect)
      const { ids } = await env['lib.prize'].create([{ name: 'Apple' }])
      await t.rejects(
        updateFieldTranslations(env, 'lib.prize', ids, 'name', { de_DE: 'Apfel', xx_XX: 'x', fr_FR: 'Pomme' }),
        {
          code: 'LANGUAGES_INACTIVE',
          exception: 'UserError',
          details: { langs: ['de_DE', 'xx_XX'] },
        },
      )
      await t.rejects(updateFieldTranslations(env, 'lib.prize', ids, 'name', { fr_FR: 7 as never }), {
        code: 'TRANSLATION_WRONG',
      })
      await t.rejects(updateFieldTranslations(env, 'lib.prize', ids, 'code', { fr_FR: 'x' }), {
        code: 'FIELD_NOT_TRANSLATED',
      })
      await t.rejects(updateFieldTranslations(env, 'lib.prize', ids, 'nmae', {}), { code: 'FIELD_UNKNOWN' })
      await t.rejects(getFieldTranslations(env, 'lib.prize', ids[0]!, 'nmae'), { code: 'FIELD_UNKNOWN' })
    })

    t.test('writes a mirrored text where it is kept', async (t) => {
      const env = await libraryEnv(t, dialect)
      const prize = await env['lib.prize'].create([{ name: 'Apple' }])
      const shelf = await env['lib.shelf'].create([{ name: 'S', prize_id: prize }])
      await updateFieldTranslations(env, 'lib.shelf', shelf.ids, 'prize_name', { fr_FR: 'Pomme' })
      t.match(await prize.withContext({ lang: 'fr_FR' }).load(['name']), [{ name: 'Pomme' }])
      t.match((await getFieldTranslations(env, 'lib.shelf', shelf.ids[0]!, 'prize_name'))[0], [
        { value: 'Apple' },
        { lang: 'fr_FR', source: 'Apple', value: 'Pomme' },
      ])
    })

    t.test('needs the right to write the records', async (t) => {
      const env = await baseEnv(t, dialect)
      const { ids } = await env['res.partner.category'].create([{ name: 'A' }])
      const [admin] = (await env['res.users'].search([['login', '=', 'admin']])).ids
      await t.rejects(
        updateFieldTranslations(await env.asUser(admin!), 'res.partner.category', ids, 'name', { en_US: 'B' }),
        { code: 'ACCESS_MODEL' },
      )
      t.match(await env['res.partner.category'].browse(ids).load(['name']), [{ name: 'A' }])
    })
  })
}
