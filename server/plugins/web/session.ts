import type { FastifyInstance } from 'fastify'
import { ACCESS_DENIED } from '../../../core/security/errors.ts'
import { checkDatabase } from '../../database-name.ts'
import { PARAMS_INVALID } from '../../errors.ts'
import { type Handler, jsonRpcRoute } from '../../json-rpc.ts'
import { closeSession, openSession, requireSession } from '../../session-cookie.ts'
import { installedAddons, sessionInfo } from '../../session-info.ts'
import { validator } from '../../validate.ts'

interface LoginParams {
  /** May be left out: only one database is served. */
  readonly db?: string | null | false
  readonly login: string
  readonly password: string
}

const loginParams = validator<LoginParams>(
  {
    type: 'object',
    required: ['login', 'password'],
    properties: {
      db: { anyOf: [{ type: ['string', 'null'] }, { const: false }] },
      login: { type: 'string', maxLength: 1000 },
      password: { type: 'string' },
    },
  },
  'params',
  PARAMS_INVALID,
)

/** Opens a session for a person's login and password; API keys are for `/jsonrpc`. */
const authenticate: Handler = async (params, exchange) => {
  const { request } = exchange
  const { db, login, password } = loginParams(params)
  if (db) checkDatabase(request, db)
  const { credentials, runtime, config } = request.server.services
  const uid = await credentials.check({ who: login, secret: password, address: request.ip, keys: false })
  if (uid === null) throw new ACCESS_DENIED()
  request.facts.uid = uid
  const info = await sessionInfo(runtime, config, uid)
  await openSession(exchange, uid)
  return info
}

const getSessionInfo: Handler = async (_params, { request }) => {
  const { uid } = await requireSession(request)
  const { runtime, config } = request.server.services
  return sessionInfo(runtime, config, uid)
}

const check: Handler = async (_params, { request }) => {
  await requireSession(request)
  return null
}

const destroy: Handler = async (_params, exchange) => {
  await closeSession(exchange)
  return null
}

const modules: Handler = async (_params, { request }) => {
  const { uid } = await requireSession(request)
  return installedAddons(request.server.services.runtime, uid)
}

/** `/web/session`: logging in and out, and what a client has to know of its user. */
export async function webSession(app: FastifyInstance): Promise<void> {
  jsonRpcRoute(app, '/web/session/authenticate', 'lenient', authenticate)
  jsonRpcRoute(app, '/web/session/get_session_info', 'lenient', getSessionInfo)
  jsonRpcRoute(app, '/web/session/check', 'lenient', check)
  jsonRpcRoute(app, '/web/session/destroy', 'lenient', destroy)
  jsonRpcRoute(app, '/web/session/modules', 'lenient', modules)
}
