import t from 'tap'
import { field, model, type RecordsOf } from '#core'
import { databases } from '#test/databases.ts'
import { DIALECTS } from '#test/env.ts'
import { kinds } from '#test/models/kinds.ts'

class FileFields {
  name = field.char()
  res_model = field.char()
  res_field = field.char()
  res_id = field.integer()
  raw = field.binary({ attachment: false })
  file_size = field.integer({ store: true })
}
/** What attached contents need of `ir.attachment`. */
const Attachment = model('ir.attachment', FileFields, {}, (Base) => class extends Base {})
Attachment.compute('file_size', ['raw'], (file) => file.raw?.length ?? 0)

class PictureFields {
  name = field.char()
  image = field.binary()
  copied = field.binary({ copy: false })
}
const Picture = model('kinds.picture', PictureFields, {}, (Base) => class extends Base {})
const pictures = { addon: 'pictures', models: [Attachment, Picture] as never }
interface Picture extends RecordsOf<typeof Picture> {}
declare module '#core' {
  interface Models {
    'kinds.picture': { fields: PictureFields; records: Picture }
  }
}

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const open = databases(t, dialect)
    t.test('a content in the column is bytes in code and base64 for clients', async (t) => {
      const env = await open(t, [kinds])
      const samples = await env
        .model('kinds.sample')
        .create([{ blob: bytes('a\u0000b') }, { blob: Buffer.from('x').toString('base64') }, {}])
      t.same(
        (await env['kinds.sample'].browse(samples.ids).load(['blob'])).map((one) => one.blob),
        [bytes('a\u0000b'), bytes('x'), null],
      )
      await t.rejects(env.model('kinds.sample').create([{ blob: 'not base64!' }]), { code: 'VALUE_WRONG' })
    })

    t.test('an attached content is kept beside the record, replaced, removed and deleted with it', async (t) => {
      const env = await open(t, [pictures])
      const [first, second] = await env['kinds.picture'].create([{ name: 'A', image: bytes('one') }, { name: 'B' }])
      const both = env['kinds.picture'].browse([...first!.ids, ...second!.ids])
      t.same(
        (await both.load(['image'])).map((one) => one.image),
        [bytes('one'), null],
      )
      await first!.write({ image: bytes('two') })
      env.transaction.cache.clear()
      t.same(
        (await both.load(['image'])).map((one) => one.image),
        [bytes('two'), null],
      )
      t.equal(await env['ir.attachment'].search_count([['res_model', '=', 'kinds.picture']]), 1)
      await first!.write({ image: null })
      t.equal(await env['ir.attachment'].search_count([]), 0)
      await both.write({ image: bytes('both') })
      t.equal(await env['ir.attachment'].search_count([]), 2)
      await first!.unlink()
    })

    t.test('a copy has the content too, unless the field says otherwise', async (t) => {
      const env = await open(t, [pictures])
      const picture = await env['kinds.picture'].create([{ name: 'A', image: bytes('one'), copied: bytes('no') }])
      const copy = await picture.copy()
      t.same(
        (await copy.load(['image', 'copied'])).map((one) => [one.image, one.copied]),
        [[bytes('one'), null]],
      )
    })
  })
}
