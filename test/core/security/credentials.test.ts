import t from 'tap'
import { Credentials } from '#core/security/credentials.ts'
import { hashPassword } from '#core/security/password.ts'
import { sql } from '#core/sql/fragment.ts'
import { addKey, onBoth, run } from './fixture/users.ts'

const attempt = { address: '::1', keys: true }

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

onBoth(t, 'a password is checked by login and by id', async (t, database) => {
  const credentials = new Credentials(await database())
  t.equal(await credentials.check({ ...attempt, who: 'ada', secret: 'secret' }), 7)
  t.equal(await credentials.check({ ...attempt, who: 7, secret: 'secret' }), 7)
  t.equal(await credentials.check({ ...attempt, who: 'ada', secret: 'Secret' }), null)
  t.equal(await credentials.check({ ...attempt, who: 'eve', secret: 'secret' }), null)
  t.equal(await credentials.check({ ...attempt, who: 8, secret: 'secret' }), null)
  t.equal(await credentials.check({ ...attempt, who: '7', secret: 'secret' }), null)
})

onBoth(t, 'texts that no user has are refused, not passed on', async (t, database) => {
  const credentials = new Credentials(await database())
  for (const who of ["' OR 1=1 --", 'ada\0', '', 'x'.repeat(100_000)]) {
    t.equal(await credentials.check({ ...attempt, who, secret: 'secret' }), null)
  }
  t.equal(await credentials.check({ ...attempt, who: 'ada', secret: 'x'.repeat(10_000_000) }), null)
})

onBoth(t, 'a right pair is hashed once, and its calls that arrive together wait for one hash', async (t, database) => {
  const credentials = new Credentials(await database())
  const check = () => credentials.check({ ...attempt, who: 7, secret: 'secret' })
  const first = await elapsed(check)
  const hundred = await elapsed(async () => {
    for (let i = 0; i < 100; i += 1) t.equal(await check(), 7)
  })
  t.ok(hundred < first * 20, `${hundred} ms for 100 after ${first} ms for the first`)

  const others = new Credentials(await database())
  const together = await Promise.all(
    Array.from({ length: 50 }, () => others.check({ ...attempt, who: 'ada', secret: 'secret' })),
  )
  t.ok(
    together.every((uid) => uid === 7),
    'nobody is taken for a guesser',
  )
})

onBoth(t, 'a remembered pair is no longer right once the password or the user changes', async (t, database) => {
  const db = await database()
  const credentials = new Credentials(db)
  const check = (secret: string) => credentials.check({ ...attempt, who: 'ada', secret })
  t.equal(await check('secret'), 7)
  await run(db, sql`UPDATE res_users SET password = ${await hashPassword('changed')}`)
  t.equal(await check('secret'), null)
  t.equal(await check('changed'), 7)
  await run(db, sql`UPDATE res_users SET active = ${false}`)
  t.equal(await check('changed'), null)
  await run(db, sql`UPDATE res_users SET active = ${true}, password = NULL`)
  t.equal(await check('changed'), null)
  t.equal(await check(''), null)
})

onBoth(t, 'an API key does as well as the password, where keys are asked for', async (t, database) => {
  const db = await database()
  await addKey(db, '0123456789abcdef', null, null)
  await addKey(db, 'fedcba9876543210', 'rpc', new Date(Date.now() + 3_600_000))
  const credentials = new Credentials(db)
  t.equal(await credentials.check({ ...attempt, who: 'ada', secret: '0123456789abcdef' }), 7)
  t.equal(await credentials.check({ ...attempt, who: 7, secret: 'fedcba9876543210' }), 7)
  t.equal(
    await credentials.check({ ...attempt, who: 7, secret: '01234567' }),
    null,
    'its first characters are not secret',
  )
  t.equal(await credentials.check({ ...attempt, keys: false, who: 'ada', secret: '0123456789abcdef' }), null)
})

onBoth(t, 'an API key that has expired, has another scope or was deleted is refused', async (t, database) => {
  const db = await database()
  await addKey(db, 'expired-key-00001', null, new Date(Date.now() - 60_000))
  await addKey(db, 'devices-key-00001', 'trusted_device', null)
  await addKey(db, 'revoked-key-00001', 'rpc', null)
  const credentials = new Credentials(db)
  t.equal(await credentials.check({ ...attempt, who: 7, secret: 'expired-key-00001' }), null)
  t.equal(await credentials.check({ ...attempt, who: 7, secret: 'devices-key-00001' }), null)
  t.equal(await credentials.check({ ...attempt, who: 7, secret: 'revoked-key-00001' }), 7)
  await run(db, sql`DELETE FROM res_users_apikeys`)
  t.equal(await credentials.check({ ...attempt, who: 7, secret: 'revoked-key-00001' }), null)
})

onBoth(t, 'an unknown login takes as long as a wrong password', async (t, database) => {
  const credentials = new Credentials(await database())
  const wrong = await elapsed(() => credentials.check({ ...attempt, who: 'ada', secret: 'wrong' }))
  const unknown = await elapsed(() => credentials.check({ ...attempt, who: 'eve', secret: 'wrong' }))
  t.ok(unknown > wrong / 4, `${unknown} ms against ${wrong} ms`)
})

onBoth(t, 'guessing is refused after ten failures, a remembered pair is not', async (t, database) => {
  const credentials = new Credentials(await database())
  const check = (secret: string) => credentials.check({ ...attempt, who: 'ada', secret })
  t.equal(await check('secret'), 7)
  const answers = await Promise.allSettled(Array.from({ length: 15 }, (_item, i) => check(`guess ${i}`)))
  t.equal(answers.filter(({ status }) => status === 'fulfilled').length, 10)
  await t.rejects(check('another'), { code: 'LOGIN_DELAYED' })
  t.equal(await check('secret'), 7)
})

onBoth(t, 'a password that was hashed with old parameters is hashed again', async (t, database) => {
  const db = await database()
  const { scryptSync } = await import('node:crypto')
  const hash = scryptSync('old', Buffer.alloc(16), 32, { N: 1024, r: 8, p: 1 }).toString('base64').replace('=', '')
  await run(db, sql`UPDATE res_users SET password = ${`$scrypt$ln=10,r=8,p=1$${'A'.repeat(22)}$${hash}`}`)
  const credentials = new Credentials(db)
  t.equal(await credentials.check({ ...attempt, who: 7, secret: 'old' }), 7)
  const [row] = await db.transaction('read', (connection) => connection.rows(sql`SELECT password FROM res_users`))
  t.match(row, { password: /^\$scrypt\$ln=14,r=8,p=5\$/ })
  t.equal(await credentials.check({ ...attempt, who: 7, secret: 'old' }), 7)
})
