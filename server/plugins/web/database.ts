import type { FastifyInstance } from 'fastify'
import { jsonRpcRoute } from '../../json-rpc.ts'
import { VERSION_INFO } from '../../version.ts'

/** What a client asks before it logs in. */
export async function webDatabase(app: FastifyInstance): Promise<void> {
  jsonRpcRoute(app, '/web/database/list', 'lenient', async () => [app.services.runtime.db.name])
  jsonRpcRoute(app, '/web/webclient/version_info', 'lenient', async () => VERSION_INFO)
}
