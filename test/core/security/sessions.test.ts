import t from 'tap'
import { ProcessCaches } from '#core/orm/process-caches.ts'
import { SESSION_LIFETIME_MS, Sessions } from '#core/security/sessions.ts'
import type { Row } from '#core/sql/connection.ts'
import type { Database } from '#core/sql/database.ts'
import { sql } from '#core/sql/fragment.ts'
import { onBoth, run } from './fixture/users.ts'

const client = { uid: 7, ip: '::1', userAgent: 'test' }
const MINUTE = 60_000

const rows = (db: Database): Promise<Row[]> =>
  db.transaction('read', (connection) => connection.rows(sql`SELECT * FROM res_users_session ORDER BY id`))

onBoth(t, 'a session is found by its token, of which the database holds a hash only', async (t, database) => {
  const db = await database()
  const sessions = new Sessions(db, new ProcessCaches())
  const token = await sessions.create(client)
  t.match(token, /^[\w-]{43}$/)
  t.match(await sessions.find(token), { uid: 7 })
  const [row] = await rows(db)
  t.match(row, { user_id: 7, token_hash: /^[0-9a-f]{64}$/, ip: '::1', user_agent: 'test' })
  t.notOk(JSON.stringify(row).includes(token))
  t.match(await new Sessions(db, new ProcessCaches()).find(token), { uid: 7 }, 'another process finds it too')
  t.equal(await sessions.find(`${token}x`), null)
})

onBoth(t, 'a new session ends the one that it replaces', async (t, database) => {
  const db = await database()
  const sessions = new Sessions(db, new ProcessCaches())
  const old = await sessions.create(client)
  const token = await sessions.create({ ...client, replaces: old })
  t.equal(await sessions.find(old), null)
  t.match(await sessions.find(token), { uid: 7 })
  t.equal((await rows(db)).length, 1)
})

onBoth(t, 'a destroyed session is gone at once', async (t, database) => {
  const sessions = new Sessions(await database(), new ProcessCaches())
  const token = await sessions.create(client)
  await sessions.find(token)
  await sessions.destroy(token)
  t.equal(await sessions.find(token), null)
})

onBoth(t, 'a session ends after a week without a call, and lives on with calls', async (t, database) => {
  let now = Date.now()
  const db = await database()
  const sessions = new Sessions(db, new ProcessCaches(), () => now)
  const [idle, busy] = [await sessions.create(client), await sessions.create(client)]
  now += SESSION_LIFETIME_MS - MINUTE
  t.match(await sessions.find(busy), { uid: 7 })
  await sessions.settled()
  now += 2 * MINUTE
  t.equal(await sessions.find(idle), null)
  t.match(await sessions.find(busy), { uid: 7 })
})

onBoth(t, 'last_seen is written once a minute at most', async (t, database) => {
  let now = Date.now()
  const db = await database()
  const sessions = new Sessions(db, new ProcessCaches(), () => now)
  const token = await sessions.create(client)
  const seen = async (): Promise<unknown> => {
    await sessions.find(token)
    await sessions.settled()
    return (await rows(db))[0]?.['last_seen']
  }
  const first = await seen()
  now += MINUTE - 1000
  t.equal(await seen(), first)
  now += 2000
  const second = await seen()
  t.not(second, first)
  now += 10_000
  t.equal(await seen(), second)
})

onBoth(
  t,
  'sessions of a user who is set inactive end at once here, within seconds in other processes',
  async (t, database) => {
    let now = Date.now()
    const db = await database()
    const caches = new ProcessCaches()
    const [here, elsewhere] = [new Sessions(db, caches, () => now), new Sessions(db, new ProcessCaches(), () => now)]
    const token = await here.create(client)
    t.match(await here.find(token), { uid: 7 })
    t.match(await elsewhere.find(token), { uid: 7 })

    await run(db, sql`UPDATE res_users SET active = ${false}`)
    caches.clear(['security'])
    t.equal(await here.find(token), null)
    now += 6000
    t.equal(await elsewhere.find(token), null)
  },
)
