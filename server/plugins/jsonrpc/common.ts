import { PARAMS_INVALID } from '../../errors.ts'
import { validator } from '../../validate.ts'
import { VERSION_INFO } from '../../version.ts'
import { checkServed } from './database.ts'
import type { Service, ServiceMethod } from './service.ts'

const TEXT = { type: 'string' }

const loginArgs = validator<readonly [db: string, login: string, password: string]>(
  { type: 'array', minItems: 3, items: [TEXT, TEXT, TEXT] },
  'args',
  PARAMS_INVALID,
)

/** The user's id, or `false` when login and password do not fit. API keys do as well as passwords. */
const login: ServiceMethod = async (args, request) => {
  const [db, who, secret] = loginArgs(args)
  checkServed(request, db)
  const uid = await request.server.services.credentials.check({ who, secret, address: request.ip, keys: true })
  if (uid !== null) request.facts.uid = uid
  return uid ?? false
}

const about: ServiceMethod = async ([extended]) => {
  const text = 'Comptoir speaks the wire protocol of Odoo 18.'
  return extended === true ? [text, VERSION_INFO.server_version] : text
}

/** What can be asked without rights. */
export const common: Service = {
  methods: new Map<string, ServiceMethod>([
    ['version', async () => VERSION_INFO],
    ['about', about],
    ['login', login],
    // The fourth argument, about the user's agent, changes nothing here.
    ['authenticate', login],
  ]),
}
