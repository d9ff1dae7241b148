/* Cards and boards, in a real browser. */
import type { Page } from 'playwright-core'
import t from 'tap'
import { skipWithoutBrowser } from './chromium.ts'
import { accessibilityFaults, desk, scrollsSideways } from './harness.ts'

const BOARD = '/odoo/contacts?view=kanban&f=&g=industry_id&s=name~Kb'

t.test('cards', skipWithoutBrowser, async (t) => {
  const office = await desk(t)
  // the scripts are built before the first visit, which may take longer than a page may
  const [farms = 0, mines = 0] = await office.create('res.partner.industry', [
    { name: 'AA Farms' },
    { name: 'AB Mines' },
  ])
  await office.create('res.partner', [
    { name: 'Kb One', industry_id: farms },
    { name: 'Kb Two', industry_id: farms, city: 'Nice' },
    { name: 'Kb Three', industry_id: mines },
  ])
  const industryOf = async (name: string): Promise<unknown> =>
    office.server.runtime.call({ uid: 1, su: true }, 'read', async (env) => {
      const [found] = await (await env['res.partner'].search([['name', '=', name]])).load(['industry_id'])
      return found?.industry_id?.id
    })

  await t.test('a card is dragged into another column: one write, and both counts follow', async (t) => {
    await office.visit(t, BOARD, async (page) => {
      await page.locator('.o_card').first().waitFor()
      await drag(page, 'Kb Two', mines)
      await page.locator(`.o_column[data-key="${mines}"] .o_count:text-is("2")`).waitFor()
      t.equal(await page.locator(`.o_column[data-key="${farms}"] .o_count`).textContent(), '1')
      t.equal(await industryOf('Kb Two'), mines)
    })
  })

  await t.test('arrows go from card to card, and with Control they take the card along', async (t) => {
    await office.visit(t, BOARD, async (page) => {
      await page.focus('.o_card_link[aria-label="Kb Two"]')
      await page.keyboard.press('ArrowLeft')
      t.equal(await focused(page), 'Kb One')
      await page.keyboard.press('ArrowRight')
      const card = await focused(page)
      t.ok(card === 'Kb Two' || card === 'Kb Three')
      await page.focus('.o_card_link[aria-label="Kb Two"]')
      await page.keyboard.press('Control+ArrowLeft')
      await page.locator(`.o_column[data-key="${farms}"] .o_count:text-is("2")`).waitFor()
      t.equal(await focused(page), 'Kb Two', 'the card keeps the focus')
      t.match(await page.locator('[data-kanban-target="said"]').textContent(), 'Kb Two: now in AA Farms')
      t.equal(await industryOf('Kb Two'), farms)
      await page.keyboard.press('Enter')
      await page.locator('.o_form').waitFor()
    })
  })

  await t.test('Enter adds a card and takes the next, Escape closes', async (t) => {
    await office.visit(t, BOARD, async (page) => {
      await page.click(`.o_column[data-key="${farms}"] [data-action="kanban#quickCreate"]`)
      await page.fill('.o_quick input', 'Kb Four')
      await page.keyboard.press('Enter')
      await page.locator(`.o_column[data-key="${farms}"] .o_count:text-is("3")`).waitFor()
      // the count and the emptied input are drawn one after the other
      await page.waitForFunction(() => document.querySelector<HTMLInputElement>('.o_quick input')?.value === '')
      await page.keyboard.press('Escape')
      t.equal(await page.locator('.o_quick input').count(), 0)
      t.equal(await industryOf('Kb Four'), farms)
    })
  })

  await t.test('a folded column stays folded when the page is loaded again', async (t) => {
    await office.visit(t, BOARD, async (page) => {
      await page.click(`.o_column[data-key="${farms}"] .o_column_menu summary`)
      await page.click(`.o_column[data-key="${farms}"] .o_column_menu a:text-is("Fold")`)
      await page.locator('.o_column.o_folded').waitFor()
      await page.reload()
      await page.click('.o_column.o_folded a')
      await page.locator(`.o_column[data-key="${farms}"] .o_card`).first().waitFor()
    })
  })

  await t.test('a card is archived from its menu, and its column counts one less', async (t) => {
    await office.visit(t, BOARD, async (page) => {
      const card = page.locator('.o_card:has([aria-label="Kb Four"])')
      await card.locator('.o_card_menu summary').click()
      await card.getByText('Archive', { exact: true }).click()
      await page.locator(`.o_column[data-key="${farms}"] .o_count:text-is("2")`).waitFor()
      t.equal(await card.count(), 0)
    })
  })

  await t.test('boards and cards can be read and opened without scripts', async (t) => {
    await office.visit(
      t,
      BOARD,
      async (page) => {
        t.same(await page.locator('.o_column h2').allTextContents(), ['AA Farms', 'AB Mines'])
        await page.locator('.o_card_link[aria-label="Kb Three"]').click()
        t.match(page.url(), /\/odoo\/contacts\/\d+/)
      },
      { scripts: false },
    )
  })

  for (const [path, isDark] of [
    [BOARD, false],
    ['/odoo/contacts?view=kanban', true],
  ] as const)
    await t.test(`${path} has no accessibility fault and fits a telephone`, async (t) => {
      await office.visit(
        t,
        path,
        async (page) => {
          await page.locator('.o_card').first().waitFor()
          t.same(await accessibilityFaults(page), [])
          t.equal(await scrollsSideways(page), false)
        },
        { size: [400, 800], isDark },
      )
    })
})

const focused = (page: Page): Promise<string | null | undefined> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label'))

/** Drags a card by its name onto the cards of a column. */
async function drag(page: Page, name: string, column: number): Promise<void> {
  await page.waitForLoadState('networkidle')
  const from = await page.locator(`.o_card:has([aria-label="${name}"])`).boundingBox()
  const to = await page.locator(`.o_column[data-key="${column}"] .o_cards`).boundingBox()
  if (!from || !to) throw new Error('the card or the column is not there')
  await page.mouse.move(from.x + from.width / 2, from.y + 12)
  await page.mouse.down()
  await page.mouse.move(from.x + from.width / 2 + 15, from.y + 20, { steps: 4 })
  await page.mouse.move(to.x + to.width / 2, to.y + 20, { steps: 12 })
  await page.mouse.up()
}
