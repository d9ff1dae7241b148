import { spawnSync } from 'node:child_process'
import t from 'tap'
import { installedDatabase } from '../env.ts'
import { as } from '../security/fixture/as.ts'
import { onBoth, served } from '../security/fixture/server.ts'

onBoth('explain_access answers who manages rights, and nobody else', async (t, dialect) => {
  const server = await served(t, dialect)
  const { hidden, open, users } = server.people
  const ask = (role: 'internal' | 'rights' | 'portal', ...args: unknown[]): Promise<unknown> =>
    as(server, role, 'ir.model.access', 'explain_access', args)
  t.match(await ask('rights', 'internal', 'res.partner', 'read', [open, hidden, 999_999]), {
    user: { id: users.internal, login: 'internal' },
    allowed: false,
    first_refused: hidden,
    records: [
      { id: open, allowed: true },
      { id: hidden, allowed: false, exists: true },
      { id: 999_999, exists: false },
    ],
  })
  t.match(await ask('rights', users.internal, 'res.partner', 'unlink'), {
    allowed: false,
    rights: { granted: false, would_grant: [{ xml_id: 'base.group_partner_manager', member: false }] },
    verdict: /base\.group_partner_manager/,
  })
  for (const role of ['internal', 'portal'] as const)
    await t.rejects(ask(role, 'admin', 'res.partner', 'read'), { code: 'EXPLAIN_FORBIDDEN' }, role)
  await t.rejects(ask('rights', 'nobody', 'res.partner', 'read'), { code: 'USER_UNKNOWN' })
  await t.rejects(ask('rights', 'internal', 'res.nothing', 'read'), { code: 'MODEL_UNKNOWN' })
})

onBoth('a refusal explains itself to who manages rights', async (t, dialect) => {
  const server = await served(t, dialect)
  const { hidden } = server.people
  await t.rejects(as(server, 'rights', 'res.partner', 'read', [[hidden], ['name']]), {
    code: 'ACCESS_RULE',
    details: { hint: /^rights may not access/, explanation: { records: [{ id: hidden, allowed: false }] } },
  })
  const error = await as(server, 'internal', 'res.partner', 'read', [[hidden], ['name']]).catch(
    (refused: unknown) => refused,
  )
  t.match(error, { code: 'ACCESS_RULE' })
  t.notMatch(JSON.stringify(error), /explanation|domain/)
})

t.test('the command line explains', async (t) => {
  const url = await installedDatabase(t, 'sqlite')
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['server/start.mjs', 'explain', ...args, '--database-url', url], { encoding: 'utf8' })
  const { stdout, status, stderr } = run('access', 'admin', 'res.partner', 'read', '1,2')
  t.equal(status, 0, stderr)
  t.match(
    stdout,
    /^admin may access Contact \(res\.partner\) 1, 2\.\n\nAccess rights for read:\n[^:]*: base\.group_public\n/,
  )
  t.match(stdout, /domain .*company_ids/)
  for (const args of [
    ['access', 'admin'],
    ['access', 'admin', 'res.partner', 'fly'],
    ['access', 'admin', 'res.partner', 'read', 'x'],
    ['price'],
    ['access', 'nobody', 'res.partner', 'read'],
    ['access', 'admin', 'res.nothing', 'read'],
  ]) {
    const refused = run(...args)
    t.equal(refused.status, 1, args.join(' '))
    t.equal(refused.stdout, '')
  }
})
