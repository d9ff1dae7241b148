/*
 * The least that can answer the same calls: Fastify, a driver, the statements that the product sent. Reads its
 * configuration from the file that the argument names.
 */
import { readFileSync } from 'node:fs'
import Fastify from 'fastify'
import { postgresReplayer } from './postgres.ts'
import type { BareConfig } from './recording.ts'
import { sqliteReplayer } from './sqlite.ts'

const { url, recordings } = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as BareConfig
const replayer = url.startsWith('sqlite:') ? sqliteReplayer(url.slice('sqlite:'.length)) : postgresReplayer(url)

const app = Fastify({ bodyLimit: 64 * 1024 * 1024 })
for (const [name, recording] of Object.entries(recordings)) {
  const replay = replayer.prepare(recording)
  app.post(`/${name}`, async (request) => {
    const { id } = request.body as { id: number }
    return { jsonrpc: '2.0', id, result: await replay() }
  })
}
process.stdout.write(`listening on ${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
