import { errors, type Page } from 'playwright-core'
import { median } from '../measure.ts'
import { INSIDE, LARGE, PAGE, type Figure } from './goals.ts'
import { loggedIn, type Office } from './office.ts'

const ROUNDS = 5
const MB = 1_000_000

/** One thing that a person does: how the page gets ready for it, what is done, and what shows that it is done. */
interface Deed {
  readonly name: keyof typeof INSIDE | keyof typeof LARGE
  readonly goal: number
  before(page: Page): Promise<unknown>
  /** Milliseconds from the deed to what it shows. */
  measure(page: Page): Promise<number>
}

/** Does what people do in a page that is open, and takes the time of each. */
export async function measureInside(office: Office): Promise<Figure[]> {
  const { context, page } = await loggedIn(office)
  const figures: Figure[] = []
  try {
    for (const { name, goal, before, measure } of deeds(office)) {
      figures.push({ name, unit: 'ms', value: await timed(page, before, measure), goal })
    }
    await page.goto(`/odoo/bench-orders/${office.order}`, { waitUntil: 'networkidle' })
    const session = await context.newCDPSession(page)
    await session.send('HeapProfiler.collectGarbage')
    const { usedSize } = await session.send('Runtime.getHeapUsage')
    const nodes = await page.evaluate(() => document.getElementsByTagName('*').length)
    figures.push(
      { name: 'script heap of the order form', unit: 'MB', value: usedSize / MB, goal: PAGE.heap },
      { name: 'elements of the order form', unit: 'nodes', value: nodes, goal: PAGE.nodes },
    )
  } finally {
    await context.close()
  }
  return figures
}

/** The median of some rounds; not a number where the page never showed what is waited for, which misses every goal. */
async function timed(page: Page, before: Deed['before'], measure: Deed['measure']): Promise<number> {
  const times: number[] = []
  try {
    for (let i = 0; i <= ROUNDS; i++) {
      await before(page)
      times.push(await measure(page))
    }
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error
    process.stderr.write(`${error.message}\n`)
    return NaN
  }
  return median(times.slice(1))
}

function deeds({ order, large }: Office): readonly Deed[] {
  const list = '/odoo/bench-orders'
  const form = `${list}/${order}`
  const quiet = (page: Page, path: string): Promise<unknown> => page.goto(path, { waitUntil: 'networkidle' })
  const deed = (name: keyof typeof INSIDE, before: Deed['before'], measure: Deed['measure']): Deed => ({
    name,
    goal: INSIDE[name],
    before,
    measure,
  })
  return [
    deed(
      'switch app',
      async (page) => {
        await quiet(page, list)
        await page.click('.o_apps > summary')
      },
      (page) => clicked(page, '.o_apps a[href="/odoo/contacts"]', 'h1:text-is("Contacts")'),
    ),
    deed(
      'open an order from the list',
      (page) => quiet(page, list),
      (page) => clicked(page, '.o_row .o_row_link', '[data-line]'),
    ),
    deed(
      'back to the list by breadcrumb',
      async (page) => {
        await quiet(page, list)
        await page.click('.o_row .o_row_link')
        await page.locator('[data-line]').first().waitFor()
        await page.waitForLoadState('networkidle')
      },
      (page) => clicked(page, '.o_breadcrumb a', '.o_row'),
    ),
    deed(
      'next record by pager',
      async (page) => {
        await quiet(page, list)
        await page.click('.o_row .o_row_link')
        await page.locator('[data-line]').first().waitFor()
        await page.waitForLoadState('networkidle')
      },
      (page) => changed(page, () => page.click('.o_pager a[rel=next]', { noWaitAfter: true }), 'h1[aria-current]'),
    ),
    deed(
      'list to kanban',
      (page) => quiet(page, list),
      (page) => clicked(page, '.o_switcher a[href*="view=kanban"]', '.o_card'),
    ),
    deed(
      'search: key to suggestions',
      async (page) => {
        await quiet(page, list)
        await page.focus('#search')
      },
      (page) => pressed(page, 'a', '#search_options li'),
    ),
    deed(
      'search: Enter to rows',
      async (page) => {
        await quiet(page, list)
        await page.fill('#search', 'S0012')
      },
      (page) => pressed(page, 'Enter', '.o_facet'),
    ),
    deed(
      'many2one: key to suggestions',
      async (page) => {
        await quiet(page, form)
        await page.focus('[data-field=partner_id] input')
        await page.keyboard.press('Control+a')
      },
      (page) => pressed(page, 'c', '.o_suggestions:not([hidden]) li'),
    ),
    deed(
      'quantity changed to total',
      async (page) => {
        await quiet(page, form)
        await page.click('[data-line] [data-name=quantity]')
        await page.locator('[data-line] [data-field=quantity] input').waitFor()
        await page.fill('[data-line] [data-field=quantity] input', String(2 + Math.floor(Math.random() * 900)))
      },
      (page) => changed(page, () => page.keyboard.press('Tab'), '[data-field=total]'),
    ),
    deed(
      'save',
      async (page) => {
        await quiet(page, form)
        await page.fill(
          '[data-field=date] input',
          `2026-03-${String(1 + Math.floor(Math.random() * 27)).padStart(2, '0')}`,
        )
        await page.keyboard.press('Tab')
        await page.waitForLoadState('networkidle')
      },
      (page) => pressed(page, 'Alt+s', 'form:not(.o_dirty)'),
    ),
    deed(
      'new, empty order',
      (page) => quiet(page, list),
      (page) => clicked(page, '.o_new', 'form.o_dirty [data-field=partner_id] input'),
    ),
    {
      name: 'open an order of 1,000 lines',
      goal: LARGE['open an order of 1,000 lines'],
      before: (page) => quiet(page, list),
      measure: async (page) => {
        const began = performance.now()
        await page.goto(`${list}/${large}`, { waitUntil: 'domcontentloaded' })
        await page.locator('[data-line]').first().waitFor()
        return performance.now() - began
      },
    },
    {
      name: 'edit in an order of 1,000 lines',
      goal: LARGE['edit in an order of 1,000 lines'],
      before: async (page) => {
        await quiet(page, `${list}/${large}`)
        await page.click('[data-line] [data-name=quantity]')
        await page.locator('[data-line] [data-field=quantity] input').waitFor()
        await page.fill('[data-line] [data-field=quantity] input', String(2 + Math.floor(Math.random() * 900)))
      },
      measure: (page) => changed(page, () => page.keyboard.press('Tab'), '[data-field=total]'),
    },
  ]
}

