import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { createInterface } from 'node:readline'
import { defineError } from '#core/errors.ts'

const NOT_SERVED = defineError(
  'TEST_NOT_SERVED',
  'InternalError',
  (output: string) => `The server did not start: ${output}`,
)

/** What of a tap test the helpers use. */
interface Test {
  teardown(work: () => unknown): unknown
}

/** An answer of JSON-RPC. */
export interface Answer {
  readonly result?: unknown
  readonly error?: { readonly data: { readonly name: string; readonly context: Readonly<Record<string, unknown>> } }
  /** The cookie of the session that the answer opened. */
  readonly cookie: string
}

/** A server of several processes. */
export interface Workers {
  readonly url: string
  readonly db: string
  readonly process: ChildProcess
  /** Process ids of the workers that began to listen, dead ones included. */
  readonly pids: readonly number[]
  /** How many requests each process answered. */
  readonly requests: ReadonlyMap<string, number>
  /** Calls a method as `admin`, on a connection of its own: such connections go to whichever worker is free. */
  kw(model: string, method: string, args: readonly unknown[], kwargs?: object): Promise<unknown>
}

/** One request on a connection of its own. */
export async function post(url: string, params: unknown, cookie = ''): Promise<Answer> {
  const body = JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 1, params })
  const sent = request(url, { method: 'POST', agent: false, headers: { 'content-type': 'application/json', cookie } })
  sent.end(body)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk)
  return { ...(JSON.parse(text) as object), cookie: response.headers['set-cookie']?.[0]?.split(';')[0] ?? '' }
}

/** A call of `/jsonrpc` by user and password; the result, or the code of the error in its place. */
export async function execute(url: string, ...args: readonly unknown[]): Promise<unknown> {
  const { result, error } = await post(`${url}/jsonrpc`, { service: 'object', method: 'execute_kw', args })
  return error ? { error: error.data.context['code'] } : result
}

/** Starts a server with workers on a database that is there; it ends with the test. */
export async function startWorkers(
  t: Test,
  database: string,
  workers: number,
  ...options: readonly string[]
): Promise<Workers> {
  const args = ['server/start.mjs', '--port', '0', '--workers', String(workers), '--database-url', database, ...options]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  t.teardown(async () => {
    if (child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  })
  const pids: number[] = []
  const requests = new Map<string, number>()
  let said = ''
  createInterface(child.stderr).on('line', (line) => {
    said += `${line}\n`
    const { msg, worker, reqId } = line.startsWith('{')
      ? (JSON.parse(line) as { msg?: string; worker?: number; reqId?: string })
      : {}
    const [run] = reqId?.split('-') ?? []
    if (run) requests.set(run, (requests.get(run) ?? 0) + 1)
    if (msg === 'worker listens' && worker !== undefined) pids.push(worker)
  })
  const url = await new Promise<string>((resolve, reject) => {
    const lines = createInterface(child.stdout)
    lines.on('line', (line) => resolve(line.replace('listening on ', '')))
    lines.once('close', () => reject(new NOT_SERVED(said)))
  })
  const db = database.replace(/^.*\//, '').replace(/\.sqlite$/, '')
  const { result: uid } = await post(`${url}/jsonrpc`, {
    service: 'common',
    method: 'login',
    args: [db, 'admin', 'admin'],
  })
  return {
    url,
    db,
    process: child,
    pids,
    requests,
    kw: (model, method, args, kwargs = {}) => execute(url, db, uid, 'admin', model, method, args, kwargs),
  }
}
