import type { FastifyInstance } from 'fastify'
import type { DestinationStream } from 'pino'
import { Credentials } from '../core/security/credentials.ts'
import { Sessions } from '../core/security/sessions.ts'
import type { Runtime } from '../core/runtime.ts'
import { bareApp } from './bare-app.ts'
import type { Config } from './config.ts'
import { Databases } from './databases/manager.ts'
import { json2 } from './plugins/json2/index.ts'
import { live } from './live/index.ts'
import { metrics } from './metrics.ts'
import { pages } from './pages/index.ts'
import { jsonRpcService } from './plugins/jsonrpc/index.ts'
import { webAction } from './plugins/web/action.ts'
import { webDatabase } from './plugins/web/database.ts'
import { webDataset } from './plugins/web/dataset.ts'
import { webFiles } from './plugins/web/files/index.ts'
import { webHealth } from './plugins/web/health.ts'
import { webHook } from './plugins/web/hook.ts'
import { webSession } from './plugins/web/session.ts'
import { profileRequests } from './profile.ts'
import { xmlRpc } from './plugins/xmlrpc/index.ts'
import { loginLimits } from './workers/login-limits.ts'

/** The server: an app with all routes. The caller keeps the runtime, and closes it after the app. */
export function buildApp(config: Config, runtime: Runtime, log?: DestinationStream): FastifyInstance {
  const credentials = new Credentials(runtime.db, loginLimits())
  const app = bareApp(
    {
      config,
      runtime,
      credentials,
      databases: new Databases(config, runtime, loginLimits()),
      sessions: new Sessions(runtime.db, runtime.caches, Date.now, () => runtime.catchUp()),
    },
    log,
  )
  if (config.dev || config.profile) profileRequests(app, { log: config.profile })
  // as a plain function, so that its hooks see the requests of all routes
  void metrics(app)
  app.register(json2)
  app.register(jsonRpcService)
  app.register(webAction)
  app.register(webDatabase)
  app.register(webDataset)
  app.register(webFiles)
  app.register(webHealth)
  app.register(webHook)
  app.register(webSession)
  app.register(xmlRpc)
  app.register(live)
  app.register(pages)
  return app
}
