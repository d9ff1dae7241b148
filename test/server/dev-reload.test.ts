/* A server that was started with --dev reads addons again when their files are saved. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { databasePath } from './fixture/server.ts'

t.setTimeout(300_000)

t.test('models and views are served as they were saved last, and a mistake leaves what there was', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-dev-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  await once(spawn(process.execPath, ['server/start.mjs', 'addon', 'new', 'wine', '--addons-path', folder]), 'exit')
  const args = [
    '--port',
    '0',
    '--dev',
    '--no-demo',
    '--no-cron',
    '--addons',
    'base,wine',
    '--addons-path',
    folder,
    '--database-url',
    `sqlite:${databasePath(t)}`,
  ]
  const server = spawn(process.execPath, ['server/start.mjs', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  t.teardown(() => server.kill('SIGKILL'))
  let log = ''
  server.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()))
  let url = ''
  for await (const line of createInterface(server.stdout)) {
    url = line.replace('listening on ', '')
    break
  }
  const call = async (
    method: string,
    ...params: readonly unknown[]
  ): Promise<Record<string, { string?: string }> & { arch?: string }> => {
    const body = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'call',
      params: { service: 'object', method: 'execute_kw', args: [name, 2, 'admin', 'wine.item', method, params] },
    })
    const answer = await fetch(`${url}/jsonrpc`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    return ((await answer.json()) as { result: never }).result
  }
  const name = /comptoir|server-[\w-]+/.exec(args.at(-1)?.split('/').at(-1)?.replace('.sqlite', '') ?? '')?.[0] ?? ''
  const change = (file: string, from: string | RegExp, to: string): void =>
    writeFileSync(join(folder, 'wine', file), readFileSync(join(folder, 'wine', file), 'utf8').replace(from, to))
  const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
    for (let i = 0; i < 600 && !(await holds()); i++) await pause(100)
  }

  change('models/wine_item.ts', 'price = field.float()', 'price = field.float()\n  vintage = field.integer()')
  change('views/wine_item.xml', '<field name="total"/>', '<field name="vintage"/>')
  await until(async () => 'vintage' in (await call('fields_get')))
  t.match(await call('fields_get'), { vintage: { string: 'Vintage' } })
  await until(async () => /name="vintage"/.test((await call('get_view', false, 'list')).arch ?? ''))
  t.match((await call('get_view', false, 'list')).arch, 'name="vintage"')

  change('views/wine_item.xml', '<field name="vintage"/>', '<field name="vintagge"/>')
  await until(() => log.includes('not reloaded'))
  t.match(log, /wine_item\.xml:\d+, view wine\.view_wine_item_list, .*no field 'vintagge'; did you mean 'vintage'/)
  t.match((await call('get_view', false, 'list')).arch, 'name="vintage"')
})
