import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { isNewDatabase, openRuntime } from '../../core/open.ts'
import type { Runtime } from '../../core/runtime.ts'
import { addressOf, isLoopback } from '../address.ts'
import { buildApp } from '../app.ts'
import type { Config } from '../config.ts'
import { runJobs } from '../jobs.ts'
import { receiveMails } from '../mail/receive.ts'
import { databaseOptions } from './database-options.ts'
import { refuseDefaultPassword } from './default-password.ts'
import { installApart } from './install.ts'

/**
 * Opens the database, creating and installing it when it is new, and serves it until a signal says stop. `options` are
 * the arguments that the configuration was read from.
 */
export async function serve(config: Config, options: readonly string[]): Promise<void> {
  if (await isNewDatabase(config.databaseUrl)) await installApart(options)
  const runtime = await openRuntime(databaseOptions(config))
  try {
    if (!isLoopback(config.host)) await refuseDefaultPassword(runtime.db, config.host)
    const app = buildApp(config, runtime)
    if (config.cron) runJobs(app, runtime)
    receiveMails(app, runtime, config)
    await app.listen({ host: config.host, port: config.port })
    stopOnSignal(app, runtime, config.limits.shutdownPatience)
    const { port } = app.server.address() as AddressInfo // a server on a TCP port has no other kind of address
    process.stdout.write(`listening on ${addressOf(config.host, port)}\n`)
  } catch (error) {
    await runtime.close()
    throw error
  }
}

/** On SIGTERM and SIGINT: takes no more connections, lets the calls under way finish, closes the database, exits 0. */
function stopOnSignal(app: FastifyInstance, runtime: Runtime, patience: number): void {
  const stop = async (): Promise<void> => {
    // Whoever keeps a request open must not keep the process.
    setTimeout(() => app.server.closeAllConnections(), patience).unref()
    await app.close()
    await runtime.close()
    process.exit(0)
  }
  let stopping: Promise<void> | undefined
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stopping ??= stop().catch((error: unknown) => {
        app.log.fatal({ err: error }, 'the server did not stop cleanly')
        process.exit(1)
      })
    })
  }
}
