/* Lists as a browser gets them, before any script runs, and what they ask while a person works in them. */
import { Writable } from 'node:stream'
import t from 'tap'
import { buildApp } from '#server/app.ts'
import { makeConfig } from '#server/config.ts'
import type {} from '#addons/base/index.ts'
import { type DeskServer, deskServer } from './fixture/desk-server.ts'

const desk = await deskServer(t, 'sqlite')
const asRoot = { uid: 1, su: true } as const

/** Records made as the system. */
function create(model: string, values: readonly Readonly<Record<string, unknown>>[]): Promise<readonly number[]> {
  return desk.runtime.call(asRoot, 'write', async (env) => (await env.model(model).create(values)).ids)
}

async function html(url: string, from: DeskServer = desk): Promise<string> {
  const { status, body } = await from.fetch(url)
  t.equal(status, 200, url)
  return body.toString().replaceAll('&#x3D;', '=')
}

const countOf = (text: string, part: RegExp): number => text.match(new RegExp(part, 'g'))?.length ?? 0
const PARTNERS = '/odoo/m-res.partner'
const GROUP = /class="o_group_row/
const ROW = /class="o_row /

await create('res.country', [
  { name: 'Zubrowka', code: 'ZX' },
  { name: 'Syldavia', code: 'ZY' },
])
const countries = await desk.runtime.call(
  asRoot,
  'read',
  async (env) => (await env['res.country'].search([['code', 'in', ['ZX', 'ZY']]], { order: 'code' })).ids,
)
const [zubrowka = 0, syldavia = 0] = countries
await create('res.partner', [
  ...Array.from({ length: 5 }, (_, i) => ({
    name: `Zub ${i}`,
    country_id: zubrowka,
    city: i < 2 ? 'Nebelsbad' : 'Lutz',
  })),
  ...Array.from({ length: 3 }, (_, i) => ({ name: `Syl ${i}`, country_id: syldavia, city: 'Klow' })),
])
const ONLY = `d=${encodeURIComponent(`[('country_id','in',[${countries.join()}])]`)}`

t.test('groups are folded until the address opens them, at any depth', async (t) => {
  const folded = await html(`${PARTNERS}?${ONLY}&g=country_id`)
  t.equal(countOf(folded, GROUP), 2)
  t.equal(countOf(folded, ROW), 0)
  t.match(folded, /Zubrowka <span class="o_group_count">\(5\)/)
  const open = await html(`${PARTNERS}?${ONLY}&g=country_id&open=${syldavia}`)
  t.equal(countOf(open, ROW), 3)
  t.match(open, 'Syl 0')
  const nested = await html(`${PARTNERS}?${ONLY}&g=country_id,city&open=${zubrowka},${zubrowka}/Lutz`)
  t.equal(countOf(nested, GROUP), 4, 'two countries, two cities of the open one')
  t.equal(countOf(nested, ROW), 3)
  const all = await html(`${PARTNERS}?${ONLY}&g=country_id,city&open=*`)
  t.equal(countOf(all, GROUP), 5)
  t.equal(countOf(all, ROW), 8)
})

t.test('a list takes as many queries whatever the number of groups and of those that are open', async (t) => {
  const app = buildApp(makeConfig({ dev: true }), desk.runtime, new Writable({ write: (_line, _as, done) => done() }))
  t.teardown(() => app.close())
  const queries = async (url: string): Promise<number> => {
    const ask = { url, headers: { cookie: `session_id=${desk.client.token}` } }
    await app.inject(ask)
    return Number(/db;desc="(\d+) queries"/.exec(String((await app.inject(ask)).headers['server-timing']))?.[1])
  }
  const open = await queries(`${PARTNERS}?${ONLY}&g=country_id&open=${syldavia}`)
  t.ok(open > 0)
  t.equal(await queries(`${PARTNERS}?${ONLY}&g=country_id&open=*`), open)
  t.equal(await queries(`${PARTNERS}?g=country_id&open=*`), open)
})

t.test('dates are grouped by unit, and named in the language of the user', async (t) => {
  const page = await html(`${PARTNERS}?${ONLY}&g=create_date:year`)
  t.match(page, new RegExp(`${new Date().getFullYear()} <span class="o_group_count">\\(8\\)`))
})

