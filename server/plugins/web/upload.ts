import type { FastifyInstance } from 'fastify'
import multipart from '@fastify/multipart'
import { PARAMS_INVALID } from '../../errors.ts'
import { checkCsrf } from '../../pages/csrf.ts'
import { requireSession } from '../../session-cookie.ts'

/** What a client gets of each file that it sent. */
interface Uploaded {
  readonly filename: string
  readonly mimetype: string
  readonly id: number
  /** Bytes. */
  readonly size: number
}

/** `/web/binary/upload_attachment`: files in a form become attachments of a record. */
export async function webUpload(app: FastifyInstance): Promise<void> {
  const { bodyLimit } = app.services.config.limits
  await app.register(multipart, { limits: { fileSize: bodyLimit, files: 50, fields: 20 } })
  app.post('/web/binary/upload_attachment', async (request): Promise<Uploaded[]> => {
    const session = await requireSession(request)
    const fields = new Map<string, string>()
    const files: { name: string; content: Buffer }[] = []
    for await (const part of request.parts()) {
      if (part.type === 'file') files.push({ name: part.filename, content: await part.toBuffer() })
      else fields.set(part.fieldname, String(part.value))
    }
    checkCsrf(request, request.headers['x-csrf-token'] ?? fields.get('csrf_token'))
    const model = fields.get('model') ?? ''
    const id = Number(fields.get('id') ?? 0)
    if (files.length === 0) throw new PARAMS_INVALID("the form holds no file; name its field 'ufile'")
    if (model === '' || !Number.isSafeInteger(id)) throw new PARAMS_INVALID("'model' and 'id' name the record")
    return request.server.services.runtime.call({ uid: session.uid }, 'write', async (env) => {
      const created = await env.model('ir.attachment').create(
        files.map(({ name, content }) => ({
          name: name || 'file',
          raw: new Uint8Array(content),
          res_model: model,
          res_id: id,
        })),
      )
      return (await created.load(['name', 'mimetype', 'file_size'])).map((one) => ({
        filename: String(one['name']),
        mimetype: String(one['mimetype']),
        id: one.id,
        size: Number(one['file_size']),
      }))
    })
  })
}
