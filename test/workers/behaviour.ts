import { once } from 'node:events'
import type { Test } from 'tap'
import { type DialectName, installedDatabase } from '#test/env.ts'
import { eventually } from '../core/jobs/fixture.ts'
import { execute, post, startWorkers, type Workers } from './fixture.ts'

const CLIENTS = 50
const RECORDS = 10
/** Connections at once: with two workers that are both busy, each gets some. */
const ALL = 6

/** The same call on several connections: whichever worker answers, the answers have to be the same. */
function fromAll<T>(call: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: ALL }, call))
}

const idOf = async (made: Promise<unknown>): Promise<number> => ((await made) as number[])[0] as number

/** Adds a word to those of a record, again when somebody else did in between; gives whether the answer arrived. */
async function add(server: Workers, id: number, word: string): Promise<boolean> {
  for (;;) {
    try {
      const [read] = (await server.kw('res.partner', 'read', [[id], ['ref']], { context: { with_version: true } })) as [
        { ref: string | false; __version: string },
      ]
      const answer = await server.kw('res.partner', 'write', [[id], { ref: read.ref ? `${read.ref} ${word}` : word }], {
        version: read.__version,
      })
      if (answer === true) return true
      const { error } = answer as { error: string }
      if (error !== 'VERSION_CONFLICT' && error !== 'DATABASE_BUSY') throw new Error(error)
    } catch (error) {
      if (!['ECONNRESET', 'EPIPE', 'ECONNREFUSED'].includes((error as { code?: string }).code ?? '')) throw error
      return false
    }
  }
}

/** Has fifty clients at once add words to the records; gives those whose answer arrived, growing, and those in doubt. */
function addMany(
  server: Workers,
  records: readonly number[],
  each: number,
): { readonly answered: string[]; readonly uncertain: string[]; readonly ended: Promise<unknown> } {
  const answered: string[] = []
  const uncertain: string[] = []
  const client = async (_: unknown, i: number): Promise<void> => {
    for (let n = 0; n < each; n++) {
      const word = `${i}.${n}`
      const arrived = await add(server, records[i % RECORDS] as number, word)
      ;(arrived ? answered : uncertain).push(word)
    }
  }
  return { answered, uncertain, ended: Promise.all(Array.from({ length: CLIENTS }, client)) }
}

async function wordsOf(server: Workers, records: readonly number[]): Promise<string[]> {
  const rows = (await server.kw('res.partner', 'read', [records, ['ref']])) as { ref: string | false }[]
  return rows.flatMap(({ ref }) => (ref ? ref.split(' ') : [])).toSorted()
}

