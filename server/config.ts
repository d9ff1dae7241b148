import { CONFIG_INVALID } from './errors.ts'
import { type Schema, validator } from './validate.ts'

/** How much of anything a request may be. */
export interface Limits {
  /** Bytes of a body. */
  readonly bodyLimit: number
  /** Milliseconds in which a request must have arrived whole. */
  readonly requestTimeout: number
  /** Levels of arrays and objects inside each other. */
  readonly maxJsonDepth: number
  /** Calls in one JSON-RPC batch. */
  readonly maxBatch: number
  /** Bytes of a mail that comes in. */
  readonly mailSize: number
  /** Milliseconds that calls under way get to finish when the server is told to stop. */
  readonly shutdownPatience: number
}

/** All that a server can be told; validated and frozen. */
export interface Config {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** `sqlite:PATH` or `postgres://…`. */
  readonly databaseUrl: string
  readonly demo: boolean
  /** Names of addons to install; without it, all. */
  readonly addons?: readonly string[]
  /** Folders beside the own one that hold addons. */
  readonly addonsPaths: readonly string[]
  /** Server processes that share the address. */
  readonly workers: number
  /** Whether this process runs scheduled jobs. */
  readonly cron: boolean
  /** Whether answers to errors hold stack traces, and files are read again when they change. */
  readonly dev: boolean
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
  /** Whether every request is followed by a profile of its statements in the log. */
  readonly profile: boolean
  /** Whether `/metrics` answers to others than this machine. */
  readonly metricsOpen: boolean
  /** Whether `X-Forwarded-*` headers tell the client's address and protocol. */
  readonly trustProxy: boolean
  /** `HOST:PORT` that mails come in at; without it, none do. */
  readonly smtpListen?: string
  /** Whether mails come in by LMTP instead of SMTP. */
  readonly lmtp: boolean
  /** What lets callers of the service `db` make, copy and drop databases; without it nobody may. */
  readonly masterPassword?: string
  readonly limits: Limits
}

/** What may be given; the rest has defaults. */
export type ConfigInput = Partial<Omit<Config, 'limits'>> & { readonly limits?: Partial<Limits> }

const DEFAULT_LIMITS: Limits = {
  bodyLimit: 64 * 1024 * 1024,
  requestTimeout: 120_000,
  maxJsonDepth: 128,
  maxBatch: 1000,
  mailSize: 50 * 1024 * 1024,
  shutdownPatience: 30_000,
}

const DEFAULTS: Omit<Config, 'limits'> = {
  host: '127.0.0.1',
  port: 8069,
  databaseUrl: 'sqlite:var/comptoir.sqlite',
  demo: true,
  addonsPaths: [],
  workers: 1,
  cron: true,
  dev: false,
  profile: false,
  metricsOpen: false,
  logLevel: 'info',
  trustProxy: false,
  lmtp: false,
}

/** More than any machine that this is meant for has processors. */
const MAX_WORKERS = 64

const COUNT: Schema = { type: 'integer', minimum: 1 }
const NAMES: Schema = { type: 'array', items: { type: 'string', minLength: 1 } }

const checked = validator<Config>(
  {
    type: 'object',
    additionalProperties: false,
    properties: {
      host: { type: 'string', minLength: 1 },
      port: { type: 'integer', minimum: 0, maximum: 65_535 },
      databaseUrl: { type: 'string', pattern: '^(sqlite:.|postgres(ql)?://)' },
      demo: { type: 'boolean' },
      addons: NAMES,
      addonsPaths: NAMES,
      workers: { type: 'integer', minimum: 1, maximum: MAX_WORKERS },
      cron: { type: 'boolean' },
      dev: { type: 'boolean' },
      profile: { type: 'boolean' },
      metricsOpen: { type: 'boolean' },
      logLevel: { enum: ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] },
      trustProxy: { type: 'boolean' },
      smtpListen: { type: 'string', pattern: '^(\\[[0-9a-fA-F:]+\\]|[^:\\s]+):\\d{1,5}$' },
      lmtp: { type: 'boolean' },
      masterPassword: { type: 'string', minLength: 12 },
      limits: {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(Object.keys(DEFAULT_LIMITS).map((name) => [name, COUNT])),
      },
    },
  },
  'config',
  CONFIG_INVALID,
)

/**
 * The configuration with its defaults filled in.
 * @throws CONFIG_INVALID
 */
export function makeConfig(input: ConfigInput = {}): Config {
  const config = checked({ ...DEFAULTS, ...input, limits: { ...DEFAULT_LIMITS, ...input.limits } })
  return Object.freeze({ ...config, limits: Object.freeze(config.limits) })
}
