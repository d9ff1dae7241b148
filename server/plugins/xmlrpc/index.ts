import type { FastifyInstance } from 'fastify'
import { ComptoirError } from '../../../core/errors.ts'
import { XMLRPC_INVALID } from '../../errors.ts'
import { refusedByServer } from '../../http-errors.ts'
import { callService } from '../jsonrpc/services.ts'
import { faultOf } from './fault.ts'
import { readCall } from './read.ts'
import { writeAnswer, writeFault } from './write.ts'

const XML = 'text/xml; charset=utf-8'

/** How far a document may be into before it says its encoding. */
const DECLARATION_BYTES = 200

/** @throws XMLRPC_INVALID for an encoding that is unknown or not the body's */
function decoded(body: Buffer): string {
  const start = body.toString('latin1', 0, DECLARATION_BYTES)
  const encoding = /^\s*<\?xml[^>]*\sencoding=["']([\w.-]+)["']/.exec(start)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(body)
  } catch {
    throw new XMLRPC_INVALID(`the body is not ${encoding}`)
  }
}

/** `/xmlrpc/2/…` and the older `/xmlrpc/…`: the services of `/jsonrpc` for clients that speak XML-RPC. */
export async function xmlRpc(root: FastifyInstance): Promise<void> {
  await root.register(async (app) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser(
      ['text/xml', 'application/xml'],
      { parseAs: 'buffer' },
      async (_request: unknown, body: Buffer) => body,
    )
    app.setErrorHandler((error, request, reply) => {
      const early = refusedByServer(error, request)
      reply.type(XML)
      if (early) return reply.code(early.status).send(writeFault(1, early.reply.data.message))
      return reply.code(500).send(faultOf(error, request, false))
    })
    for (const old of [false, true]) {
      app.post<{ Params: { service: string } }>(
        old ? '/xmlrpc/:service' : '/xmlrpc/2/:service',
        async (request, reply) => {
          reply.type(XML)
          try {
            const { method, params } = readCall(
              decoded((request.body as Buffer | undefined) ?? Buffer.alloc(0)),
              app.services.config.limits.maxJsonDepth,
            )
            return writeAnswer(await callService(request, request.params.service, method, params))
          } catch (error) {
            // a body that is no call is told so by its status; what a method refuses is an answer
            if (error instanceof ComptoirError && NO_CALL.has(error.code)) reply.code(400)
            return faultOf(error, request, old)
          }
        },
      )
    }
  })
}

const NO_CALL = new Set(['XMLRPC_INVALID', 'XML_MALFORMED', 'XML_ENTITIES', 'BODY_TOO_DEEP', 'BODY_FORBIDDEN_KEY'])
