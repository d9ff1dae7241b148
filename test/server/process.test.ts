import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import t, { type Test } from 'tap'
import { databasePath } from './fixture/server.ts'

// One database for all: what makes a start slow is the installation of a new one.
const path = databasePath(t)

interface Started {
  readonly process: ChildProcess
  /** What it says on standard error. */
  readonly errors: () => string
}

function start(t: Test, ...args: readonly string[]): Started {
  const options = ['--port', '0', '--database-url', `sqlite:${path}`, '--addons', 'base', '--no-demo', ...args]
  const child = spawn(process.execPath, ['server/start.mjs', ...options], { stdio: ['ignore', 'pipe', 'pipe'] })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  t.teardown(() => child.kill('SIGKILL'))
  return { process: child, errors: () => errors }
}

async function firstLine({ process, errors }: Started): Promise<string> {
  if (!process.stdout) return ''
  for await (const line of createInterface(process.stdout)) return line
  return errors()
}

async function post(url: string, params: unknown, cookie = ''): Promise<Response> {
  const body = JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 1, params })
  return fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', cookie } })
}

t.test(
  'the process says where it listens, and on SIGTERM finishes what is under way before it exits with 0',
  async (t) => {
    const server = start(t)
    const line = await firstLine(server)
    t.match(line, /^listening on http:\/\/127\.0\.0\.1:\d+$/)
    const url = line.replace('listening on ', '')
    t.equal((await fetch(`${url}/web/health`)).status, 200)

    const login = await post(`${url}/web/session/authenticate`, { login: 'admin', password: 'admin' })
    const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? ''
    await login.text()
    const partners = Array.from({ length: 2000 }, (_item, i) => ({ name: `Partner ${i}` }))
    const call = post(
      `${url}/web/dataset/call_kw`,
      { model: 'res.partner', method: 'create', args: [partners] },
      cookie,
    )
    await new Promise((resolve) => setTimeout(resolve, 30))
    const exit = once(server.process, 'exit')
    server.process.kill('SIGTERM')
    t.equal(((await (await call).json()) as { result: number[] }).result.length, 2000)
    t.same(await exit, [0, null])
    await t.rejects(fetch(`${url}/web/health`))
  },
)

t.test('hosts that others reach are refused while the administrator has the password admin', async (t) => {
  const refused = start(t, '--host', '0.0.0.0')
  const [code] = (await once(refused.process, 'exit')) as [number]
  t.equal(code, 1)
  t.match(refused.errors(), /does not listen on 0\.0\.0\.0 while the password of admin is 'admin'/)

  const local = start(t)
  const url = (await firstLine(local)).replace('listening on ', '')
  const login = await post(`${url}/web/session/authenticate`, { login: 'admin', password: 'admin' })
  const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? ''
  const { result } = (await login.json()) as { result: { uid: number } }
  const write = { model: 'res.users', method: 'write', args: [[result.uid], { password: 'a better one' }] }
  t.match(await (await post(`${url}/web/dataset/call_kw`, write, cookie)).json(), { result: true })
  const exit = once(local.process, 'exit')
  local.process.kill('SIGTERM')
  t.same(await exit, [0, null])

  const open = start(t, '--host', '0.0.0.0')
  t.match(await firstLine(open), /^listening on http:\/\/0\.0\.0\.0:\d+$/)
})

t.test('wrong options end the process with one line that names them', async (t) => {
  const wrong = start(t, '--workers', '0')
  const [code] = (await once(wrong.process, 'exit')) as [number]
  t.equal(code, 1)
  t.match(wrong.errors(), /^The configuration is not valid: config\.workers .*\n$/)
})

t.test('install creates a database and ends; what is wrong with an installation is told once', async (t) => {
  const url = `sqlite:${databasePath(t)}`
  const installing = start(t, 'install', '--database-url', url)
  t.same(await once(installing.process, 'exit'), [0, null], installing.errors())
  const serving = start(t, '--database-url', url)
  t.match(await firstLine(serving), /^listening on /)

  const wrong = start(t, '--database-url', `sqlite:${databasePath(t)}`, '--addons', 'base,unheard_of')
  t.same(await once(wrong.process, 'exit'), [1, null])
  t.equal(wrong.errors().match(/unheard_of/g)?.length, 1, wrong.errors())
})

t.test('schema prints the steps that are due and changes nothing', async (t) => {
  const printed = async (...args: readonly string[]): Promise<string> => {
    const { process } = start(t, ...args)
    let text = ''
    process.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    await once(process, 'exit')
    return text
  }
  t.equal(await printed('schema'), '  nothing to do\n')
  const fresh = ['schema', '--database-url', `sqlite:${databasePath(t)}`]
  const steps = await printed(...fresh)
  t.match(steps, /CREATE TABLE "res_partner"/)
  t.equal(await printed(...fresh), steps)
})
