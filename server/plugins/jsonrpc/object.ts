import type { FastifyRequest } from 'fastify'
import { ACCESS_DENIED } from '../../../core/security/errors.ts'
import { OBJECT_UNKNOWN, PARAMS_INVALID } from '../../errors.ts'
import { callModel, type ModelCall } from '../../model-call.ts'
import { type Schema, validator } from '../../validate.ts'
import { checkServed } from './database.ts'
import type { Service, ServiceMethod } from './service.ts'

const TEXT: Schema = { type: 'string', maxLength: 200 }
// Not checked here: a client whose login failed sends `false`, and is told what any wrong user id is told.
const ANY: Schema = {}

type Head = readonly [db: string, uid: unknown, secret: unknown, model: string, method: string]

const executeArgs = validator<readonly [...Head, ...unknown[]]>(
  { type: 'array', minItems: 5, items: [TEXT, ANY, ANY, TEXT, TEXT] },
  'args',
  PARAMS_INVALID,
)

const executeKwArgs = validator<readonly [...Head, (readonly unknown[])?, (Record<string, unknown> | null)?]>(
  {
    type: 'array',
    minItems: 5,
    maxItems: 7,
    items: [TEXT, ANY, ANY, TEXT, TEXT, { type: 'array' }, { type: ['object', 'null'] }],
  },
  'args',
  PARAMS_INVALID,
)

const MAX_ID = 2 ** 31 - 1

/** @throws ACCESS_DENIED */
async function userOf(request: FastifyRequest, given: unknown, secret: unknown): Promise<number> {
  // scripts that keep the id in a configuration file send its digits
  const who = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given
  if (typeof who !== 'number' || typeof secret !== 'string') throw new ACCESS_DENIED()
  if (!Number.isInteger(who) || who < 1 || who > MAX_ID) throw new ACCESS_DENIED()
  const uid = await request.server.services.credentials.check({ who, secret, address: request.ip, keys: true })
  if (uid === null) throw new ACCESS_DENIED()
  return uid
}

/** @throws OBJECT_UNKNOWN, and what the call throws */
function callObject(request: FastifyRequest, call: ModelCall): Promise<unknown> {
  if (!request.server.services.runtime.registry.has(call.model)) throw new OBJECT_UNKNOWN(call.model)
  return callModel(request, call)
}

const execute: ServiceMethod = async (args, request) => {
  const [db, who, secret, model, method, ...rest] = executeArgs(args)
  checkServed(request, db)
  const uid = await userOf(request, who, secret)
  return callObject(request, { uid, model, method, args: rest, kwargs: {} })
}

const executeKw: ServiceMethod = async (args, request) => {
  const [db, who, secret, model, method, rest = [], kwargs] = executeKwArgs(args)
  checkServed(request, db)
  const uid = await userOf(request, who, secret)
  return callObject(request, { uid, model, method, args: rest, kwargs: kwargs ?? {} })
}

/** Calls of models' methods; the password, or an API key in its place, comes with each. */
export const object: Service = {
  methods: new Map<string, ServiceMethod>([
    ['execute', execute],
    ['execute_kw', executeKw],
  ]),
}