/** From a click until something shows, both seen by the page's own clock. */
async function clicked(page: Page, selector: string, shows: string): Promise<number> {
  return watched(page, () => page.click(selector, { noWaitAfter: true }), { shows })
}

/** From a key until something shows. */
async function pressed(page: Page, key: string, shows: string): Promise<number> {
  return watched(page, () => page.keyboard.press(key), { shows })
}

/** From a deed until the text or value of something is another one. */
async function changed(page: Page, act: () => Promise<void>, selector: string): Promise<number> {
  return watched(page, act, { changes: selector })
}

/**
 * Starts the clock with the first event that the deed brings to the page and stops it in the frame after what it
 * waits for is there: what a person sees, without the way between the two processes.
 */
async function watched(
  page: Page,
  act: () => Promise<void>,
  wanted: { readonly shows?: string; readonly changes?: string },
): Promise<number> {
  await page.evaluate(({ shows, changes }) => {
    const textOf = (): string => {
      const element = changes === undefined ? null : document.querySelector(changes)
      return element ? (element.querySelector('input')?.value ?? element.textContent ?? '') : ''
    }
    // Playwright's own selectors are for it alone: a heading is named by its text here.
    const isThere = (): boolean => {
      if (changes !== undefined) return textOf() !== before
      const [, tag, text] = /^(\w+):text-is\("(.*)"\)$/.exec(shows ?? '') ?? []
      if (tag === undefined) return document.querySelector(shows ?? '') !== null
      return [...document.querySelectorAll(tag)].some((one) => one.textContent === text)
    }
    const before = textOf()
    const state = globalThis as unknown as { benchDone: Promise<number> }
    state.benchDone = new Promise((resolve) => {
      let began = 0
      const look = (): void => {
        if (isThere()) requestAnimationFrame(() => resolve(performance.now() - began))
        else requestAnimationFrame(look)
      }
      const start = (): void => {
        if (began > 0) return
        began = performance.now()
        requestAnimationFrame(look)
      }
      for (const event of ['keydown', 'pointerdown'])
        document.addEventListener(event, start, { capture: true, once: true })
    })
  }, wanted)
  await act()
  return page.evaluate(() => (globalThis as unknown as { benchDone: Promise<number> }).benchDone)
}
