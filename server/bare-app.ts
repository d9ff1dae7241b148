import { randomBytes } from 'node:crypto'
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { type DestinationStream, destination, pino } from 'pino'
import { acceptJson } from './body.ts'
import { answerHttpErrors } from './http-errors.ts'
import { logRequests } from './request-log.ts'
import type { Services } from './services.ts'
import { keepSessions } from './session-cookie.ts'

const STDERR = 2

/** Ids of requests: unlike those of other processes and earlier runs, so that one id names one line of a log. */
function requestIds(): () => string {
  const run = randomBytes(4).toString('hex')
  let count = 0
  return () => {
    count += 1
    return `${run}-${count.toString(36)}`
  }
}

/** An app without routes: what every request goes through. `log` is where lines go, by default standard error. */
export function bareApp(services: Services, log: DestinationStream = destination(STDERR)): FastifyInstance {
  const { limits, logLevel, trustProxy } = services.config
  const logger: FastifyBaseLogger = pino({ level: logLevel, base: null }, log)
  const app = fastify({
    loggerInstance: logger,
    // request-log.ts writes a line of its own
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIds(),
    bodyLimit: limits.bodyLimit,
    requestTimeout: limits.requestTimeout,
    trustProxy,
  })
  app.decorate('services', services)
  app.decorateRequest('facts')
  app.addHook('onRequest', async (request, reply) => {
    request.facts = { queries: 0 }
    reply.header('x-content-type-options', 'nosniff')
  })
  acceptJson(app, limits.maxJsonDepth)
  answerHttpErrors(app)
  logRequests(app)
  keepSessions(app)
  return app
}
