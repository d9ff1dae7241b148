import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Runtime } from '#core/runtime.ts'
import { sql } from '#core/sql/fragment.ts'
import type { BareConfig } from './bare/recording.ts'
import { capture, type Capture } from './capture.ts'
import { Client, envelope } from './client.ts'
import { inTurns, type Timing } from './measure.ts'
import type { Operation, Sample } from './operations.ts'
import { startProcess, type ServerProcess } from './process.ts'

const LOGIN = 'admin'
const PASSWORD = 'admin'
const PATIENCE_MS = 12_000
const BARE_SERVER = fileURLToPath(new URL('bare/server.ts', import.meta.url))

/** What one operation took on one database. */
export interface CallResult {
  readonly operation: Operation
  readonly queries: number
  readonly real: Timing
  readonly bare: Timing
}

/** Who calls, by which name the database goes. */
export interface Login {
  readonly uid: number
  readonly db: string
}

/** Records the statements of all operations; what they change stays in the database. */
export async function captureAll(
  runtime: Runtime,
  operations: readonly Operation[],
): Promise<{ sample: Sample; login: Login; captures: Map<string, Capture> }> {
  const [user] = await select(runtime, sql`SELECT id FROM res_users WHERE login = ${LOGIN}`)
  const [company] = await select(
    runtime,
    sql`
    SELECT parent_id AS id FROM res_partner WHERE parent_id IS NOT NULL GROUP BY parent_id HAVING count(*) = 5 ORDER BY 1 LIMIT 1`,
  )
  const head = company?.id ?? 0
  const [contact] = await select(runtime, sql`SELECT id FROM res_partner WHERE parent_id = ${head} ORDER BY id LIMIT 1`)
  const sample: Sample = { company: head, contact: contact?.id ?? 0 }
  const uid = user?.id ?? 0
  const captures = new Map<string, Capture>()
  for (const operation of operations) captures.set(operation.name, await capture(runtime, uid, operation, sample))
  return { sample, login: { uid, db: runtime.db.name }, captures }
}

const select = (runtime: Runtime, statement: ReturnType<typeof sql>): Promise<{ id: number }[]> =>
  runtime.db.transaction('read', (connection) => connection.rows<{ id: number }>(statement))

/** Starts the server that replays what was captured. */
export async function startBare(url: string, captures: ReadonlyMap<string, Capture>): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-bare-'))
  const file = join(folder, 'config.json')
  const config: BareConfig = {
    url,
    recordings: Object.fromEntries([...captures].map(([name, { recording }]) => [name, recording])),
  }
  writeFileSync(file, JSON.stringify(config))
  try {
    return await startProcess(['--import', 'tsx', BARE_SERVER, file])
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A client with a session of the administrator. */
export async function loggedIn(url: string, db: string): Promise<Client> {
  const client = new Client(url)
  await client.call('/web/session/authenticate', { db, login: LOGIN, password: PASSWORD })
  return client
}

/** Times one operation on the product and on the bare server in turns. */
export async function timeOperation(
  real: Client,
  bare: Client,
  operation: Operation,
  sample: Sample,
  login: Login,
  quick: boolean,
): Promise<[Timing, Timing]> {
  const { model, method, kwargs = {}, by } = operation
  const bodies = new Map<number, string>()
  const bodyOf = (run: number): string => {
    let body = bodies.get(run)
    if (body === undefined) {
      const args = operation.args(sample, run)
      body = envelope(
        by === 'password'
          ? {
              service: 'object',
              method: 'execute_kw',
              args: [login.db, login.uid, PASSWORD, model, method, args, kwargs],
            }
          : { model, method, args, kwargs },
      )
      bodies.clear()
      bodies.set(run, body)
    }
    return body
  }
  const path = by === 'password' ? '/jsonrpc' : `/web/dataset/call_kw/${model}/${method}`
  await real.call(path, (JSON.parse(bodyOf(0)) as { params: unknown }).params) // fails here rather than quickly in the loop
  const [first, second] = await inTurns(
    [(run) => real.post(path, bodyOf(run)), (run) => bare.post(`/${encodeURIComponent(operation.name)}`, bodyOf(run))],
    quick ? Math.ceil(operation.runs / 5) : operation.runs,
    quick ? PATIENCE_MS / 3 : PATIENCE_MS,
  )
  return [first as Timing, second as Timing]
}
