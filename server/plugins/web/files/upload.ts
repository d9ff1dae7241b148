import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ComptoirError } from '../../../../core/errors.ts'
import type { Session } from '../../../../core/security/sessions.ts'
import { UPLOAD_WRONG } from '../../../errors.ts'
import { checkCsrf } from '../../../pages/csrf.ts'
import { pageCall } from '../../../pages/page-call.ts'
import { requireSession } from '../../../session-cookie.ts'

/** The field of the form that holds the files. */
const FILES = 'ufile'
const MOST_FILES = 100

interface UploadedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What a client learns of each file: the attachment, or why there is none. */
type Uploaded =
  | { readonly filename: string; readonly mimetype: string; readonly id: number; readonly size: number }
  | { readonly filename: string; readonly error: string }

/** Reads the whole form. @throws UPLOAD_WRONG when it is larger than a body may be */
async function readForm(
  request: FastifyRequest,
): Promise<{ readonly values: ReadonlyMap<string, string>; readonly files: readonly UploadedFile[] }> {
  const most = request.server.services.config.limits.bodyLimit
  if (Number(request.headers['content-length'] ?? 0) > most) throw new UPLOAD_WRONG(`it is larger than ${most} bytes`)
  const values = new Map<string, string>()
  const files: UploadedFile[] = []
  let size = 0
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      values.set(part.fieldname, String(part.value))
      continue
    }
    const bytes = await part.toBuffer()
    size += bytes.length
    if (size > most) throw new UPLOAD_WRONG(`it is larger than ${most} bytes`)
    if (part.fieldname === FILES) files.push({ name: part.filename || 'file', bytes })
  }
  return { values, files }
}

async function keep(
  request: FastifyRequest,
  session: Session,
  file: UploadedFile,
  place: { readonly res_model: string | null; readonly res_id: number | null },
): Promise<Uploaded> {
  try {
    return await pageCall(request, session, 'write', async ({ env }) => {
      const made = await env.model('ir.attachment').create([{ name: file.name, raw: file.bytes, ...place }])
      const [row] = await made.load(['name', 'mimetype', 'file_size'])
      return {
        filename: String(row?.['name']),
        mimetype: String(row?.['mimetype']),
        id: made.ids[0] ?? 0,
        size: Number(row?.['file_size']),
      }
    })
  } catch (error) {
    if (error instanceof ComptoirError && error.exception !== 'InternalError')
      return { filename: file.name, error: error.message }
    throw error
  }
}

/** `/web/binary/upload_attachment`: keeps the files of a form, on the record that it names or loose. */
export async function uploadRoute(app: FastifyInstance): Promise<void> {
  const { bodyLimit } = app.services.config.limits
  await app.register(multipart, {
    limits: { fileSize: bodyLimit, files: MOST_FILES, fields: 20, fieldSize: 65_536, fieldNameSize: 100 },
  })
  app.post('/web/binary/upload_attachment', async (request) => {
    const session = await requireSession(request)
    // a token in a header spares reading what is refused
    const header = request.headers['x-csrf-token']
    if (header !== undefined) checkCsrf(request, header)
    if (!request.isMultipart()) throw new UPLOAD_WRONG('it is not multipart/form-data')
    const { values, files } = await readForm(request)
    if (header === undefined) checkCsrf(request, values.get('csrf_token'))
    if (files.length === 0) throw new UPLOAD_WRONG(`its field ${FILES} holds no file`)
    const id = values.get('id') ?? ''
    if (!/^\d{0,15}$/.test(id)) throw new UPLOAD_WRONG(`'${id.slice(0, 30)}' is not the id of a record`)
    const place = { res_model: values.get('model') || null, res_id: Number(id) || null }
    const kept: Uploaded[] = []
    for (const file of files) kept.push(await keep(request, session, file, place))
    return kept
  })
}
