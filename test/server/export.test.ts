/* Records as files, as a browser downloads them. */
import readExcel from 'read-excel-file/node'
import t, { type Test } from 'tap'
import type { Runtime } from '#core/runtime.ts'
import { parseCsv } from '#core/tools/csv.ts'
import { unguardFormula } from '#core/tools/sheet/guard.ts'
import { DIALECTS } from '#test/env.ts'
import type {} from '#addons/base/index.ts'
import { deskServer, type DeskServer } from './fixture/desk-server.ts'

t.setTimeout(300_000)

const system = { uid: 1, su: true } as const

async function partners(runtime: Runtime): Promise<readonly number[]> {
  return runtime.call(system, 'write', async (env) => {
    const [belgium] = (await env['res.country'].search([['code', '=', 'BE']])).ids
    return (
      await env['res.partner'].create([
        { name: '=cmd|calc', city: 'Ghent', is_company: true, color: 3, country_id: belgium ?? null },
        { name: "'=quoted", city: 'Ghent', partner_latitude: 51.05, country_id: belgium ?? null },
        { name: 'Zoë "Ž" <b>', city: 'Brno', comment: '<p>a</p>' },
      ])
    ).ids
  })
}

const COLUMNS = [
  { name: 'name', label: 'Name' },
  { name: 'is_company', label: 'Is a Company' },
  { name: 'color', label: 'Color Index' },
  { name: 'country_id', label: 'Country' },
  { name: 'create_date', label: 'Created on' },
]

async function download(server: DeskServer, format: 'csv' | 'xlsx', data: object): Promise<Buffer> {
  const { status, body } = await server.fetch(`/web/export/${format}`, {
    data: JSON.stringify({ model: 'res.partner', fields: COLUMNS, import_compat: false, ...data }),
  })
  if (status !== 200) throw new Error(body.toString())
  return body
}

const sheetOf = async (file: Buffer): Promise<unknown[][]> =>
  ((await readExcel(file)) as unknown as { data: unknown[][] }[])[0]?.data ?? []

