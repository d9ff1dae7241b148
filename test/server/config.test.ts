import t from 'tap'
import { isLoopback } from '#server/address.ts'
import { readCommand } from '#server/cli/options.ts'
import { makeConfig } from '#server/config.ts'

t.test('without options the server is for this machine, on SQLite, with demo data', async (t) => {
  t.match(readCommand([]), {
    name: 'serve',
    config: {
      host: '127.0.0.1',
      port: 8069,
      databaseUrl: 'sqlite:var/comptoir.sqlite',
      demo: true,
      workers: 1,
      dev: false,
    },
  })
})

t.test('options are read', async (t) => {
  const args = '--host ::1 --port 0 --database-url postgres://u:p@h/db --no-demo --addons sale,crm --addons stock'
  const more =
    '--addons-path /a --addons-path /b --workers 1 --dev --log-level warn --trust-proxy --smtp-listen 127.0.0.1:25 --lmtp'
  t.match(readCommand(['serve', ...args.split(' '), ...more.split(' ')]), {
    config: {
      host: '::1',
      port: 0,
      databaseUrl: 'postgres://u:p@h/db',
      demo: false,
      addons: ['sale', 'crm', 'stock'],
      addonsPaths: ['/a', '/b'],
      dev: true,
      logLevel: 'warn',
      trustProxy: true,
      smtpListen: '127.0.0.1:25',
      lmtp: true,
    },
  })
  t.same(readCommand(['--help']), { name: 'help' })
  t.match(readCommand(['schema', '--port', '1']), { name: 'schema', config: { port: 1 } })
  t.match(readCommand(['--addons', 'install', 'install', '--no-demo']), {
    name: 'install',
    options: ['--addons', 'install', '--no-demo'],
  })
})

t.test('options that cannot be are refused, each with what is wrong', async (t) => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['--port x', /--port 'x' is not a number/],
    ['--port 70000', /config\.port must be <= 65535/],
    ['--log-level loud', /config\.logLevel must be one of trace/],
    ['--database-url mysql:x', /config\.databaseUrl/],
    ['--smtp-listen here', /config\.smtpListen/],
    ['--bad', /--bad/],
    ['fly', /no command 'fly'/],
    ['--demo --no-demo', /exclude each other/],
    ['--workers 0', /config\.workers/],
    ['--workers 65', /config\.workers/],
  ]
  for (const [args, message] of cases)
    t.throws(() => readCommand(args.split(' ')), { code: 'CONFIG_INVALID', message }, args)
})

t.test('a configuration cannot be changed', async (t) => {
  const config = makeConfig()
  t.throws(() => Object.assign(config, { port: 1 }), TypeError)
  t.throws(() => Object.assign(config.limits, { bodyLimit: 1 }), TypeError)
  t.throws(() => makeConfig({ limits: { bodyLimit: -1 } }), { code: 'CONFIG_INVALID' })
})

t.test('hosts that only this machine reaches are known', async (t) => {
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '::1']) t.equal(isLoopback(host), true, host)
  for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.evil.example', 'localhost.evil.example']) {
    t.equal(isLoopback(host), false, host)
  }
})
