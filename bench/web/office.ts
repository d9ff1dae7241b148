import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import type { Env } from '#core'
import { openRuntime } from '#core/open.ts'
import type {} from './addon/bench_orders/index.ts'
import { CHROMIUM_ARGS, chromiumPath } from '../../test/browser/chromium.ts'
import { newDatabase } from '../databases.ts'
import { fillPartners } from '../fill.ts'
import { settled, startProcess } from '../process.ts'

const ADDONS = fileURLToPath(new URL('addon', import.meta.url))
/** Whatever takes longer counts as not there. */
const PATIENCE_MS = 8000
const PARTNERS = 5000
const ORDERS = 400
const LINES = 10
/** Lines of the order that is larger than any that people write. */
const MANY_LINES = 1000
const STAGES = ['New', 'Qualified', 'Proposition', 'Won']

/** A server with orders in it, and a browser. */
export interface Office {
  readonly url: string
  readonly browser: Browser
  /** Ids of an order of ten lines and of one of a thousand. */
  readonly order: number
  readonly large: number
  stop(): Promise<void>
}

/** Installs everything, fills it and starts both. */
export async function openOffice(): Promise<Office> {
  const database = await newDatabase('sqlite')
  const runtime = await openRuntime({ url: database.url, demo: true, addonsPaths: [ADDONS] })
  await fillPartners(runtime, PARTNERS)
  const { order, large } = await runtime.call({ uid: 1, su: true }, 'write', fillOrders)
  await runtime.close()
  const args = ['server/start.mjs', '--port', '0', '--log-level', 'error', '--addons-path', ADDONS]
  const server = await startProcess([...args, '--database-url', database.url])
  await settled()
  const browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: CHROMIUM_ARGS })
  return {
    url: server.url,
    browser,
    order,
    large,
    stop: async () => {
      await browser.close()
      await server.stop()
      await database.drop()
    },
  }
}

async function fillOrders(env: Env): Promise<{ order: number; large: number }> {
  const [currency] = (await env['res.currency'].search([['name', '=', 'EUR']])).ids
  const [admin] = (await env['res.users'].search([['login', '=', 'admin']])).ids
  const partners = (await env['res.partner'].search([['is_company', '=', true]], { limit: 200 })).ids
  const stages = (await env['bench.stage'].create(STAGES.map((name, i) => ({ name, sequence: i })))).ids
  const lines = (count: number): object[] =>
    Array.from({ length: count }, (_, i) => ({
      create: {
        name: `Chair with arms, model ${i + 1}`,
        quantity: 1 + (i % 7),
        price: 49.5 + i,
        currency_id: currency,
        partner_id: partners[i % partners.length],
      },
    }))
  const values = (n: number, count: number): object => ({
    name: `S${String(n).padStart(5, '0')}`,
    partner_id: partners[n % partners.length],
    user_id: admin,
    stage_id: stages[n % stages.length],
    date: `2026-${String(1 + (n % 12)).padStart(2, '0')}-15`,
    currency_id: currency,
    line_ids: lines(count),
  })
  const large = (await env['bench.order'].create([values(0, MANY_LINES) as never])).ids[0] as number
  const orders = await env['bench.order'].create(
    Array.from({ length: ORDERS }, (_, i) => values(i + 1, LINES)) as never,
  )
  return { order: orders.ids.at(-1) as number, large }
}

/** A window of the browser with nothing kept from before. */
export async function freshWindow({ browser, url }: Office): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(PATIENCE_MS)
  // The compiler that runs this names functions by a helper, which functions that run in the page miss.
  await context.addInitScript('globalThis.__name ??= (named) => named')
  return context
}

/** A window in which the administrator is logged in. */
export async function loggedIn(office: Office): Promise<{ context: BrowserContext; page: Page }> {
  const context = await freshWindow(office)
  const page = await context.newPage()
  await page.goto('/web/login?redirect=/odoo/preferences')
  await page.fill('#login', 'admin')
  await page.fill('#password', 'admin')
  await page.press('#password', 'Enter')
  await page.waitForURL(/preferences/)
  return { context, page }
}
