/* Contents as files, as a browser fetches and sends them. */
import sharp from 'sharp'
import t, { type Test } from 'tap'
import { DIALECTS } from '#test/env.ts'
import type {} from '#addons/base/index.ts'
import { deskServer, type DeskServer } from './fixture/desk-server.ts'

t.setTimeout(300_000)

const system = { uid: 1, su: true } as const

interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: Buffer
}

async function visit({ app }: DeskServer, url: string, headers: Record<string, string> = {}): Promise<Reply> {
  const { statusCode, headers: answered, rawPayload } = await app.inject({ method: 'GET', url, headers })
  return { status: statusCode, headers: answered, body: rawPayload }
}

async function upload(server: DeskServer, values: Record<string, string>, token: string | null): Promise<Reply> {
  const form = new FormData()
  for (const [name, value] of Object.entries(values)) form.append(name, value)
  form.append('ufile', new Blob(['first']), 'é 1.txt')
  form.append('ufile', new Blob(['<script>alert(1)</script>']), 'page.html')
  if (token !== null) form.append('csrf_token', token)
  const sent = new Response(form)
  const answer = await server.app.inject({
    method: 'POST',
    url: '/web/binary/upload_attachment',
    headers: { cookie: `session_id=${server.client.token}`, 'content-type': sent.headers.get('content-type') ?? '' },
    payload: Buffer.from(await sent.arrayBuffer()),
  })
  return { status: answer.statusCode, headers: answer.headers, body: answer.rawPayload }
}

