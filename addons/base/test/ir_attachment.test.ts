import { readdir, readFile, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import type { Env } from '#core'
import { DIALECTS, openEnv, type DialectName } from '#test/env.ts'
import { baseEnv, baseRuntime } from './base-env.ts'
import { collectGarbage, getContent, putContent } from '../models/ir_attachment_store.ts'

type Test = Parameters<typeof baseEnv>[0]

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const HELLO_SHA1 = '2aae6c35c94fcfb415dbe95f408b9ce91ee846ed'

/** All files of the store, as `folder/file`. */
async function stored(env: Env): Promise<string[]> {
  const files = await readdir(env.db.files, { recursive: true, withFileTypes: true }).catch(() => [])
  return files
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name).slice(env.db.files.length + 1))
    .sort()
}

/** An environment of the system and one of an internal user who may read contacts and change tags. */
async function withMember(t: Test, dialect: DialectName): Promise<readonly [system: Env, member: Env]> {
  const runtime = await baseRuntime(t, dialect)
  const uid = await runtime.call({ uid: 1, su: true }, 'write', async (env) => {
    await env['ir.model']._reflect([...env.registry.models()])
    const idOf = async (model: string): Promise<number> =>
      (await env['ir.model'].search([['model', '=', model]])).ids[0] as number
    const [, group = 0] = (await env.xmlId('base.group_user')) ?? []
    const all = { group_id: group, perm_read: true, perm_write: true, perm_create: true, perm_unlink: true }
    await env['ir.model.access'].create([
      { ...all, name: 'files', model_id: await idOf('ir.attachment') },
      { ...all, name: 'tags', model_id: await idOf('res.partner.category') },
      {
        ...all,
        name: 'contacts',
        model_id: await idOf('res.partner'),
        perm_write: false,
        perm_create: false,
        perm_unlink: false,
      },
    ])
    await env['ir.rule'].create([
      { name: 'files', model_id: await idOf('ir.attachment'), domain_force: "[('reachable', '=', True)]" },
      { name: 'red tags', model_id: await idOf('res.partner.category'), domain_force: "[('color', '=', 1)]" },
    ])
    const user = await env['res.users'].create([{ name: 'Mia', login: 'mia', groups_id: [{ set: [group] }] }])
    return user.ids[0] as number
  })
  const system = await openEnv(t, runtime, { uid: 1, su: true })
  return [system, await system.asUser(uid)]
}