t.test('a group that a person opens comes as rows alone, with what is left to load', async (t) => {
  const state = { path: String(zubrowka), domain: [['country_id', '=', zubrowka]], count: 5, level: 0 }
  const { result } = await desk.client.call('/odoo/list/inside', {
    path: `${PARTNERS}?${ONLY}&g=country_id`,
    group: state,
    offset: 0,
  })
  const { html: rows } = result as { html: string }
  t.equal(countOf(rows, ROW), 5)
  t.match(rows, `data-inside="${zubrowka}"`)
  t.notMatch(rows, '<html')
})

t.test('the pager takes typed rows, goes round, and counts on only when it is asked to', async (t) => {
  const typed = await html(`${PARTNERS}?${ONLY}&rows=2-4&o=name`)
  t.equal(countOf(typed, ROW), 3)
  t.match(typed, 'value="2-4"')
  t.match(typed, /rel="next"[^>]*/)
  t.match(typed, 'rows=5-7')
  const last = await html(`${PARTNERS}?${ONLY}&rows=7-8&o=name`)
  t.match(last, /href="[^"]*rows=1-2[^"]*" rel="next"/, 'after the last rows come the first')
  t.match(last, /href="[^"]*rows=5-6[^"]*" rel="prev"/)
})

t.test('columns that a person chose are those that the server draws', async (t) => {
  const usual = await html(`${PARTNERS}?${ONLY}`)
  t.match(usual, '<th scope="col" data-name="email"')
  t.notMatch(usual, '<th scope="col" data-name="vat"')
  const key = /data-list-columns-key-value="([^"]*)"/.exec(usual)?.[1] ?? ''
  const { body } = await desk.app.inject({
    url: `${PARTNERS}?${ONLY}`,
    headers: { cookie: `session_id=${desk.client.token}; columns_${key}=vat.city` },
  })
  t.match(body, '<th scope="col" data-name="vat"')
  t.notMatch(body, '<th scope="col" data-name="email"')
})

t.test('selected records are archived, copied and deleted, and so are all that an address finds', async (t) => {
  const path = `${PARTNERS}?${ONLY}`
  const act = (act: string, selected: unknown, at = path): ReturnType<typeof desk.client.call> =>
    desk.client.call('/odoo/selection/act', { path: at, act, selected })
  const found = async (domain: unknown[]): Promise<number> =>
    desk.runtime.call(asRoot, 'read', (env) => env['res.partner'].search_count(domain as never))
  const [one, two] = await create('res.partner', [{ name: 'Gone 1' }, { name: 'Gone 2' }, { name: 'Gone 3' }])
  t.match(await act('archive', [one]), { result: { kind: 'reload' } })
  t.equal(await found([['name', 'like', 'Gone']]), 2)
  await act('duplicate', [two])
  t.equal(await found([['name', 'like', 'Gone']]), 3)
  const gone = `${PARTNERS}?d=${encodeURIComponent("[('name','like','Gone')]")}`
  await act('delete', 'all', gone)
  t.equal(await found([['name', 'like', 'Gone']]), 0)
  t.equal(await found([['country_id', 'in', countries]]), 8, 'and nothing else')
  t.match(await act('format', [one]), { error: { data: { message: /act/ } } })
})

t.test('rows that are dragged keep their places', async (t) => {
  const path = '/odoo/m-res.company'
  const ids = await create('res.company', [
    { name: 'First', sequence: 1 },
    { name: 'Second', sequence: 2 },
    { name: 'Third', sequence: 3 },
  ])
  const wanted = [ids[2], ids[0], ids[1]]
  await desk.client.call('/odoo/list/order', { path, ids: wanted })
  const now = await desk.runtime.call(
    asRoot,
    'read',
    async (env) => (await env['res.company'].search([['id', 'in', ids]], { order: 'sequence' })).ids,
  )
  t.same(now, wanted)
})