async function cases(t: Test, server: DeskServer): Promise<void> {
  const ids = await partners(server.runtime)
  const some = { ids, context: { tz: 'UTC' } }

  t.test('a CSV file has the labels as its header, and no cell that a spreadsheet would run', async (t) => {
    const text = (await download(server, 'csv', some)).toString()
    const { rows } = parseCsv(text)
    t.equal(text.codePointAt(0), 0xfeff)
    t.same(rows[0]?.cells, ['Name', 'Is a Company', 'Color Index', 'Country', 'Created on'])
    const cells = rows.slice(1).map((row) => row.cells)
    t.match(cells[0], ["'=cmd|calc", 'True', '3', 'Belgium', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/])
    t.same(
      cells.map(([name = '']) => unguardFormula(name)),
      ['=cmd|calc', "'=quoted", 'Zoë "Ž" <b>'],
    )
  })

  t.test('an XLSX file holds texts, numbers, booleans and moments as what they are', async (t) => {
    const [header, first, second, third] = await sheetOf(await download(server, 'xlsx', some))
    t.same(header, ['Name', 'Is a Company', 'Color Index', 'Country', 'Created on'])
    t.match(first, ['=cmd|calc', true, 3, 'Belgium', Date])
    t.match(second, ["'=quoted", false, 0, 'Belgium', Date])
    t.match(third, ['Zoë "Ž" <b>', false, 0, null, Date])
  })

  t.test('a grouped list stays grouped, with the number of records in each group', async (t) => {
    const rows = await sheetOf(await download(server, 'xlsx', { ...some, domain: [], groupby: ['city'] }))
    t.same(
      rows.slice(1).map(([name]) => name),
      ['Brno (1)', 'Zoë "Ž" <b>', 'Ghent (2)', "'=quoted", '=cmd|calc'],
    )
  })

  t.test('the whole domain is exported in the order that is asked for', async (t) => {
    const domain = [['id', 'in', ids]]
    const { rows } = parseCsv((await download(server, 'csv', { domain, ids: false, order: 'name desc' })).toString())
    t.same(
      rows.slice(1).map(({ cells }) => unguardFormula(cells[0] ?? '')),
      ['Zoë "Ž" <b>', '=cmd|calc', "'=quoted"],
    )
  })

  t.test('a compatible file names its columns as an import reads them', async (t) => {
    const fields = [{ name: 'id' }, { name: 'name' }, { name: 'country_id/id' }]
    const { rows } = parseCsv((await download(server, 'csv', { ...some, fields, import_compat: true })).toString())
    t.same(rows[0]?.cells, ['id', 'name', 'country_id/id'])
    t.match(rows[1]?.cells, [/^__export__\.res_partner_/, "'=cmd|calc", 'base.be'])
  })

  t.test('progress stands between the pieces of a framed file', async (t) => {
    const data = JSON.stringify({ model: 'res.partner', fields: COLUMNS, ...some, import_compat: false })
    const { body, headers } = await server.fetch('/web/export/csv', { data, framed: '1' })
    t.equal(headers['x-export-records'], '3')
    const pieces: Buffer[] = []
    const news: number[] = []
    for (let at = 0; at < body.length;) {
      const length = body.readUInt32BE(at)
      if (length > 0) pieces.push(body.subarray(at + 4, at + 4 + length))
      else news.push(body.readUInt32BE(at + 4))
      at += length > 0 ? 4 + length : 8
    }
    t.equal(news.at(-1), 3)
    t.match(Buffer.concat(pieces).toString(), /^\ufeffName,/)
  })

  t.test('whoever may not export gets no file', async (t) => {
    await server.runtime.call(system, 'write', async (env) => {
      const [group] = (await env['res.groups'].search([['name', '=', 'Internal User']])).ids
      await env['res.users'].create([
        { name: 'Plain', login: 'plain', password: 'plain-password', groups_id: [{ set: [group as number] }] },
      ])
    })
    await server.client.login('plain', 'plain-password')
    t.teardown(() => server.client.login())
    const { body } = await server.fetch(
      `/web/export/csv?data=${encodeURIComponent(JSON.stringify({ model: 'res.partner', fields: COLUMNS, domain: [], groupby: ['city'], import_compat: false }))}`,
    )
    t.match(body.toString(), /EXPORT_FORBIDDEN/)
  })

  t.test('the tree of fields leads through relations, and tells what an import can read', async (t) => {
    const { result } = await server.client.call('/web/export/get_fields', {
      model: 'res.partner',
      import_compat: false,
    })
    const fields = result as { id: string; string: string; children: boolean; params?: object }[]
    t.match(fields[0], { id: 'id', string: 'External ID' })
    const country = fields.find(({ id }) => id === 'country_id')
    t.match(country, { string: 'Country', children: true })
    const inside = (
      await server.client.call('/web/export/get_fields', {
        ...country?.params,
        parent_name: 'Country',
        import_compat: false,
      })
    ).result
    t.match(
      (inside as { id: string }[]).find(({ id }) => id === 'country_id/code'),
      { string: 'Country/Country Code', value: 'country_id/code' },
    )
    const compatible = (await server.client.call('/web/export/get_fields', { model: 'res.partner' })).result
    const names = (compatible as { value: string }[]).map(({ value }) => value)
    t.ok(names.includes('country_id/id'))
    t.notOk(names.includes('complete_name'))
    const found = (
      await server.client.call('/web/export/search_fields', {
        model: 'res.partner',
        text: 'country code',
        import_compat: false,
      })
    ).result
    t.ok((found as { id: string }[]).some(({ id }) => id === 'country_id/code'))
  })

  t.test('kept columns come back with their labels', async (t) => {
    const { result } = await server.client.kw('ir.exports', 'create', [
      {
        name: 'Short',
        resource: 'res.partner',
        export_fields: [
          [0, 0, { name: 'name' }],
          [0, 0, { name: 'country_id/code' }],
        ],
      },
    ])
    t.same((await server.client.call('/web/export/namelist', { model: 'res.partner', export_id: result })).result, [
      { name: 'name', label: 'Name' },
      { name: 'country_id/code', label: 'Country/Country Code' },
    ])
    t.same((await server.client.call('/web/export/formats')).result, [
      { tag: 'xlsx', label: 'XLSX', error: null },
      { tag: 'csv', label: 'CSV', error: null },
    ])
  })
}

for (const dialect of DIALECTS) t.test(dialect, async (t) => cases(t, await deskServer(t, dialect)))
