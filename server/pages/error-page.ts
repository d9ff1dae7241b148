import type { FastifyInstance } from 'fastify'
import { ComptoirError, type ExceptionName } from '../../core/errors.ts'
import { translator } from '../../views/translate.ts'
import { errorReply } from '../error-reply.ts'
import { answerPage } from './answer.ts'
import { visitorLanguage } from './login.ts'

const STATUS: Partial<Record<ExceptionName, number>> = {
  NotFound: 404,
  MissingError: 404,
  AccessError: 403,
  AccessDenied: 403,
  InternalError: 500,
  Unavailable: 503,
}

/** Tells a person what went wrong on a page of its own; scripts that ask for JSON get that. */
export function answerErrorPages(app: FastifyInstance): void {
  app.setErrorHandler(async (error, request, reply) => {
    const { data } = errorReply(error, request)
    const status = error instanceof ComptoirError ? (STATUS[error.exception] ?? 400) : 500
    if (!(request.headers.accept ?? '').includes('text/html'))
      return reply.code(status).send({ jsonrpc: '2.0', id: null, error: { code: status, message: data.message, data } })
    const lang = visitorLanguage(request)
    const translate = translator(lang)
    const title =
      status === 404
        ? translate('This page does not exist')
        : status === 403
          ? translate('You may not see this')
          : translate('Something went wrong')
    return answerPage(request, reply, {
      title,
      lang,
      status,
      body: {
        template: 'frame/error',
        title,
        message: data.message,
        hint: typeof data.context['hint'] === 'string' ? data.context['hint'] : null,
      },
    })
  })
}
