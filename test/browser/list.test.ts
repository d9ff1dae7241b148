/* Lists, in a real browser. */
import type { Page } from 'playwright-core'
import t from 'tap'
import { skipWithoutBrowser } from './chromium.ts'
import { accessibilityFaults, desk, scrollsSideways } from './harness.ts'

const PARTNERS = '/odoo/m-res.partner'

t.test('lists', skipWithoutBrowser, async (t) => {
  const office = await desk(t, ['base'])
  await office.create('res.partner', [
    ...Array.from({ length: 4 }, (_, i) => ({ name: `Azur ${i}`, city: 'Nice' })),
    ...Array.from({ length: 3 }, (_, i) => ({ name: `Zénith ${i}`, city: 'Lille' })),
  ])
  const found = `${PARTNERS}?s=name~a&d=${encodeURIComponent("[('city','in',['Nice','Lille'])]")}`
  const all = `${PARTNERS}?d=${encodeURIComponent("[('city','in',['Nice','Lille'])]")}`

  await t.test('open a group in place, and the address keeps it', async (t) => {
    await office.visit(t, `${all}&g=city`, async (page) => {
      t.equal(await page.locator('.o_row').count(), 0)
      await page.click('.o_group_link:has-text("Lille")')
      await page.locator('.o_row').first().waitFor()
      t.equal(await page.locator('.o_row').count(), 3)
      t.match(page.url(), 'open=Lille')
      await page.reload()
      t.equal(await page.locator('.o_row').count(), 3, 'a reload shows the same')
      t.same(await accessibilityFaults(page), [])
      await page.click('.o_group_link:has-text("Lille")')
      await page.locator('.o_row').first().waitFor({ state: 'detached' })
      await page.click('a[aria-label="Expand all"]')
      await page.locator('.o_row').nth(6).waitFor()
    })
  })

  await t.test('tell how many rows are selected, with Shift a whole range, and act on them', async (t) => {
    await office.create('res.partner', [
      { name: 'Nobody A', city: 'Gone' },
      { name: 'Nobody B', city: 'Gone' },
    ])
    await office.visit(t, `${PARTNERS}?s=city~Gone&d=${encodeURIComponent("[('city','=','Gone')]")}`, async (page) => {
      await page.locator('.o_row .o_select input').nth(0).check()
      await page
        .locator('.o_row .o_select input')
        .nth(1)
        .click({ modifiers: ['Shift'] })
      await page.locator('.o_selected_count:has-text("2 selected")').waitFor()
      t.equal(await page.locator('.o_search').isVisible(), false, 'the search box gives way')
      await page.click('.o_selection summary:has-text("Actions")')
      await page.click('.o_selection button:has-text("Delete")')
      await page.click('dialog[open] button[value="yes"]')
      await page.locator('.o_empty').waitFor()
    })
  })

  await t.test('select all that a search finds, beyond the page', async (t) => {
    await office.visit(t, `${all}&rows=1-2`, async (page) => {
      await page.click('thead .o_select input')
      await page.click('.o_selection button:has-text("Select all 7")')
      await page.locator('.o_selected_count:has-text("All 7 selected")').waitFor()
    })
  })

  await t.test('show and hide optional columns, and the next page has them at once', async (t) => {
    await office.visit(t, found, async (page) => {
      await page.click('.o_column_menu > summary')
      await page.click('.o_column_menu label:has-text("Tax ID")')
      await page.locator('th[data-name="vat"]').waitFor()
      await page.reload()
      t.equal(await page.locator('th[data-name="vat"]').count(), 1)
    })
  })

  await t.test('keep the width of a column that was dragged', async (t) => {
    await office.visit(t, found, async (page) => {
      const edge = page.locator('th[data-name="email"] .o_resize')
      const box = await edge.boundingBox()
      const before = await widthOf(page, 'email')
      await page.mouse.move((box?.x ?? 0) + 3, (box?.y ?? 0) + 5)
      await page.mouse.down()
      await page.mouse.move((box?.x ?? 0) + 83, (box?.y ?? 0) + 5, { steps: 4 })
      await page.mouse.up()
      const after = await widthOf(page, 'email')
      t.ok(after > before + 40, `${before} -> ${after}`)
      await page.reload()
      await page.locator('table.o_fixed').waitFor()
      t.ok(Math.abs((await widthOf(page, 'email')) - after) < 12, 'and after a reload')
    })
  })

  await t.test('page through records by keyboard from a list', async (t) => {
    await office.visit(t, `${all}&o=name`, async (page) => {
      await page.click('.o_row:has-text("Azur 1") a')
      await page.locator('h1:has-text("Azur 1")').waitFor()
      await page.keyboard.press('Alt+n')
      await page.locator('h1:has-text("Azur 2")').waitFor()
      await page.keyboard.press('Alt+p')
      await page.locator('h1:has-text("Azur 1")').waitFor()
    })
  })

  await t.test('are cards on a telephone, and have no accessibility fault', async (t) => {
    await office.visit(
      t,
      `${all}&g=city&open=*`,
      async (page) => {
        t.equal(await scrollsSideways(page), false)
        t.same(await accessibilityFaults(page), [])
      },
      { size: [400, 800], isDark: true },
    )
  })
})

function widthOf(page: Page, name: string): Promise<number> {
  return page
    .locator(`th[data-name="${name}"]`)
    .evaluate((head) => (head as unknown as { offsetWidth: number }).offsetWidth)
}
