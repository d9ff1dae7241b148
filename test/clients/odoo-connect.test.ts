/* odoo-connect, the client from npm, unchanged, against the real server. */
import { createRequire } from 'node:module'
import t from 'tap'
import { DIALECTS } from '../env.ts'
import { served } from './served.ts'

type Row = Record<string, unknown>

/** What the package offers; it has no types of its own. */
interface OdooConnect {
  connect(login: { database: string; username: string; password: string }): Promise<Client>
}
interface Client {
  search(model: string, domain: readonly unknown[]): Promise<number[]>
  searchRead(model: string, domain: readonly unknown[], params?: object): Promise<Row[]>
  create(model: string, values: object | readonly object[]): Promise<unknown>
  call(model: string, method: string, first: unknown, params?: object): Promise<unknown>
}

const Odoo = createRequire(import.meta.url)('odoo-connect') as new (server: {
  host: string
  port: number
}) => OdooConnect

// two databases, each with a server, on a machine that may be busy
t.setTimeout(300_000)

for (const dialect of DIALECTS) {
  t.test(`odoo-connect works unchanged on ${dialect}`, async (t) => {
    const { host, port, db } = await served(t, dialect)
    const odoo = new Odoo({ host, port })
    const client = await odoo.connect({ database: db, username: 'admin', password: 'admin' })

    t.test('records are created, searched, read, written and deleted', async (t) => {
      const id = (await client.create('res.partner', { name: 'Connected', city: 'Aalst', color: 4 })) as number
      const others = await client.create('res.partner', [{ name: 'Connected B' }, { name: 'Connected A' }])
      t.type(id, 'number')
      t.same(await client.search('res.partner', [['name', '=', 'Connected']]), [id])
      const sorted = { select: ['name'], order: 'name desc', limit: 2, offset: 1 }
      const rows = await client.searchRead('res.partner', [['name', '=like', 'Connected%']], sorted)
      t.same(
        rows.map(({ name }) => name),
        ['Connected A', 'Connected'],
      )
      t.equal(await client.call('res.partner', 'write', [id], { vals: { city: 'Brugge', parent_id: false } }), true)
      const fields = ['city', 'color', 'parent_id']
      t.same(await client.call('res.partner', 'read', [id], { fields }), [
        { id, city: 'Brugge', color: 4, parent_id: false },
      ])
      t.equal(await client.call('res.partner', 'unlink', [id, ...(others as number[])]), true)
      t.same(await client.search('res.partner', [['name', '=like', 'Connected%']]), [])
    })

    t.test('without a selection a search reads every field', async (t) => {
      const [row] = await client.searchRead('res.partner', [['is_company', '=', true]], { limit: 1 })
      const fields = (await client.call('res.partner', 'fields_get', false)) as Row
      t.same(Object.keys(row ?? {}).toSorted(), Object.keys(fields).toSorted())
    })

    t.test('fields are described by the attributes asked for', async (t) => {
      t.same(await client.call('res.partner', 'fields_get', ['country_id'], { attributes: ['type', 'relation'] }), {
        country_id: { type: 'many2one', relation: 'res.country' },
      })
    })

    t.test('attachments are made and read', async (t) => {
      const datas = Buffer.from('a text').toString('base64')
      const values = { name: 'note.txt', datas, res_model: 'res.partner', res_id: 1 }
      const id = await client.create('ir.attachment', values)
      const fields = ['datas', 'mimetype', 'file_size', 'res_name']
      t.match(await client.call('ir.attachment', 'read', [id], { fields }), [
        { datas, mimetype: 'text/plain', file_size: 6 },
      ])
      const sized = { fields: ['datas'], context: { bin_size: true } }
      t.match(await client.call('ir.attachment', 'read', [id], sized), [{ datas: '6.00 bytes' }])
    })

    t.test('what the server refuses rejects with its name and message', async (t) => {
      const unknown = client.call('res.partner', 'no_such_method', [])
      const wrong = odoo.connect({ database: db, username: 'admin', password: 'wrong' })
      t.match(await refusal(unknown), {
        message: 'Odoo Server Error',
        code: 200,
        data: { name: 'builtins.AttributeError', message: "The method 'res.partner.no_such_method' does not exist." },
      })
      t.match(await refusal(client.create('res.partner', { nam: 'x' })), { data: { name: 'builtins.ValueError' } })
      t.match(await refusal(wrong), { data: { name: 'odoo.exceptions.AccessDenied' } })
    })
  })
}

/** What a promise that must not succeed rejects with. */
async function refusal(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}