/** What a server of two workers has to hold, on one of the databases. */
export function workersOn(dialect: DialectName, t: Test): void {
  void t.test(`two workers on one ${dialect} database`, { timeout: 110_000 }, async (t) => {
    const server = await startWorkers(t, await installedDatabase(t, dialect), 2)
    const { url, db, kw } = server
    t.equal(server.pids.length, 2)
    const shared = (await kw('res.partner', 'create', [
      Array.from({ length: RECORDS }, (_, i) => ({ name: `Shared ${i}` })),
    ])) as number[]
    const group = async (name: string): Promise<number> =>
      (
        (await kw('ir.model.data', 'search_read', [
          [
            ['module', '=', 'base'],
            ['name', '=', name],
          ],
          ['res_id'],
        ])) as { res_id: number }[]
      )[0]?.res_id as number
    const [user, manager] = await Promise.all([group('group_user'), group('group_partner_manager')])
    const reader = await idOf(
      kw('res.users', 'create', [[{ name: 'R', login: 'r', password: 'a long one', groups_id: [[6, 0, [user]]] }]]),
    )

    void t.test('under fifty clients nothing stale is answered and no write is lost', async (t) => {
      const load = addMany(server, shared, 4)
      const stale: unknown[] = []
      const expectAll = (what: string, answers: readonly unknown[], holds: (answer: unknown) => boolean): void =>
        void stale.push(...answers.filter((answer) => !holds(answer)).map((answer) => ({ what, answer })))
      const view = await idOf(
        kw('ir.ui.view', 'create', [
          [{ name: 'v', model: 'res.country', type: 'list', arch: '<list string="V0"><field name="name"/></list>' }],
        ]),
      )
      for (let round = 1; round <= 8; round++) {
        const may = round % 2 === 1
        await kw('res.users', 'write', [[reader], { groups_id: [[may ? 4 : 3, manager]] }])
        const written = await fromAll(() =>
          execute(url, db, reader, 'a long one', 'res.partner', 'create', [[{ name: 'by the reader' }]]),
        )
        expectAll('right', written, (answer) => Array.isArray(answer) === may)

        await kw('ir.config_parameter', 'set_param', ['test.round', String(round)])
        expectAll(
          'setting',
          await fromAll(() => kw('ir.config_parameter', 'get_param', ['test.round'])),
          (answer) => answer === String(round),
        )

        await kw('ir.ui.view', 'write', [[view], { arch: `<list string="V${round}"><field name="name"/></list>` }])
        const views = await fromAll(() => kw('res.country', 'get_view', [], { view_id: view, view_type: 'list' }))
        expectAll('view', views, (answer) => (answer as { arch?: string }).arch?.includes(`V${round}`) === true)
      }
      await load.ended
      t.same(stale, [])
      t.equal(server.requests.size, 2, `both answered: ${[...server.requests.values()].join(' and ')} requests`)
      t.equal(load.answered.length, CLIENTS * 4)
      t.same(await wordsOf(server, shared), load.answered.toSorted())
    })

    void t.test('a field that somebody declares is there for every worker, and gone when it is deleted', async (t) => {
      const [model] = (await kw('ir.model', 'search', [[['model', '=', 'res.country']]])) as [number]
      const field = await idOf(
        kw('ir.model.fields', 'create', [
          [{ model_id: model, name: 'x_motto', ttype: 'char', field_description: 'Motto' }],
        ]),
      )
      const fields = await fromAll(() => kw('res.country', 'fields_get', [['x_motto']]))
      t.same(
        fields.map((answer) => Object.keys(answer as object)),
        Array.from(fields, () => ['x_motto']),
      )
      t.equal(await kw('ir.model.fields', 'unlink', [[field]]), true)
      t.same(
        await fromAll(() => kw('res.country', 'fields_get', [['x_motto']])),
        Array.from(fields, () => ({})),
      )
    })

    void t.test('a session that ends has ended for every worker', async (t) => {
      const { cookie } = await post(`${url}/web/session/authenticate`, { db, login: 'admin', password: 'admin' })
      const check = (): Promise<unknown> =>
        post(`${url}/web/session/check`, {}, cookie).then(({ error }) => error?.data.name ?? 'alive')
      t.same(new Set(await fromAll(check)), new Set(['alive']))
      await post(`${url}/web/session/destroy`, {}, cookie)
      t.same(new Set(await fromAll(check)), new Set(['odoo.http.SessionExpiredException']))
    })

    void t.test('pages of every worker hear what one of them changed', async (t) => {
      const { cookie } = await post(`${url}/web/session/authenticate`, { db, login: 'admin', password: 'admin' })
      const [record] = shared
      const cut = new AbortController()
      const pages = await fromAll(() =>
        fetch(`${url}/odoo/live?watch=res.partner:${record}`, { headers: { cookie }, signal: cut.signal }),
      )
      const heard = pages.map(async ({ body }) => {
        let text = ''
        for await (const part of body as ReadableStream<Uint8Array>) {
          text += new TextDecoder().decode(part)
          if (text.includes('event: changed')) return text
        }
        return text
      })
      await kw('res.partner', 'write', [[record], { city: 'Heard' }])
      for (const text of await Promise.all(heard)) t.match(text, `"ids":[${record}]`)
      cut.abort()
    })

    void t.test('each due job is run by one worker', async (t) => {
      const jobs = (await kw('ir.cron', 'search', [[]])) as number[]
      const before = (await kw('ir.cron.log', 'search_count', [[]])) as number
      await kw('ir.cron', 'write', [jobs, { nextcall: '2020-01-01 00:00:00' }])
      t.ok(
        await eventually(
          async () => ((await kw('ir.cron.log', 'search_count', [[]])) as number) >= before + jobs.length,
        ),
      )
      t.equal(await kw('ir.cron.log', 'search_count', [[]]), before + jobs.length)
    })

    void t.test('wrong passwords count wherever they are tried', async (t) => {
      const codes: unknown[] = []
      for (let i = 0; i < 14; i++) {
        const { error } = await post(`${url}/jsonrpc`, {
          service: 'common',
          method: 'login',
          args: [db, 'nobody', `guess ${i}`],
        })
        codes.push(error?.data.context['code'])
      }
      t.equal(codes.filter((code) => code === undefined).length, 10)
      t.equal(codes.at(-1), 'LOGIN_DELAYED')
    })

    void t.test('whichever worker is asked, measurements are the sum over all', async (t) => {
      await fromAll(() => kw('res.country', 'search_count', [[]]))
      await fromAll(() => kw('res.country', 'search_count', [[]]))
      const scrape = async (): Promise<string> =>
        (await fetch(`${url}/metrics`, { headers: { connection: 'close' } })).text()
      const counted = new RegExp(
        `_call_duration_seconds_count\\{.*call="res\\.country\\.search_count".*\\} ${2 * ALL}\n`,
      )
      await eventually(async () => counted.test(await scrape()))
      const texts = await fromAll(scrape)
      for (const text of texts) {
        t.match(text, counted)
        t.notMatch(text, /process="/)
      }
    })

    void t.test('a worker that is killed is replaced, and nothing that was answered is lost', async (t) => {
      await kw('res.partner', 'write', [shared, { ref: false }])
      const load = addMany(server, shared, 3)
      await eventually(() => load.answered.length > 20)
      process.kill(server.pids[0] as number, 'SIGKILL')
      await load.ended
      const words = await wordsOf(server, shared)
      t.same(
        load.answered.filter((word) => !words.includes(word)),
        [],
      )
      t.equal(words.length, new Set(words).size)
      t.same(
        words.filter((word) => !load.answered.includes(word) && !load.uncertain.includes(word)),
        [],
      )
      t.ok(await eventually(() => server.pids.length === 3), 'another worker listens')
    })

    void t.test('on SIGTERM the calls under way are answered and all processes end with 0', async (t) => {
      const partners = Array.from({ length: 1000 }, (_item, i) => ({ name: `Partner ${i}` }))
      const calls = [1, 2].map(() => kw('res.partner', 'create', [partners]))
      await new Promise((resolve) => setTimeout(resolve, 100))
      const exit = once(server.process, 'exit')
      server.process.kill('SIGTERM')
      t.same(
        (await Promise.all(calls)).map((ids) => (ids as number[]).length),
        [1000, 1000],
      )
      t.same(await exit, [0, null])
      for (const pid of server.pids) t.throws(() => process.kill(pid, 0), { code: 'ESRCH' })
    })
  })
}
