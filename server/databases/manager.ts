import { createHash, timingSafeEqual } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backup } from '../../core/backup/backup.ts'
import { restore } from '../../core/backup/restore.ts'
import { emptyPostgres } from '../../core/backup/postgres-server.ts'
import { openRuntime } from '../../core/open.ts'
import type { Runtime } from '../../core/runtime.ts'
import type { LoginLimits } from '../../core/security/login-limits.ts'
import { openDatabase } from '../../core/sql/open.ts'
import type { Config } from '../config.ts'
import { packed, unpack } from './archive.ts'
import { DATABASE_MISSING, DATABASE_NAME, DATABASE_SERVED, DATABASE_THERE, MASTER_OFF, MASTER_WRONG } from './errors.ts'
import { placeOf, type Place } from './place.ts'

/** What a new database begins with. */
export interface NewDatabase {
  readonly demo: boolean
  /** `fr_FR`. */
  readonly lang: string
  readonly login: string
  readonly password: string
  /** ISO code of the company's country. */
  readonly country: string | null
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/
const SYSTEM = { uid: 1, su: true } as const

/**
 * Makes, copies, saves and drops the databases beside the one that is served, for who knows the master password.
 * Another server, or this one when it is started again, serves them.
 */
export class Databases {
  readonly #config: Config
  readonly #runtime: Runtime
  readonly #limits: LoginLimits
  readonly #place: Place

  constructor(config: Config, runtime: Runtime, limits: LoginLimits) {
    this.#config = config
    this.#runtime = runtime
    this.#limits = limits
    this.#place = placeOf(config.databaseUrl)
  }

  /** Whether there is a master password at all. */
  get isManaged(): boolean {
    return this.#config.masterPassword !== undefined
  }

  /**
   * Lets who knows the master password pass.
   * @throws MASTER_OFF, MASTER_WRONG, LOGIN_DELAYED
   */
  check(given: unknown, address: string): void {
    const { masterPassword } = this.#config
    if (masterPassword === undefined) throw new MASTER_OFF()
    this.#limits.begin('the master password', address)
    if (typeof given !== 'string' || !isSame(given, masterPassword)) {
      this.#limits.failed(address)
      throw new MASTER_WRONG()
    }
    this.#limits.succeeded('the master password', address)
  }

  /** Names of the databases: of all while they are managed, else of the one that is served. */
  async names(): Promise<string[]> {
    return this.isManaged ? this.#place.names() : [this.#runtime.db.name]
  }

  /** @throws DATABASE_NAME, DATABASE_THERE */
  async create(name: string, begin: NewDatabase): Promise<void> {
    await this.#free(name)
    const url = this.#place.url(name)
    await this.#made(name, async () => {
      if (!url.startsWith('sqlite:')) await emptyPostgres(url, false)
      const runtime = await openRuntime({ url, addons: ['base'], demo: begin.demo })
      try {
        await runtime.call(SYSTEM, 'write', async (env) => {
          const languages = await env.model('res.lang').search([
            ['code', '=', begin.lang],
            ['active', 'in', [true, false]],
          ])
          await languages.write({ active: true })
          const admin = await env.model('res.users').search([['login', '=', 'admin']])
          await admin.write({ login: begin.login, password: begin.password, lang: begin.lang })
          if (begin.country === null) return
          const [country] = (await env.model('res.country').search([['code', '=', begin.country.toUpperCase()]])).ids
          if (country !== undefined) await env.model('res.company').browse([1]).write({ country_id: country })
        })
      } finally {
        await runtime.close()
      }
    })
  }

  /** A copy; `isNeutral` leaves its jobs and mail servers switched off. @throws DATABASE_MISSING, DATABASE_THERE */
  async duplicate(from: string, to: string, isNeutral: boolean): Promise<void> {
    await this.#there(from)
    await this.#free(to)
    await this.#inFolder(async (folder) => {
      await this.#save(from, folder)
      await this.#made(to, async () => {
        await restore(folder, { url: this.#place.url(to), force: false })
        if (isNeutral) await this.#neutralize(to)
      })
    })
  }

  /** The whole database with its attachments as a ZIP archive. @throws DATABASE_MISSING */
  async dump(name: string): Promise<Buffer> {
    await this.#there(name)
    return this.#inFolder(async (folder) => {
      await this.#save(name, folder)
      return packed(folder)
    })
  }

  /** @throws DATABASE_NAME, DATABASE_THERE, DUMP_INVALID */
  async restore(name: string, archive: Buffer): Promise<void> {
    await this.#free(name)
    await this.#inFolder(async (folder) => {
      await unpack(archive, folder)
      await this.#made(name, () => restore(folder, { url: this.#place.url(name), force: false }))
    })
  }

  /** Whether there was something to drop. @throws DATABASE_SERVED */
  async drop(name: string): Promise<boolean> {
    this.#notServed(name, 'dropped')
    if (!(await this.#place.names()).includes(checkedName(name))) return false
    await this.#place.drop(name)
    return true
  }

  /** @throws DATABASE_SERVED, DATABASE_MISSING, DATABASE_NAME, DATABASE_THERE */
  async rename(from: string, to: string): Promise<void> {
    this.#notServed(from, 'renamed')
    await this.#there(from)
    await this.#free(to)
    await this.#place.rename(from, to)
  }

  /** Brings databases up to date with the addons of this server. @throws DATABASE_MISSING */
  async migrate(names: readonly string[]): Promise<void> {
    for (const name of names) {
      await this.#there(name)
      if (name === this.#runtime.db.name) continue // it was when it was opened
      await (await openRuntime({ url: this.#place.url(name), addonsPaths: this.#config.addonsPaths })).close()
    }
  }

  async #save(name: string, folder: string): Promise<void> {
    if (name === this.#runtime.db.name) return backup(this.#runtime.db, folder)
    const db = await openDatabase(this.#place.url(name), { pool: 1 })
    try {
      await backup(db, folder)
    } finally {
      await db.close()
    }
  }

  async #neutralize(name: string): Promise<void> {
    const runtime = await openRuntime({ url: this.#place.url(name), addonsPaths: this.#config.addonsPaths })
    try {
      await runtime.call(SYSTEM, 'write', async (env) => {
        for (const model of ['ir.cron', 'ir.mail_server', 'fetchmail.server']) {
          if (!env.registry.has(model)) continue
          await (await env.model(model).search([['active', '=', true]])).write({ active: false })
        }
      })
    } finally {
      await runtime.close()
    }
  }

  /** Does what makes a database; what is half made goes away again. */
  async #made(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if ((await this.#place.names()).includes(name)) await this.#place.drop(name)
      throw error
    }
  }

  async #inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const outer = await mkdtemp(join(tmpdir(), 'comptoir-database-'))
    try {
      return await work(join(outer, 'backup'))
    } finally {
      await rm(outer, { recursive: true, force: true })
    }
  }

  async #free(name: string): Promise<void> {
    if ((await this.#place.names()).includes(checkedName(name))) throw new DATABASE_THERE(name)
  }

  async #there(name: string): Promise<void> {
    if (!(await this.#place.names()).includes(checkedName(name))) throw new DATABASE_MISSING(name)
  }

  #notServed(name: string, deed: string): void {
    if (name === this.#runtime.db.name) throw new DATABASE_SERVED(name, deed)
  }
}

/** A name that leads nowhere else, as a file or in SQL. @throws DATABASE_NAME */
function checkedName(name: string): string {
  if (!NAME.test(name)) throw new DATABASE_NAME(name)
  return name
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer]
  return timingSafeEqual(a, b)
}
