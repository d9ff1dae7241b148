import { errors, type CDPSession, type Page } from 'playwright-core'
import { median } from '../measure.ts'
import { COLD, SIGN_IN, SLOW_COLD, WARM, type Figure } from './goals.ts'
import { freshWindow, loggedIn, type Office } from './office.ts'

/** What opening a page took. */
interface Opening {
  /** Milliseconds until its content was painted. */
  readonly time: number
  readonly kilobytes: number
  readonly requests: number
}

const ROUNDS = 5
const KB = 1000

/** Opens each screen with an empty cache, again with a full one, and with an empty one on a slow processor. */
export async function measureScreens(office: Office): Promise<Figure[]> {
  const figures = await signIn(office)
  const screens = [
    { name: 'pipeline kanban', path: '/odoo/bench-orders?view=kanban', shows: '.o_card' },
    { name: 'order list', path: '/odoo/bench-orders', shows: '.o_row' },
    { name: 'order form, 10 lines', path: `/odoo/bench-orders/${office.order}`, shows: '[data-line]' },
    { name: 'contact list', path: '/odoo/contacts?view=list', shows: '.o_row' },
  ]
  for (const { name, path, shows } of screens) {
    const cold = await rounds((page, session) => open(page, session, path, shows, { isCold: true }), office)
    const warm = await rounds((page, session) => open(page, session, path, shows, { isCold: false }), office)
    const slow = await rounds(
      (page, session) => open(page, session, path, shows, { isCold: true, slowness: 4 }),
      office,
    )
    figures.push(
      { name: `${name}, cold: shown`, unit: 'ms', value: cold.time, goal: COLD.time },
      { name: `${name}, cold: transferred`, unit: 'KB', value: cold.kilobytes, goal: COLD.weight },
      { name: `${name}, cold: requests`, unit: 'requests', value: cold.requests },
      { name: `${name}, warm: shown`, unit: 'ms', value: warm.time, goal: WARM.time },
      { name: `${name}, warm: transferred`, unit: 'KB', value: warm.kilobytes, goal: WARM.weight },
      {
        name: `${name}, cold on a processor four times slower: shown`,
        unit: 'ms',
        value: slow.time,
        goal: SLOW_COLD.time,
      },
    )
  }
  return figures
}

async function signIn(office: Office): Promise<Figure[]> {
  const openings: Opening[] = []
  for (let i = 0; i <= ROUNDS; i++) {
    const context = await freshWindow(office)
    const page = await context.newPage()
    openings.push(await open(page, await context.newCDPSession(page), '/web/login', '#login', { isCold: true }))
    await context.close()
  }
  const { time, kilobytes } = middle(openings.slice(1))
  return [
    { name: 'sign-in page, cold: shown', unit: 'ms', value: time, goal: SIGN_IN.time },
    { name: 'sign-in page, cold: transferred', unit: 'KB', value: kilobytes, goal: SIGN_IN.weight },
  ]
}

/** The median of some rounds after one that warms up. */
async function rounds(work: (page: Page, session: CDPSession) => Promise<Opening>, office: Office): Promise<Opening> {
  const { context, page } = await loggedIn(office)
  const session = await context.newCDPSession(page)
  const openings: Opening[] = []
  try {
    for (let i = 0; i <= ROUNDS; i++) openings.push(await work(page, session))
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error
    process.stderr.write(`${error.message}\n`)
    return { time: NaN, kilobytes: NaN, requests: NaN }
  } finally {
    await context.close()
  }
  return middle(openings.slice(1))
}

function middle(openings: readonly Opening[]): Opening {
  const of = (key: keyof Opening): number => median(openings.map((opening) => opening[key]))
  return { time: of('time'), kilobytes: of('kilobytes'), requests: of('requests') }
}

async function open(
  page: Page,
  session: CDPSession,
  path: string,
  shows: string,
  { isCold, slowness = 1 }: { readonly isCold: boolean; readonly slowness?: number },
): Promise<Opening> {
  await page.goto('about:blank')
  await session.send('Network.enable')
  if (isCold) await session.send('Network.clearBrowserCache')
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowness })
  let bytes = 0
  let requests = 0
  const finished = ({ encodedDataLength }: { encodedDataLength: number }): void => {
    bytes += encodedDataLength
    requests += 1
  }
  session.on('Network.loadingFinished', finished)
  await page.goto(path, { waitUntil: 'load' })
  await page.locator(shows).first().waitFor()
  const time = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const painted = (): number => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0
        const look = (): void => (painted() > 0 ? resolve(painted()) : void requestAnimationFrame(look))
        look()
      }),
  )
  await page.waitForLoadState('networkidle')
  session.off('Network.loadingFinished', finished)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  return { time, kilobytes: bytes / KB, requests }
}