for (const dialect of DIALECTS) {
  t.test(`attachments on ${dialect}`, async (t) => {
    t.test('keep content, size, checksum and type, and name what they hang on', async (t) => {
      const env = await baseEnv(t, dialect)
      const [partner = 0] = (await env['res.partner'].create([{ name: 'P' }])).ids
      const file = await env['ir.attachment'].create([
        { name: 'hello.txt', datas: bytes('hello world'), res_model: 'res.partner', res_id: partner },
      ])
      const [one] = await file.load([
        'raw',
        'datas',
        'mimetype',
        'file_size',
        'checksum',
        'store_fname',
        'res_name',
        'type',
        'public',
      ])
      t.same(Buffer.from(one?.raw ?? []).toString(), 'hello world')
      t.same(one?.datas, one?.raw)
      t.same(
        [one?.mimetype, one?.file_size, one?.checksum, one?.store_fname, one?.res_name, one?.type, one?.public],
        ['text/plain', 11, HELLO_SHA1, `2a/${HELLO_SHA1}`, 'P', 'binary', false],
      )
      t.equal(await readFile(join(env.db.files, `2a/${HELLO_SHA1}`), 'utf8'), 'hello world')
    })

    t.test('share one file of equal contents', async (t) => {
      const env = await baseEnv(t, dialect)
      const files = await env['ir.attachment'].create([
        { name: 'a', raw: bytes('same') },
        { name: 'b', raw: bytes('same') },
      ])
      t.equal((await stored(env)).length, 1)
      const copies = await files.copy()
      t.equal((await stored(env)).length, 1)
      t.same(
        (await copies.load(['raw'])).map((one) => Buffer.from(one.raw ?? []).toString()),
        ['same', 'same'],
      )
    })

    t.test('change their content, size and type together', async (t) => {
      const env = await baseEnv(t, dialect)
      const file = await env['ir.attachment'].create([{ name: 'scan', raw: bytes('text') }])
      await file.write({ raw: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]) })
      const [image] = await file.load(['mimetype', 'file_size', 'raw'])
      t.equal(image?.mimetype, 'image/png')
      t.equal(image?.file_size, 10)
      t.equal(image?.raw?.length, 10)
      await file.write({ datas: null })
      const [empty] = await file.load(['raw', 'file_size', 'store_fname'])
      t.same([empty?.raw, empty?.file_size, empty?.store_fname], [null, 0, null])
    })

    t.test('never take the name of a stored file from outside', async (t) => {
      const env = await baseEnv(t, dialect)
      const [secret] = await (
        await env['ir.attachment'].create([{ name: 's', raw: bytes('secret') }])
      ).load(['store_fname'])
      const file = await env['ir.attachment'].create([{ name: 'x', store_fname: secret?.store_fname ?? '' }])
      await file.write({ store_fname: secret?.store_fname ?? '' })
      t.equal((await file.load(['raw']))[0]?.raw, null)
      await t.rejects(getContent(env, '../../etc/passwd'), { code: 'ATTACHMENT_NAME' })
    })

    t.test('hold the contents of binary fields, which searches leave out', async (t) => {
      const env = await baseEnv(t, dialect)
      const partner = await env['res.partner'].create([{ name: 'P', image_1920: bytes('image') }])
      t.equal(Buffer.from((await partner.load(['image_1920']))[0]?.image_1920 ?? []).toString(), 'image')
      t.equal(await env['ir.attachment'].search_count([['res_model', '=', 'res.partner']]), 0)
      t.ok((await env['ir.attachment'].search_count([['res_field', '=', 'image_1920']])) >= 1)
    })

    t.test('files that nothing refers to are deleted once they are old', async (t) => {
      const env = await baseEnv(t, dialect)
      const [kept, gone] = await env['ir.attachment'].create([
        { name: 'a', raw: bytes('kept') },
        { name: 'b', raw: bytes('gone') },
      ])
      await gone?.unlink()
      const orphan = await putContent(env, bytes('of a call that failed'))
      t.equal(await collectGarbage(env), 0, 'young files stay: their transaction may not have ended')
      const old = new Date(Date.now() - 2 * 3_600_000)
      for (const file of await stored(env)) await utimes(join(env.db.files, file), old, old)
      const again = await putContent(env, bytes('of a call that failed'))
      t.same(again, orphan)
      t.equal(await collectGarbage(env), 1, 'a file that was put again is young again')
      await utimes(join(env.db.files, orphan.store_fname), old, old)
      await env['ir.attachment']._cron_collect_garbage()
      t.same(
        await stored(env),
        (await kept?.load(['store_fname']))?.map((one) => one.store_fname),
      )
    })

    t.test('are as open as the record that they hang on', async (t) => {
      const [system, member] = await withMember(t, dialect)
      const [partner = 0] = (await system['res.partner'].create([{ name: 'P' }])).ids
      const [red = 0, blue = 0] = (
        await system['res.partner.category'].create([
          { name: 'Red', color: 1 },
          { name: 'Blue', color: 2 },
        ])
      ).ids
      const on = (name: string, res_model: string | null, res_id: number | null, more: object = {}): object => ({
        name,
        res_model,
        res_id,
        ...more,
      })
      const names = ['contact', 'red', 'blue', 'bank', 'loose', 'public'] as const
      const files = await system['ir.attachment'].create([
        on('contact', 'res.partner', partner),
        on('red', 'res.partner.category', red),
        on('blue', 'res.partner.category', blue),
        on('bank', 'res.bank', 1),
        on('loose', null, null),
        on('public', 'res.bank', 1, { public: true }),
      ])
      const idOf = (name: (typeof names)[number]): number => files.ids[names.indexOf(name)] as number
      const mine = (name: (typeof names)[number]): ReturnType<Env['browse']> & Env['ir.attachment'] =>
        member.browse('ir.attachment', [idOf(name)])

      const seen = await member['ir.attachment'].search([], { order: 'id' })
      t.same(seen.ids, [idOf('contact'), idOf('red'), idOf('public')])
      t.equal(await member['ir.attachment'].search_count([]), 3)
      t.same((await member['ir.attachment'].search([], { order: 'id', limit: 1, offset: 1 })).ids, [idOf('red')])

      const refused = { code: 'ATTACHMENT_FORBIDDEN', exception: 'AccessError' }
      await t.resolves(mine('contact').load(['name']))
      for (const name of ['bank', 'loose'] as const) await t.rejects(mine(name).load(['name']), { code: 'ACCESS_RULE' })
      await t.resolves(mine('contact').check_access('read'))
      await t.rejects(mine('contact').check_access('write'), refused)
      await t.rejects(mine('contact').write({ description: 'x' }), refused)
      await t.rejects(mine('contact').unlink(), refused)
      await t.resolves(mine('red').write({ description: 'x' }))
      await t.rejects(mine('red').write({ res_id: blue }), refused)
      await t.rejects(mine('blue').check_access('read'), { code: 'ACCESS_RULE' })
      await t.rejects(mine('public').write({ public: false }), refused)
      await t.rejects(
        member['ir.attachment'].create([{ name: 'x', res_model: 'res.partner', res_id: partner }]),
        refused,
      )
      const own = await member['ir.attachment'].create([{ name: 'own' }])
      await t.resolves(own.write({ description: 'mine' }))
    })

    t.test('of people who are not administrators are never pages or scripts', async (t) => {
      const [system, member] = await withMember(t, dialect)
      const upload = async (env: Env, values: object): Promise<string | null | undefined> =>
        (await (await env['ir.attachment'].create([{ name: 'x', ...values }])).load(['mimetype']))[0]?.mimetype
      t.equal(await upload(system, { name: 'page.html' }), 'text/html')
      t.equal(await upload(member, { name: 'page.html' }), 'text/plain')
      t.equal(await upload(member, { raw: bytes('<svg xmlns="http://www.w3.org/2000/svg"/>') }), 'text/plain')
      t.equal(await upload(member, { mimetype: 'application/xhtml+xml' }), 'text/plain')
      t.equal(await upload(member, { name: 'photo.jpg' }), 'image/jpeg')
    })

    t.test('are opened to others by a token', async (t) => {
      const env = await baseEnv(t, dialect)
      const file = await env['ir.attachment'].create([{ name: 'x' }])
      const tokens = await file.generate_access_token()
      t.match(tokens, [/^[0-9a-f-]{36}$/])
      t.same(await file.generate_access_token(), tokens)
    })
  })
}
