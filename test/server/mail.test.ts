import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { createTransport } from 'nodemailer'
import t, { type Test } from 'tap'
import { mailText, setUpAlias } from '#addons/mail/test/incoming-env.ts'
import { openRuntime } from '#core/open.ts'
import type { Runtime } from '#core/runtime.ts'
import { makeConfig } from '#server/config.ts'
import { receiveMails } from '#server/mail/receive.ts'
import { installedDatabase, installedRuntime } from '../env.ts'

/** Starts the server as people do and gives the port that it takes mails at. */
async function start(t: Test, url: string): Promise<{ readonly process: ChildProcess; readonly port: number }> {
  const args = ['server/start.mjs', '--port', '0', '--database-url', url, '--smtp-listen', '127.0.0.1:0', '--no-cron']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  t.teardown(() => child.kill('SIGKILL'))
  for await (const line of createInterface(child.stderr)) {
    const { msg, port } = JSON.parse(line) as { readonly msg: string; readonly port?: number }
    if (msg === 'listening for mails' && port) return { process: child, port }
  }
  return { process: child, port: 0 }
}

async function opened<T>(url: string, work: (runtime: Runtime) => Promise<T>): Promise<T> {
  const runtime = await openRuntime({ url, addons: ['mail'] })
  try {
    return await work(runtime)
  } finally {
    await runtime.close()
  }
}

const SYSTEM = { uid: 1, su: true } as const

t.test('a mail that was answered with yes is there after the process is killed', async (t) => {
  const url = await installedDatabase(t, 'sqlite', ['mail'])
  await opened(url, (runtime) => runtime.call(SYSTEM, 'write', (env) => setUpAlias(env)))
  const server = await start(t, url)
  const transport = createTransport({ host: '127.0.0.1', port: server.port, ignoreTLS: true, pool: true })
  t.teardown(() => transport.close())
  const send = (i: number) =>
    transport.sendMail({
      envelope: { from: 'a@out.test', to: 'jobs@own.test' },
      raw: mailText({ From: `a${i}@out.test`, 'Message-ID': `<${i}@kill.test>`, Subject: `Mail ${i}` }, 'x'),
    })
  await send(0)
  const answered = new Set<number>([0])
  const rest = Array.from({ length: 40 }, (_, i) =>
    send(i + 1).then(
      () => answered.add(i + 1),
      () => undefined,
    ),
  )
  await Promise.race(rest)
  server.process.kill('SIGKILL')
  await once(server.process, 'exit')
  transport.close()
  await Promise.all(rest)
  const kept = await opened(url, (runtime) =>
    runtime.call(SYSTEM, 'read', async (env) => {
      const rows = await env['mail.message'].search([['message_id', 'like', '@kill.test>']])
      return (await rows.load(['message_id'])).map((one) => Number(/^<(\d+)@/.exec(one.message_id ?? '')?.[1]))
    }),
  )
  t.ok(answered.size < 41, 'the process was killed in the middle')
  for (const i of answered) t.ok(kept.includes(i), `mail ${i}`)
})

t.test('without the addon mail no mails come in', async (t) => {
  const runtime = await installedRuntime(t, 'sqlite')
  const config = makeConfig({ smtpListen: '127.0.0.1:0' })
  t.throws(() => receiveMails({} as never, runtime, config), { code: 'CONFIG_INVALID', message: /addon mail/ })
})
