/* Graphs and pivots as pages: what the address says is what the first response shows. */
import { Writable } from 'node:stream'
import t from 'tap'
import type { Runtime } from '#core/runtime.ts'
import { buildApp } from '#server/app.ts'
import { makeConfig } from '#server/config.ts'
import { DIALECTS, installedRuntime } from '#test/env.ts'
import { Client } from './fixture/server.ts'

const PIVOT = `<pivot><field name="country_id" type="row"/><field name="is_company" type="col"/><field name="color" type="measure"/></pivot>`
const GRAPH = `<graph type="line"><field name="country_id"/><field name="color" type="measure"/></graph>`

/** Partners of two countries, with a number to sum up, and an action on them. */
async function fill(runtime: Runtime): Promise<void> {
  await runtime.call({ uid: 1, su: true }, 'write', async (env) => {
    const [belgium, france] = [(await env.xmlId('base.be'))?.[1], (await env.xmlId('base.fr'))?.[1]]
    const partner = (name: string, country_id: number | undefined, color: number, is_company: boolean): object => ({
      name,
      country_id,
      color,
      is_company,
      ref: 'figures',
    })
    await env
      .model('res.partner')
      .create([
        partner('Brasserie', belgium, 3, true),
        partner('Zoé', belgium, 4, false),
        partner('Azur', france, 5, true),
      ] as never)
    await env.model('ir.ui.view').create([
      { name: 'graph', model: 'res.partner', arch: GRAPH },
      { name: 'pivot', model: 'res.partner', arch: PIVOT },
    ])
    await env.model('ir.actions.act_window').create([
      {
        name: 'Figures',
        path: 'figures',
        res_model: 'res.partner',
        view_mode: 'graph,pivot,list,form',
        domain: "[('ref', '=', 'figures')]",
      },
    ])
  })
}

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const runtime = await installedRuntime(t, dialect)
    await fill(runtime)
    const app = buildApp(makeConfig({}), runtime, new Writable({ write: (_chunk, _encoding, done) => done() }))
    t.teardown(() => app.close())
    const client = new Client(app)
    await client.login()
    const page = async (url: string): Promise<string> => {
      const { body } = await app.inject({
        url,
        headers: { cookie: `session_id=${client.token}`, accept: 'text/html' },
      })
      return body.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&')
    }

    t.test('a graph holds its numbers as a table, which scripts draw', async (t) => {
      const html = await page('/odoo/figures')
      t.match(html, 'data-graph-mode-value="line"')
      t.same(cells(html), [
        ['Belgium', '7'],
        ['France', '5'],
      ])
      t.notMatch(html, /class="[^"]*o_new/, 'nothing is made in a graph')
    })

    t.test('the groups of the search come before those of the arch', async (t) => {
      t.same(cells(await page('/odoo/figures?g=is_company&measure=__count&sort=desc')), [
        ['Yes', '2'],
        ['No', '1'],
      ])
    })

    t.test('a number leads to the list of its records', async (t) => {
      const html = await page('/odoo/figures')
      const [, href = ''] = /<td[^>]*><a href="([^"]*)">7<\/a>/.exec(html) ?? []
      const list = await page(href)
      t.match(list, 'Brasserie')
      t.match(list, 'Zoé')
      t.notMatch(list, 'Azur')
      t.match(list, /o_facet_values">\s*<span>Belgium</)
    })

    t.test('a pivot is a table with totals', async (t) => {
      t.same(cells(await page('/odoo/figures?view=pivot')), [
        ['Total', '4', '8', '12'],
        ['Belgium', '4', '3', '7'],
        ['France', '', '5', '5'],
      ])
    })

    t.test('each group of it is opened by a link, and its menu offers fields by a link', async (t) => {
      const html = await page('/odoo/figures?view=pivot')
      const [, more = ''] = /href="([^"]*)" aria-expanded="false">Belgium</.exec(html) ?? []
      const [, byName = ''] = /o_pivot_menu[^]*?<li><a href="([^"]*)">Name</.exec(await page(more)) ?? []
      t.same(cells(await page(byName)), [
        ['Total', '4', '8', '12'],
        ['Belgium', '4', '3', '7'],
        ['Brasserie', '', '3', '3'],
        ['Zoé', '4', '', '4'],
        ['France', '', '5', '5'],
      ])
    })

    t.test('a pivot takes one query per pair of levels, however many groups it has', async (t) => {
      const count = async (url: string): Promise<number> => {
        let grouped = 0
        runtime.listener = (text) =>
          void (grouped += /GROUP BY|COUNT\(\*\)/.test(text) && /res_partner/.test(text) ? 1 : 0)
        await page(url)
        runtime.listener = undefined
        return grouped
      }
      t.equal(await count('/odoo/figures?view=pivot'), 4)
      t.equal(await count('/odoo/figures?view=pivot&rows=name,country_id'), 6)
    })

    t.test('the same table is there as a spreadsheet', async (t) => {
      const html = await page('/odoo/figures?view=pivot')
      const [, href = ''] = /href="(\/web\/pivot\/xlsx[^"]*)"/.exec(html) ?? []
      const file = await app.inject({ url: href, headers: { cookie: `session_id=${client.token}` } })
      t.equal(file.statusCode, 200)
      t.match(String(file.headers['content-disposition']), 'Figures.xlsx')
      t.equal(file.rawPayload.subarray(0, 2).toString(), 'PK')
      t.not((await app.inject({ url: href })).statusCode, 200, 'for whoever is logged in')
    })

    t.test('without records it says so', async (t) => {
      t.match(await page('/odoo/figures?s=name~nobody'), 'No data to display')
    })
  })
}

/** Texts of the rows of the page's table. */
function cells(html: string): string[][] {
  const body = /<tbody>([^]*?)<\/tbody>/.exec(html)?.[1] ?? ''
  return body
    .split('</tr>')
    .map((row) =>
      [...row.matchAll(/<t[hd][^>]*>([^]*?)<\/t[hd]>/g)].map(([, cell = '']) => cell.replace(/<[^>]*>/g, '')),
    )
    .filter(({ length }) => length > 0)
}
