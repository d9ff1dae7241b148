/* Files over HTTP: attachments and binary fields, their rights, their sizes, and how they come in. */
import type { FastifyInstance } from 'fastify'
import sharp from 'sharp'
import t from 'tap'
import { testServer, type Client } from './fixture/server.ts'

const server = await testServer(t)
const admin = server.client()
await admin.login()

const picture = await sharp({ create: { width: 400, height: 200, channels: 3, background: '#1f6f6b' } })
  .png()
  .toBuffer()

interface Got {
  readonly status: number
  readonly headers: Record<string, unknown>
  readonly body: Buffer
}

async function get(app: FastifyInstance, url: string, client?: Client, headers: object = {}): Promise<Got> {
  const cookie = client ? { cookie: `session_id=${client.token}` } : {}
  const answer = await app.inject({ url, headers: { ...cookie, ...headers } })
  return { status: answer.statusCode, headers: answer.headers, body: answer.rawPayload }
}

async function attach(values: object): Promise<number> {
  const { result, error } = await admin.kw('ir.attachment', 'create', [values])
  if (error) throw new Error(error.message)
  return result as number
}

t.test('an attachment is sent with its name and type, and not again while it is the same', async (t) => {
  const id = await attach({ name: 'Résumé (1).pdf', datas: Buffer.from('%PDF-1.4').toString('base64') })
  const first = await get(server.app, `/web/content/${id}`, admin)
  t.match(first, {
    status: 200,
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': "inline; filename*=UTF-8''R%C3%A9sum%C3%A9%20%281%29.pdf",
      'x-content-type-options': 'nosniff',
    },
  })
  t.equal(first.body.toString(), '%PDF-1.4')
  t.match(String(first.headers['content-security-policy']), /default-src 'none'.*sandbox/)
  const again = await get(server.app, `/web/content/${id}`, admin, { 'if-none-match': first.headers['etag'] })
  t.equal(again.status, 304)
  t.equal(again.body.length, 0)
  const saved = await get(server.app, `/web/content/${id}/other.pdf?download=true`, admin)
  t.equal(saved.headers['content-disposition'], "attachment; filename*=UTF-8''other.pdf")
})

t.test('a page that somebody uploads is saved, never shown', async (t) => {
  const id = await attach({ name: 'trap.html', datas: Buffer.from('<script>1</script>').toString('base64') })
  t.match((await get(server.app, `/web/content/${id}`, admin)).headers['content-disposition'], /^attachment/)
})

t.test('without a session only open attachments are sent', async (t) => {
  const datas = Buffer.from('plain').toString('base64')
  const [closed, open] = [await attach({ name: 'a.txt', datas }), await attach({ name: 'b.txt', datas, public: true })]
  t.not((await get(server.app, `/web/content/${closed}`)).status, 200)
  t.equal((await get(server.app, `/web/content/${open}`)).status, 200)
  const { result } = await admin.kw('ir.attachment', 'generate_access_token', [[closed]])
  const [token] = result as string[]
  t.equal((await get(server.app, `/web/content/${closed}?access_token=${token}`)).status, 200)
  t.not((await get(server.app, `/web/content/${closed}?access_token=${token}x`)).status, 200)
})

t.test('a picture of a record comes in the size that is asked for', async (t) => {
  const { result: id } = await admin.kw('res.partner', 'create', [
    { name: 'Pictured', image_1920: picture.toString('base64') },
  ])
  const size = async (url: string): Promise<unknown> => {
    const { body } = await get(server.app, url, admin)
    const { width, height } = await sharp(body).metadata()
    return { width, height }
  }
  t.same(await size(`/web/image/res.partner/${id}/image_1920`), { width: 400, height: 200 })
  t.same(await size(`/web/image/res.partner/${id}/image_1920/100x100`), { width: 100, height: 50 })
  t.same(await size(`/web/image/res.partner/${id}/image_1920/100x100?crop=1`), { width: 100, height: 100 })
  t.same(await size(`/web/image/res.partner/${id}/image_128`), { width: 128, height: 64 })
  t.same(await size(`/web/image?model=res.partner&id=${id}&field=avatar_256`), { width: 256, height: 128 })
})

t.test('who has no picture gets one drawn from the name, and what is not there a placeholder', async (t) => {
  const { result: id } = await admin.kw('res.partner', 'create', [{ name: '<Nobody>' }])
  const avatar = await get(server.app, `/web/image/res.partner/${id}/avatar_128`, admin)
  t.equal(avatar.headers['content-type'], 'image/svg+xml')
  t.match(avatar.body.toString(), '&#60;')
  t.notMatch(avatar.body.toString(), '<Nobody')
  t.match((await get(server.app, `/web/image/res.partner/${id}/image_128`, admin)).body.toString(), '<svg')
  t.equal((await get(server.app, `/web/content/res.partner/${id}/image_1920`, admin)).status, 404)
  t.equal((await get(server.app, `/web/content/res.partner/${id}/name`, admin)).status, 404)
  t.equal((await get(server.app, '/web/content/res.partner/99999/image_1920', admin)).status, 404)
  t.equal((await get(server.app, '/web/content/no.model/1/raw', admin)).status, 404)
})

t.test('who may not read a record does not get its files', async (t) => {
  await admin.kw('res.users', 'create', [{ name: 'Guest', login: 'guest', password: 'guest-secret' }])
  const guest = server.client()
  await guest.login('guest', 'guest-secret')
  const id = await attach({
    name: 'secret.txt',
    datas: Buffer.from('secret').toString('base64'),
    res_model: 'ir.cron',
    res_id: 1,
  })
  const refused = await get(server.app, `/web/content/${id}`, guest)
  t.equal(refused.status >= 400, true)
  t.notMatch(refused.body.toString(), /^secret/)
  t.equal((await get(server.app, `/web/content/${id}`, admin)).status, 200)
})

t.test('a form uploads files to a record, with the token of its page alone', async (t) => {
  const { result: id } = await admin.kw('res.partner', 'create', [{ name: 'With files' }])
  const page = await get(server.app, '/odoo/m-res.partner', admin)
  const token = /name="csrf-token" content="([^"]*)"/.exec(page.body.toString())?.[1] ?? ''
  const send = async (csrf: string): Promise<{ status: number; json: unknown }> => {
    const form = new FormData()
    form.set('csrf_token', csrf)
    form.set('model', 'res.partner')
    form.set('id', String(id))
    form.append('ufile', new Blob(['one']), 'one.txt')
    form.append('ufile', new Blob([new Uint8Array(picture)]), 'two.png')
    const body = new Response(form)
    const answer = await server.app.inject({
      method: 'POST',
      url: '/web/binary/upload_attachment',
      headers: { 'content-type': body.headers.get('content-type') ?? '', cookie: `session_id=${admin.token}` },
      payload: Buffer.from(await body.arrayBuffer()),
    })
    return { status: answer.statusCode, json: answer.json() }
  }
  t.match(await send(token), {
    status: 200,
    json: [
      { filename: 'one.txt', mimetype: 'text/plain', size: 3 },
      { filename: 'two.png', mimetype: 'image/png', size: picture.length },
    ],
  })
  t.not((await send('made up')).status, 200)
  const { result: count } = await admin.kw('ir.attachment', 'search_count', [
    [
      ['res_model', '=', 'res.partner'],
      ['res_id', '=', id],
    ],
  ])
  t.equal(count, 2)
})
