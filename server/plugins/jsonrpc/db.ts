import { sql } from '../../../core/sql/fragment.ts'
import { ACCESS_DENIED } from '../../../core/security/errors.ts'
import { DUMP_INVALID, MASTER_FIXED } from '../../databases/errors.ts'
import { PARAMS_INVALID } from '../../errors.ts'
import { validator, type Schema } from '../../validate.ts'
import { SERVER_VERSION } from '../../version.ts'
import type { Service, ServiceMethod } from './service.ts'

const TEXT: Schema = { type: 'string' }
const FLAG: Schema = { type: ['boolean', 'integer', 'null'] }
const OPTIONAL: Schema = { type: ['string', 'boolean', 'null'] }

/** Checks positional arguments; those after `required` may be left out. */
function args<T extends readonly unknown[]>(required: number, ...items: readonly Schema[]): (given: unknown) => T {
  return validator<T>(
    { type: 'array', minItems: required, maxItems: items.length, items: [...items] },
    'args',
    PARAMS_INVALID,
  )
}

/** A method for who knows the master password, which is the first argument. */
function managed<T extends readonly unknown[]>(
  read: (given: unknown) => T,
  work: (args: T, databases: Parameters<ServiceMethod>[1]['server']['services']['databases']) => Promise<unknown>,
): ServiceMethod {
  return async ([master, ...rest], request) => {
    const { databases } = request.server.services
    databases.check(master, request.ip)
    return work(read(rest), databases)
  }
}

const createArgs = args<[string, boolean | null, string | null, string?, string?, (string | false | null)?, unknown?]>(
  2,
  TEXT,
  FLAG,
  OPTIONAL,
  TEXT,
  TEXT,
  OPTIONAL,
  OPTIONAL,
)

const create = managed(
  createArgs,
  async ([name, demo, lang, password = 'admin', login = 'admin', country = null], databases) => {
    await databases.create(name, {
      demo: Boolean(demo),
      lang: lang || 'en_US',
      login,
      password,
      country: country || null,
    })
    return true
  },
)

const duplicate = managed(args<[string, string, boolean?]>(2, TEXT, TEXT, FLAG), async ([from, to, neutral], all) => {
  await all.duplicate(from, to, Boolean(neutral))
  return true
})

const dump = managed(args<[string, string?]>(1, TEXT, TEXT), async ([name], all) =>
  (await all.dump(name)).toString('base64'),
)

const restore = managed(args<[string, string, boolean?]>(2, TEXT, TEXT, FLAG), async ([name, data], all) => {
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(data)) throw new DUMP_INVALID('it is no base64')
  await all.restore(name, Buffer.from(data, 'base64'))
  return true
})

const rename = managed(args<[string, string]>(2, TEXT, TEXT), async ([from, to], all) => {
  await all.rename(from, to)
  return true
})

const migrate = managed(args<[string[]]>(1, { type: 'array', items: TEXT }), async ([names], all) => {
  await all.migrate(names)
  return true
})

/** Codes and names of all languages, which no client needs to log in for. */
const languages: ServiceMethod = async (_args, request) =>
  request.server.services.runtime.db.transaction('read', async (connection) =>
    (await connection.rows<{ code: string; name: string }>(sql`SELECT code, name FROM res_lang ORDER BY name`)).map(
      ({ code, name }) => [code, name],
    ),
  )

const countries: ServiceMethod = async ([master], request) => {
  const { databases, runtime } = request.server.services
  databases.check(master, request.ip)
  return runtime.call({ uid: 1, su: true }, 'read', async (env) => {
    const found = await (await env.model('res.country').search([])).load(['code', 'name'])
    return found.map((country) => [String(country['code']).toLowerCase(), country['name']])
  })
}

/** What clients ask to find out where they are, and how databases are managed by who knows the master password. */
export const db: Service = {
  methods: new Map<string, ServiceMethod>([
    ['list', async (_args, request) => request.server.services.databases.names()],
    ['db_exist', async ([name], request) => (await request.server.services.databases.names()).includes(String(name))],
    ['server_version', async () => SERVER_VERSION],
    ['list_lang', languages],
    ['list_countries', countries],
    ['create_database', create],
    ['duplicate_database', duplicate],
    ['drop', managed(args<[string]>(1, TEXT), async ([name], databases) => databases.drop(name))],
    ['dump', dump],
    ['restore', restore],
    ['rename', rename],
    ['migrate_databases', migrate],
    ['change_admin_password', managed(args(0, TEXT), async () => Promise.reject(new MASTER_FIXED()))],
  ]),
  otherwise: () => Promise.reject(new ACCESS_DENIED()),
}
