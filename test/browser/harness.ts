import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import type { Test } from 'tap'
import type {} from '#addons/base/index.ts'
import { testServer, type TestServer } from '../server/fixture/server.ts'
import { CHROMIUM_ARGS, chromiumPath } from './chromium.ts'

/** Nothing that a page does should take this long. */
const TIMEOUT_MS = 20_000

/** What a test may say of the person who looks. */
export interface Visitor {
  readonly login?: string
  readonly password?: string
  /** Width and height of the window in CSS pixels. */
  readonly size?: readonly [width: number, height: number]
  readonly isDark?: boolean
  readonly scripts?: boolean
}

/** A server with a browser beside it; both end with the test. */
export class Desk {
  readonly server: TestServer
  readonly url: string
  readonly #browser: Browser

  constructor(server: TestServer, url: string, browser: Browser) {
    this.server = server
    this.url = url
    this.#browser = browser
  }

  /**
   * Does something on a page in a window of its own, on which somebody is logged in, at an address such as
   * `/odoo/contacts`. An error in the page's console fails the test.
   */
  async visit(t: Test, path: string, work: (page: Page) => Promise<void>, visitor: Visitor = {}): Promise<void> {
    const { login = 'admin', password = 'admin', size = [1280, 800], isDark = false, scripts = true } = visitor
    const context = await this.#browser.newContext({
      viewport: { width: size[0], height: size[1] },
      javaScriptEnabled: scripts,
      baseURL: this.url,
    })
    context.setDefaultTimeout(TIMEOUT_MS)
    const faults: string[] = []
    try {
      if (isDark) await context.addCookies([{ name: 'color_scheme', value: 'dark', url: this.url }])
      const page = await context.newPage()
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
      page.on('pageerror', (error) => faults.push(String(error)))
      await page.goto(`/web/login?redirect=${encodeURIComponent(path)}`)
      await page.fill('#login', login)
      await page.fill('#password', password)
      await page.press('#password', 'Enter')
      await page.waitForURL((url) => !url.pathname.startsWith('/web/login'))
      await work(page)
    } finally {
      await context.close()
    }
    t.same(faults, [], 'the console shows no error')
  }

  /** Records made as the system, by model; gives their ids. */
  async create(model: string, values: readonly Readonly<Record<string, unknown>>[]): Promise<readonly number[]> {
    return this.server.runtime.call(
      { uid: 1, su: true },
      'write',
      async (env) => (await env.model(model).create(values)).ids,
    )
  }
}

/** The folder of addons that are there for tests alone. */
export const FIXTURES = fileURLToPath(new URL('fixture', import.meta.url))

/** Serves the given addons on a free port and starts the browser. Call it once in a file. */
export async function desk(t: Test, addons: readonly string[] = ['base', 'contacts', 'mail']): Promise<Desk> {
  const server = await testServer(t, {}, addons, [FIXTURES])
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 })
  // the bundles are built for the first page, which may take longer than a browser waits
  await server.app.inject('/web/login')
  const browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: CHROMIUM_ARGS })
  t.teardown(() => browser.close())
  return new Desk(server, url, browser)
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Serious accessibility faults of a page: `rule: element`. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as {
        axe: {
          run(): Promise<{
            violations: readonly {
              readonly id: string
              readonly impact: string
              readonly nodes: readonly { readonly html: string }[]
            }[]
          }>
        }
      }
    ).axe.run()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
  })
}

/** Whether the page can be scrolled sideways, which nobody wants on a telephone. */
export async function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
}
