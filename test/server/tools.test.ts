/* The tools of module developers: a new addon, the doctor, the shell, profiles and measurements. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { completions } from '#server/cli/shell.ts'
import { newAddonFiles } from '#server/cli/addon-template.ts'
import { databasePath, testServer } from './fixture/server.ts'

t.setTimeout(300_000)

/** Runs a command of `server/start.mjs` and gives what it printed and its status. */
async function run(args: readonly string[], input = ''): Promise<{ output: string; status: number | null }> {
  const child: ChildProcess = spawn(process.execPath, ['server/start.mjs', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stdin?.end(input)
  const [status] = (await once(child, 'close')) as [number | null]
  return { output, status }
}

function folder(t: Test): string {
  const path = mkdtempSync(join(tmpdir(), 'comptoir-addons-'))
  t.teardown(() => rmSync(path, { recursive: true, force: true }))
  return path
}

t.test('addon new writes an addon, and refuses a name that is taken or none', async (t) => {
  const path = folder(t)
  const { output, status } = await run(['addon', 'new', 'wine_cellar', '--addons-path', path])
  t.equal(status, 0)
  t.match(output, 'wine_cellar/manifest.ts')
  t.match(readFileSync(join(path, 'wine_cellar/models/wine_cellar_item.ts'), 'utf8'), "'wine.cellar.item'")

  const again = await run(['addon', 'new', 'wine_cellar', '--addons-path', path])
  t.equal(again.status, 1)
  t.match(again.output, /There is .*wine_cellar already/)
  t.match((await run(['addon', 'new', 'Wine'])).output, 'addon is called as')
})

t.test(
  'an addon outside of the project is compiled with what it imports from it, and from one beside it',
  async (t) => {
    const path = folder(t)
    t.equal((await run(['addon', 'new', join(path, 'wine_cellar')])).status, 0)
    const model = join(path, 'wine_cellar/models/wine_cellar_item.ts')
    mkdirSync(join(path, 'grapes'))
    writeFileSync(join(path, 'grapes/names.ts'), "export const GRAPES = ['Gamay'] as const\n")
    const compile = async (): Promise<string> => {
      // as a developer runs it: tap gives its loaders to whatever a test starts
      const child = spawn('env', ['-u', 'NODE_OPTIONS', 'node_modules/.bin/tsc', '-p', join(path, 'wine_cellar')], {
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let output = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
      await once(child, 'close')
      return output
    }
    const text = readFileSync(model, 'utf8')
    writeFileSync(
      model,
      `import { GRAPES } from '#addons/grapes/names.ts'\n${text}\nexport const FIRST: 'Gamay' = GRAPES[0]\n`,
    )
    t.equal(await compile(), '')
    writeFileSync(model, `${text}\nexport const WRONG: number = field.char()\n`)
    t.match(await compile(), /wine_cellar_item\.ts.*error TS2322/)
  },
)

t.test('the files of a new addon name it and nothing else', async (t) => {
  const files = newAddonFiles('wine_cellar', '../..')
  t.match(files['index.ts'], 'WineCellarItem')
  t.same(
    Object.values(files).filter((text) => /my_addon|\[object/.test(text)),
    [],
  )
})

t.test('the shell runs lines of TypeScript with env, one after the other, and keeps what they name', async (t) => {
  const url = `sqlite:${databasePath(t)}`
  await run(['install', '--database-url', url, '--addons', 'base', '--no-demo'])
  const lines = [
    "const found = await env['res.partner'].search([['name', '=', 'My Company']])",
    "(await found.load(['name']))[0]?.name + '!'",
    '1 + (2 as number)',
    '.exit',
    '',
  ]
  const { output } = await run(['shell', '--database-url', url], lines.join('\n'))
  t.match(output, 'res.partner(1)')
  t.match(output, "'My Company!'")
  t.match(output, '> 3')

  const file = join(folder(t), 'count.ts')
  writeFileSync(file, "export default async (env: any) => `${await env['res.lang'].search_count([])} languages`\n")
  t.match((await run(['shell', file, '--database-url', url])).output, /'\d+ languages'/)
})

t.test('the shell completes models, fields and methods', async (t) => {
  const { runtime } = await testServer(t)
  t.same(completions(runtime, "env['res.partner.c"), [['res.partner.category'], 'res.partner.c'])
  t.same(completions(runtime, "await env['res.partner'].load(['stre"), [['street', 'street2'], 'stre'])
  t.same(completions(runtime, "env['res.partner'].address_"), [['address_get'], 'address_'])
  t.same(completions(runtime, "env['no.model'].x"), [[], "env['no.model'].x"])
})

t.test('the doctor names every mistake of every addon, and goes on after each', async (t) => {
  const path = folder(t)
  for (const name of ['sick_view', 'sick_data', 'sound']) await run(['addon', 'new', name, '--addons-path', path])
  const change = (file: string, from: string | RegExp, to: string): void =>
    writeFileSync(join(path, file), readFileSync(join(path, file), 'utf8').replace(from, to))
  change('sick_view/views/sick_view_item.xml', '<field name="total"/>', '<field name="totall"/>')
  change('sick_view/views/sick_view_item.xml', 'widget="badge"', 'widget="bagde"')
  change('sick_data/views/sick_data_item.xml', '<field name="res_model">', '<field name="res_modell">')
  const { output, status } = await run(['doctor', '--addons-path', path])
  t.equal(status, 1)
  t.match(output, /sick_view\/views\/sick_view_item\.xml:12.*no field 'totall'; did you mean 'total'/)
  t.match(output, /sick_data\/views\/sick_data_item\.xml:46.*res_modell/)
  t.notMatch(output, 'sound/')
})

t.test('a request is followed by a profile that warns of statements which repeat', async (t) => {
  const { app, client } = await testServer(t, { profile: true, logLevel: 'info' })
  const browser = client()
  await browser.login()
  const { headers } = await app.inject({ method: 'GET', url: '/web/health' })
  t.match(headers['server-timing'], /^total;dur=[\d.]+, db;desc="0 queries"$/)
})

t.test('measurements count requests, calls, statements and errors', async (t) => {
  const { app, client } = await testServer(t)
  const browser = client()
  await browser.login()
  await browser.kw('res.partner', 'search_count', [[]])
  await browser.kw('res.partner', 'no_such_method')
  const { body, headers } = await app.inject({ method: 'GET', url: '/metrics' })
  t.match(headers['content-type'], 'text/plain')
  t.match(body, /comptoir_http_request_duration_seconds_count\{.*route="\/web\/dataset\/call_kw\/\*".*\} 2/)
  t.match(body, /comptoir_call_duration_seconds_count\{.*call="res\.partner\.search_count".*\} 1/)
  t.match(body, /comptoir_errors_total\{.*code="METHOD_UNKNOWN".*\} 1/)
})

t.test('measurements are answered to this machine alone', async (t) => {
  const { app, again } = await testServer(t)
  t.equal((await app.inject({ method: 'GET', url: '/metrics', remoteAddress: '192.0.2.1' })).statusCode, 404)
  t.equal(
    (await again({ metricsOpen: true }).app.inject({ method: 'GET', url: '/metrics', remoteAddress: '192.0.2.1' }))
      .statusCode,
    200,
  )
})