t.test('an empty list says what one can do, and how to get out of a search', async (t) => {
  const page = await html(`${PARTNERS}?s=name~nobodyiscalledso`)
  t.match(page, 'Nothing matches this search.')
  t.match(page, 'Clear the search')
  t.match(await html('/odoo/m-res.partner.industry?d=%5B(%27name%27%2C%27%3D%27%2C%27x%27)%5D'), 'Nothing matches')
})

t.test('a form pages through the list that it was opened from, in its order', async (t) => {
  const ids = await desk.runtime.call(
    asRoot,
    'read',
    async (env) => (await env['res.partner'].search([['country_id', 'in', countries]], { order: 'name desc' })).ids,
  )
  const back = `${ONLY}&o=${encodeURIComponent('name desc')}&rows=1-3`
  const form = (id: number | undefined, list = back): Promise<string> =>
    html(`${PARTNERS}/${id}?in=${encodeURIComponent(list)}`)
  const second = await form(ids[1])
  t.match(second, /<span>2<\/span><span> \/ 8<\/span>/)
  t.match(second, new RegExp(`href="${PARTNERS}/${ids[0]}\\?in=[^"]*" rel="prev"`))
  t.match(second, new RegExp(`href="${PARTNERS}/${ids[2]}\\?in=[^"]*" rel="next"`))
  const last = await form(ids[7])
  t.match(last, /<span>8<\/span>/, 'also where the page that one came from does not have it')
  t.match(last, new RegExp(`href="${PARTNERS}/${ids[0]}\\?in=[^"]*" rel="next"`), 'after the last comes the first')
  t.notMatch(await form(1, back), 'rel="next"', 'nothing is said of a record that is not in the list')
})

t.test('a row opens for editing, tells what a change brings, and is saved', async (t) => {
  const path = '/odoo/m-res.country.state'
  const [state] = await create('res.country.state', [{ name: 'Klow', code: 'KL', country_id: syldavia }])
  const ask = async <T>(route: string, params: object): Promise<T> => {
    const { result, error } = await desk.client.call(`/odoo/list/${route}`, { path, ...params })
    t.equal(error, undefined, route)
    return result as T
  }
  const open = await ask<{ html: string; values: object }>('row', { id: state, changes: {}, editing: true })
  t.match(open.html, 'data-editing')
  t.match(open.html, 'value="Klow"')
  t.match(open.values, { id: state, name: 'Klow', country_id: { id: syldavia } })
  const fresh = await ask<{ html: string }>('row', { id: null, changes: {}, editing: true })
  t.match(fresh.html, 'data-id="virtual_new"')
  const saved = await ask<{ id: number; html: string }>('save', { id: state, changes: { name: 'Klow City' } })
  t.match(saved, { id: state, html: 'Klow City' })
  t.notMatch(saved.html, 'data-editing')
  t.equal(await ask('write', { selected: [state], changes: { code: 'KC' } }), 1)
  const refused = await desk.client.call('/odoo/list/save', { path, id: state, changes: { name: false } })
  t.equal(
    (refused.error?.data['context'] as { field?: string } | undefined)?.field,
    'name',
    'a refusal names its field',
  )
})

t.test('a change in a row is answered with the cells that it changes', async (t) => {
  const path = '/odoo/m-res.partner'
  const [state] = await desk.runtime.call(
    asRoot,
    'read',
    async (env) => (await env['res.country.state'].search([['country_id', '=', syldavia]])).ids,
  )
  const [partner = 0] = await create('res.partner', [{ name: 'Bianca', city: 'Klow' }])
  const { body } = await desk.fetch(path)
  const key = /data-list-columns-key-value="([^"]*)"/.exec(body.toString())?.[1] ?? ''
  const { body: answer } = await desk.app.inject({
    method: 'POST',
    url: '/odoo/list/change',
    payload: {
      jsonrpc: '2.0',
      method: 'call',
      id: 1,
      params: { path, id: partner, changes: { state_id: { id: state, display_name: 'Klow' } }, field: 'state_id' },
    },
    headers: { ...desk.client.headers, cookie: `session_id=${desk.client.token}; columns_${key}=state_id.country_id` },
  })
  t.match(JSON.parse(answer), {
    result: { values: { country_id: { id: syldavia } }, cells: { country_id: 'Syldavia' } },
  })
})
