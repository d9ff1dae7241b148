import { Client } from 'pg'
import t from 'tap'
import { postgresForTests } from '#test/postgres.ts'

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new Client(url)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}

t.test('the server for tests', async (t) => {
  t.test('copies a template database with its rows', async (t) => {
    const server = await postgresForTests()
    t.teardown(async () => {
      await server.dropDatabase('copy of it')
      await server.dropDatabase('it')
    })
    await server.createDatabase('it')
    await ask(server.url('it'), 'CREATE TABLE thing AS SELECT 7 AS id')
    await server.createDatabase('copy of it', 'it')
    t.same(await ask(server.url('copy of it'), 'SELECT id FROM thing'), [{ id: 7 }])
  })

  t.test('drops a database to which somebody is connected', async (t) => {
    const server = await postgresForTests()
    await server.createDatabase('busy')
    const client = new Client(server.url('busy'))
    const closed = new Promise((resolve) => client.on('error', resolve))
    await client.connect()
    await server.dropDatabase('busy')
    t.match(await closed, { code: '57P01' })
    await t.rejects(ask(server.url('busy'), 'SELECT 1'), { code: '3D000' })
  })

  t.test('speaks UTF-8 and lowers letters beyond ASCII', async (t) => {
    const server = await postgresForTests()
    t.same(
      await ask(server.url('postgres'), `SELECT current_setting('server_encoding') AS encoding, lower('ÉŁ') AS low`),
      [{ encoding: 'UTF8', low: 'éł' }],
    )
  })
})