async function cases(t: Test, server: DeskServer): Promise<void> {
  const { runtime } = server
  const picture = await sharp({ create: { width: 400, height: 200, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  const ids = await runtime.call(system, 'write', async (env) => {
    const [partner] = (await env['res.partner'].create([{ name: 'Deco', image_1920: new Uint8Array(picture) }])).ids
    const company = env['res.company'].browse((await env['res.company'].search([])).ids.slice(0, 1))
    await company.write({ logo: new Uint8Array(picture) } as never)
    const made = await env['ir.attachment'].create([
      { name: 'notes.txt', raw: new TextEncoder().encode('hello'), res_model: 'res.partner', res_id: partner ?? 0 },
      { name: 'open.txt', raw: new TextEncoder().encode('for all'), public: true },
      { name: 'red.png', raw: new Uint8Array(picture) },
      { name: 'page.html', raw: new TextEncoder().encode('<!DOCTYPE html><script>1</script>') },
      { name: 'away', type: 'url', url: 'javascript:alert(1)' },
      { name: 'there', type: 'url', url: 'https://example.com/a' },
    ])
    const [token] = await made.browse(made.ids.slice(0, 1)).generate_access_token()
    return { all: made.ids, company: company.ids[0] ?? 0, partner: partner ?? 0, token: token ?? '' }
  })
  const [notes = 0, open = 0, red = 0, page = 0, script = 0, link = 0] = ids.all

  t.test('an attachment is shown under its name, with its type, and saved when asked', async (t) => {
    const shown = await server.fetch(`/web/content/${notes}`)
    t.equal(shown.body.toString(), 'hello')
    t.match(shown.headers, {
      'content-type': /^text\/plain/,
      'content-disposition': /^inline; filename="notes.txt"/,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    })
    const saved = await server.fetch(`/web/content/${notes}/other.txt?download=true`)
    t.match(saved.headers['content-disposition'], /^attachment; filename="other.txt"/)
  })

  t.test('a browser that has the content gets no second copy', async (t) => {
    const { headers } = await server.fetch(`/web/content/${notes}`)
    const cookie = `session_id=${server.client.token}`
    const again = await visit(server, `/web/content/${notes}`, { cookie, 'if-none-match': String(headers['etag']) })
    t.equal(again.status, 304)
    t.equal(again.body.length, 0)
  })

  t.test('a page that somebody uploaded is saved and never run', async (t) => {
    const { headers } = await server.fetch(`/web/content/${page}`)
    t.match(headers['content-disposition'], /^attachment/)
    t.match(headers['content-security-policy'], /default-src 'none'; sandbox/)
  })

  t.test('people who are not logged in get what is public or what they have the token of, nothing else', async (t) => {
    t.equal((await visit(server, `/web/content/${open}`)).body.toString(), 'for all')
    t.equal((await visit(server, `/web/content/${notes}`)).status, 404)
    t.equal((await visit(server, `/web/content/${notes}?access_token=${ids.token}x`)).status, 404)
    t.equal((await visit(server, `/web/content/${notes}?access_token=${ids.token}`)).body.toString(), 'hello')
    t.equal((await visit(server, `/web/content/res.partner/${ids.partner}/image_1920`)).status, 404)
  })

  t.test('a link leads on, unless it is a script', async (t) => {
    t.match(await server.fetch(`/web/content/${link}`), { status: 302, headers: { location: 'https://example.com/a' } })
    t.equal((await server.fetch(`/web/content/${script}`)).status, 404)
  })

  t.test('the content of a binary field is a file, too; other fields are not', async (t) => {
    const { status, body, headers } = await server.fetch(`/web/content/res.company/${ids.company}/logo`)
    t.equal(status, 200)
    t.ok(body.equals(picture))
    t.equal(headers['content-type'], 'image/png')
    for (const path of ['res.company/1/name', 'res.users/2/password', 'no.model/1/x', 'res.company/99999/logo', 'a/b'])
      t.equal((await server.fetch(`/web/content/${path}`)).status, 404, path)
  })

  t.test('an image is made to fit, never larger, and cut only when asked', async (t) => {
    const sizeOf = async (url: string): Promise<string> => {
      const { width, height } = await sharp((await server.fetch(url)).body).metadata()
      return `${width}x${height}`
    }
    t.equal(await sizeOf(`/web/image/${red}`), '400x200')
    t.equal(await sizeOf(`/web/image/${red}/64x64`), '64x32')
    t.equal(await sizeOf(`/web/image/${red}/64x64?crop=1`), '64x64')
    t.equal(await sizeOf(`/web/image/${red}/9000x9000`), '400x200')
    t.equal(await sizeOf(`/web/image/res.company/${ids.company}/logo/100x0`), '100x50')
  })

  t.test('a picture that is not there, or not to be seen, is a placeholder', async (t) => {
    const mine = await server.fetch('/web/image/999999/64x64')
    t.match(mine, { status: 200, headers: { 'content-type': 'image/svg+xml' } })
    t.equal((await visit(server, `/web/image/${red}`)).headers['content-type'], 'image/svg+xml')
    t.equal((await server.fetch('/web/image/999999?download=1')).status, 404)
  })

  t.test('files of a form become attachments of the record that it names', async (t) => {
    const { status, body } = await upload(
      server,
      { model: 'res.company', id: String(ids.company) },
      server.client.headers['x-csrf-token'] ?? '',
    )
    t.equal(status, 200, body.toString())
    const kept = JSON.parse(body.toString()) as { id: number; filename: string; size: number }[]
    t.match(kept, [{ filename: 'é 1.txt', size: 5, mimetype: 'text/plain' }, { filename: 'page.html' }])
    await runtime.call(system, 'read', async (env) => {
      const [row] = await env['ir.attachment'].browse([kept[0]?.id ?? 0]).load(['raw', 'res_model', 'res_id'])
      t.equal(Buffer.from(row?.raw ?? []).toString(), 'first')
      t.match(row, { res_model: 'res.company', res_id: ids.company })
    })
  })

  t.test('a form from another site, or for a record that is not there, keeps nothing', async (t) => {
    const count = (): Promise<number> => runtime.call(system, 'read', (env) => env['ir.attachment'].search_count([]))
    const before = await count()
    t.equal((await upload(server, {}, null)).status, 400)
    t.equal((await upload(server, {}, 'x')).status, 400)
    const refused = await upload(
      server,
      { model: 'res.partner', id: '999999' },
      server.client.headers['x-csrf-token'] ?? '',
    )
    t.match(JSON.parse(refused.body.toString()), [{ error: String }, { error: String }])
    t.equal(await count(), before)
  })
}

for (const dialect of DIALECTS) t.test(dialect, async (t) => cases(t, await deskServer(t, dialect)))
