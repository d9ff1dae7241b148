import t from 'tap'
import { databases } from '#test/databases.ts'
import { DIALECTS } from '#test/env.ts'
import { kinds } from '#test/models/kinds.ts'
import { plain } from '#test/plain.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const open = databases(t, dialect)
    t.test('a char is trimmed, unless its field says otherwise', async (t) => {
      const env = await open(t, [kinds])
      const sample = await env['kinds.sample'].create([{ name: '  a b \n', padded: '  a b \n', note: ' x ' }])
      t.match(plain(await sample.load(['name', 'padded', 'note'])), [{ name: 'a b', padded: '  a b \n', note: ' x ' }])
      await sample.write({ name: ' c ' })
      t.match(plain(await sample.load(['name'])), [{ name: 'c' }])
    })

    t.test('a text that is longer than its field allows is refused, on create and on write', async (t) => {
      const env = await open(t, [kinds])
      const sample = await env['kinds.sample'].create([{ code: '12345678' }])
      await t.rejects(sample.write({ code: '123456789' }), {
        code: 'VALUE_TOO_LONG',
        message: 'The value for kinds.sample.code is too long: 9 characters, at most 8 are allowed.',
      })
      await t.rejects(env['kinds.sample'].create([{ name: 'x'.repeat(70_000) }]), { code: 'VALUE_TOO_LONG' })
      t.match(plain(await sample.load(['code'])), [{ code: '12345678' }])
    })

    t.test('what is no text is refused, and so is a text with a NUL in it', async (t) => {
      const env = await open(t, [kinds])
      await t.rejects(env['kinds.sample'].create([{ name: { a: 1 } as never }]), { code: 'VALUE_WRONG' })
      await t.rejects(env['kinds.sample'].create([{ note: 'a\u0000b' }]), {
        code: 'VALUE_WRONG',
        message: /kinds\.sample\.note/,
      })
    })

    t.test('a number becomes its digits, and half of a surrogate pair the sign for what cannot be shown', async (t) => {
      const env = await open(t, [kinds])
      const sample = await env['kinds.sample'].create([{ name: 12 as never, note: 'a\ud800b' }])
      t.match(plain(await sample.load(['name', 'note'])), [{ name: '12', note: 'a\ufffdb' }])
    })

    t.test('unset and empty texts read as null and as empty, and a search for nothing finds both', async (t) => {
      const env = await open(t, [kinds])
      const [empty, unset] = await env['kinds.sample'].create([{ padded: '' }, {}, { padded: 'x' }])
      t.match(plain(await env['kinds.sample'].browse([...empty!.ids, ...unset!.ids]).load(['padded'])), [
        { padded: '' },
        { padded: null },
      ])
      t.same((await env['kinds.sample'].search([['padded', '=', null]])).ids, [...empty!.ids, ...unset!.ids])
    })

    t.test('html loses what could run, unless its field says otherwise', async (t) => {
      const env = await open(t, [kinds])
      const html = '<p onclick="x()">a<script>alert(1)</script><a href="javascript:x()">b</a></p>'
      const sample = await env['kinds.sample'].create([{ body: html, markup: html }])
      const [{ body, markup }] = (await sample.load(['body', 'markup'])) as unknown as [
        { body: string; markup: string },
      ]
      t.match(body, /^<p>a<a( href)?="?.*>b<\/a><\/p>$|^<p>a<a>b<\/a><\/p>$/)
      t.notMatch(body, /script|onclick/)
      t.equal(markup, html)
    })
  })
}
