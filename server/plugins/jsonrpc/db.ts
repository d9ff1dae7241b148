import { ACCESS_DENIED } from '../../../core/security/errors.ts'
import { SERVER_VERSION } from '../../version.ts'
import type { Service, ServiceMethod } from './service.ts'

/** What clients ask to find out where they are. Databases are managed from the command line, never over the network. */
export const db: Service = {
  methods: new Map<string, ServiceMethod>([
    ['list', async (_args, request) => [request.server.services.runtime.db.name]],
    ['db_exist', async ([name], request) => name === request.server.services.runtime.db.name],
    ['server_version', async () => SERVER_VERSION],
  ]),
  otherwise: () => Promise.reject(new ACCESS_DENIED()),
}
