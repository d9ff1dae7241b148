import cluster from 'node:cluster'
import type { AddressInfo } from 'node:net'
import { destination, pino } from 'pino'
import { isNewDatabase, openRuntime } from '../../core/open.ts'
import { addressOf, isLoopback } from '../address.ts'
import { buildApp } from '../app.ts'
import type { Config } from '../config.ts'
import { runJobs } from '../jobs.ts'
import { reloadOnSave } from '../dev-reload.ts'
import { receiveMails } from '../mail/receive.ts'
import type { WorkerMessage } from '../workers/messages.ts'
import { Supervisor } from '../workers/supervisor.ts'
import { databaseOptions } from './database-options.ts'
import { refuseDefaultPassword } from './default-password.ts'
import { installApart } from './install.ts'

const STDERR = 2

/**
 * Opens the database, creating and installing it when it is new, and serves it until a signal says stop. `options` are
 * the arguments that the configuration was read from.
 */
export async function serve(config: Config, options: readonly string[]): Promise<void> {
  if (cluster.isPrimary && (await isNewDatabase(config.databaseUrl))) await installApart(options)
  const isSupervisor = cluster.isPrimary && config.workers > 1
  const address = await (isSupervisor ? serveByWorkers(config) : serveHere(config))
  if (cluster.isWorker) process.send?.({ kind: 'listening', address } satisfies WorkerMessage)
  else process.stdout.write(`listening on ${address}\n`)
}

/** Serves in this process; gives the address. */
async function serveHere(config: Config): Promise<string> {
  const runtime = await openRuntime(databaseOptions(config))
  try {
    if (!isLoopback(config.host)) await refuseDefaultPassword(runtime.db, config.host)
    await runtime.listen()
    const app = buildApp(config, runtime)
    if (config.cron) runJobs(app, runtime)
    receiveMails(app, runtime, config)
    if (config.dev) reloadOnSave(app, runtime, config.addonsPaths)
    await app.listen({ host: config.host, port: config.port })
    const { port } = app.server.address() as AddressInfo // a server on a TCP port has no other kind of address
    stopOnSignal(async () => {
      // Whoever keeps a request open must not keep the process.
      setTimeout(() => app.server.closeAllConnections(), config.limits.shutdownPatience).unref()
      await app.close()
      await runtime.close()
    })
    return addressOf(config.host, port)
  } catch (error) {
    await runtime.close()
    throw error
  }
}

/** Has processes of their own serve, each started with the arguments of this one; gives the address. */
async function serveByWorkers(config: Config): Promise<string> {
  const log = pino({ level: config.logLevel, base: null }, destination(STDERR))
  const supervisor = new Supervisor({ workers: config.workers, patience: config.limits.shutdownPatience, log })
  stopOnSignal(() => supervisor.stop())
  try {
    return await supervisor.start()
  } catch (error) {
    await supervisor.stop()
    throw error
  }
}

/** On SIGTERM and SIGINT: takes no more connections, lets the calls under way finish, closes the database, exits 0. */
function stopOnSignal(stop: () => Promise<void>): void {
  let stopping: Promise<void> | undefined
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stopping ??= stop().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`the server did not stop cleanly: ${String(error)}\n`)
          process.exit(1)
        },
      )
    })
  }
}
