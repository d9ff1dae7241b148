/* The panel beside a list: categories and filters with counts, each value a link. */
import t from 'tap'
import type {} from '#addons/base/index.ts'
import { deskServer } from './fixture/desk-server.ts'

const desk = await deskServer(t, 'sqlite')
const asRoot = { uid: 1, su: true } as const

function create(model: string, values: readonly Readonly<Record<string, unknown>>[]): Promise<readonly number[]> {
  return desk.runtime.call(asRoot, 'write', async (env) => (await env.model(model).create(values)).ids)
}

async function html(url: string): Promise<string> {
  const { status, body } = await desk.fetch(url)
  t.equal(status, 200, url)
  return body.toString().replaceAll('&#x3D;', '=').replaceAll('&amp;', '&')
}

const PARTNERS = `/odoo/m-res.partner`
const ONLY = `d=${encodeURIComponent("[('city','=','Klow')]")}`

await create('ir.ui.view', [
  {
    name: 'panel',
    model: 'res.partner',
    type: 'search',
    priority: 1,
    arch: `<search><field name="name"/><searchpanel>
      <field name="parent_id" enable_counters="1"/>
      <field name="type" select="multi" enable_counters="1" string="Kind"/>
    </searchpanel></search>`,
  },
])
const [top = 0] = await create('res.partner', [{ name: 'Palace', is_company: true }])
const [below = 0] = await create('res.partner', [{ name: 'Kitchen', parent_id: top, city: 'Klow', type: 'other' }])
await create('res.partner', [
  { name: 'Cook', parent_id: below, city: 'Klow', type: 'contact' },
  { name: 'Waiter', parent_id: below, city: 'Klow', type: 'contact' },
  { name: 'Tourist', city: 'Klow', type: 'contact' },
])

/** Labels of the values of the panel, with their counts. */
const values = (page: string): Record<string, number> =>
  Object.fromEntries(
    [...page.matchAll(/<span>([^<]*)<\/span><span class="o_side_count">(\d+)<\/span>/g)].map(([, label, n]) => [
      String(label),
      Number(n),
    ]),
  )

t.test('a category counts what is in it and below it', async (t) => {
  const page = await html(`${PARTNERS}?${ONLY}`)
  t.match(values(page), { Palace: 3, Kitchen: 2 })
  t.match(page, /Palace<\/span><span class="o_side_count">3<\/span><\/a><ul><li>/, 'and holds those below')
})

t.test('a category that is chosen holds for the list, not for its own counts', async (t) => {
  const page = await html(`${PARTNERS}?${ONLY}&in_panel=parent_id:${below}`)
  t.match(page, 'Cook')
  t.notMatch(page, 'Tourist')
  t.match(values(page), { Palace: 3, Kitchen: 2, Contact: 2 })
  t.match(page, /aria-current="true"><span>Kitchen/)
})

t.test('several values of a filter are alternatives, and a link takes each off again', async (t) => {
  const page = await html(`${PARTNERS}?${ONLY}&in_panel=type:contact,type:other`)
  for (const name of ['Kitchen', 'Cook', 'Tourist']) t.match(page, name)
  t.match(page, /href="[^"]*in_panel=type%3Aother[^"]*" aria-current="true"><span>Contact/)
})

t.test('counts follow what is there', async (t) => {
  await create(
    'res.partner',
    Array.from({ length: 30 }, (_, i) => ({ name: `Guest ${i}`, city: 'Klow', parent_id: top })),
  )
  const page = await html(`${PARTNERS}?${ONLY}`)
  t.match(values(page), { Palace: 33 })
})
