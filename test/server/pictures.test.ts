/* Pictures of contacts: their sizes, and the one that is drawn for who has none. */
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

async function contact(values: object): Promise<number> {
  return (await admin.kw('res.partner', 'create', [values])).result as number
}

t.test('a picture of a record comes in the size that is asked for', async (t) => {
  const id = await contact({ name: 'Pictured', image_1920: picture.toString('base64') })
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
  const id = await contact({ name: '<Nobody>' })
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
