/* odoo-await, the client from npm that speaks XML-RPC, unchanged, against the real server. */
import { createRequire } from 'node:module'
import t from 'tap'
import { DIALECTS } from '../env.ts'
import { served } from './served.ts'

type Row = Record<string, unknown>

/** What the package offers; it has no types of its own. */
interface OdooAwait {
  connect(): Promise<number>
  create(model: string, values: Row): Promise<number>
  read(model: string, ids: readonly number[], fields?: readonly string[]): Promise<Row[]>
  update(model: string, id: number, values: Row): Promise<boolean>
  delete(model: string, ids: readonly number[]): Promise<boolean>
  search(model: string, domain: Row): Promise<number[]>
  searchRead(model: string, domain: Row, fields: readonly string[], options?: Row): Promise<Row[]>
  getFields(model: string, attributes: readonly string[]): Promise<Record<string, Row>>
  createExternalId(model: string, id: number, name: string): Promise<unknown>
  readByExternalId(name: string, fields?: readonly string[]): Promise<Row>
  execute_kw(model: string, method: string, params: readonly unknown[]): Promise<unknown>
}

const Odoo = createRequire(import.meta.url)('odoo-await') as new (options: Row) => OdooAwait

// two databases, each with a server, on a machine that may be busy
t.setTimeout(300_000)

for (const dialect of DIALECTS) {
  t.test(`odoo-await works unchanged on ${dialect}`, async (t) => {
    const { url, db, key } = await served(t, dialect)
    const odoo = new Odoo({ baseUrl: url, db, username: 'admin', password: key })
    t.type(await odoo.connect(), 'number')

    t.test('records are created, found, read, changed and deleted', async (t) => {
      const id = await odoo.create('res.partner', {
        name: 'Awaited <&> é',
        city: 'Gent',
        child_ids: [[0, 0, { name: 'Inner' }]],
      })
      t.same(await odoo.search('res.partner', { name: 'Awaited <&> é' }), [id])
      t.equal(await odoo.update('res.partner', id, { city: 'Awaitville', email: false }), true)
      const [row] = await odoo.read('res.partner', [id], ['name', 'city', 'email', 'child_ids', 'is_company'])
      t.match(row, {
        id,
        name: 'Awaited <&> é',
        city: 'Awaitville',
        email: false,
        is_company: false,
        child_ids: [Number],
      })
      const rows = await odoo.searchRead('res.partner', { city: 'Awaitville' }, ['name'], { order: 'id desc' })
      t.match(rows, [{ name: 'Inner' }, { name: 'Awaited <&> é' }], 'the one inside has the address of the other')
      t.equal(await odoo.delete('res.partner', [id]), true)
    })

    t.test('external ids and fields are told', async (t) => {
      const id = await odoo.create('res.partner', { name: 'Named outside' })
      await odoo.createExternalId('res.partner', id, 'awaited')
      t.match(await odoo.readByExternalId('awaited', ['name']), { name: 'Named outside' })
      t.match(await odoo.getFields('res.partner', ['type']), { name: { type: 'char' } })
    })

    t.test('what is refused is a fault that says why', async (t) => {
      await t.rejects(odoo.create('res.partner', { nothing: 1 }), { message: /nothing/ })
      const stranger = new Odoo({ baseUrl: url, db, username: 'admin', password: 'wrong' })
      await t.rejects(stranger.connect())
    })
  })
}
