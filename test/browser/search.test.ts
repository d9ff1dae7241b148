/* The search box, in a real browser. */
import type { Page } from 'playwright-core'
import t from 'tap'
import { skipWithoutBrowser } from './chromium.ts'
import { accessibilityFaults, desk, scrollsSideways } from './harness.ts'

const CONTACTS = '/odoo/contacts?view=list'

t.test('the search box', skipWithoutBrowser, async (t) => {
  const office = await desk(t)
  await office.create('res.partner', [
    { name: 'Brasserie Zénith', is_company: true, city: 'Lille' },
    { name: 'Comptoir Azur', is_company: true, city: 'Nice' },
    { name: 'Zoé Azur', city: 'Nice' },
  ])

  await t.test('proposes fields for what is typed, and Enter searches the first', async (t) => {
    await office.visit(t, CONTACTS, async (page) => {
      await page.fill('#search', 'azur')
      t.equal(await page.locator('#search_options li').first().textContent(), 'Search Name for: azur')
      await page.keyboard.press('Enter')
      t.match(await page.locator('.o_facet').textContent(), /Name\s*azur/)
      t.equal(await page.locator('.o_row').count(), 2)
      await page.reload()
      t.equal(await page.locator('.o_row').count(), 2, 'a reload keeps the search')
      await page.focus('#search')
      await page.keyboard.press('Backspace')
      await page.locator('.o_facet').waitFor({ state: 'detached' })
    })
  })

  await t.test('proposes the records of a relation when its line is opened', async (t) => {
    await office.visit(t, CONTACTS, async (page) => {
      await page.fill('#search', 'azu')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowRight')
      await page.locator('#search_options .o_inside:has-text("Comptoir Azur")').first().waitFor()
      await page.keyboard.press('Enter')
      t.match(await page.locator('.o_facet').textContent(), /Related Company/)
    })
  })

  await t.test('filters of a set are alternatives, and a search can be kept as the default favourite', async (t) => {
    await office.visit(t, CONTACTS, async (page) => {
      await choose(page, 'Companies')
      const companies = await page.locator('.o_row').count()
      await choose(page, 'Individuals')
      t.ok((await page.locator('.o_row').count()) > companies)
      t.match(await page.locator('.o_facet').textContent(), /Companies\s*or\s*Individuals/)
      await page.click('.o_search_menu > summary')
      await page.click('.o_save_search > summary')
      await page.fill('#favorite_name', 'Everybody')
      await page.click('.o_save_search input[name=is_default]')
      await page.click('.o_save_search button')
      await page.locator('.o_choices a:has-text("Everybody")').waitFor({ state: 'attached' })
      await page.goto('/odoo/contacts')
      t.match(await page.locator('.o_facet').textContent(), /Everybody/)
      await page.click('.o_search_menu > summary')
      await page.click('.o_search_panel button[aria-label="Delete Everybody"]')
      await page.click('dialog[open] button[value="yes"]')
      await page.locator('.o_choices a:has-text("Everybody")').waitFor({ state: 'detached' })
    })
  })

  await t.test('works without scripts', async (t) => {
    await office.visit(
      t,
      CONTACTS,
      async (page) => {
        await page.fill('#search', 'zénith')
        await page.press('#search', 'Enter')
        t.match(await page.locator('.o_facet').textContent(), /Name\s*zénith/)
        t.equal(await page.locator('.o_row').count(), 1)
      },
      { scripts: false },
    )
  })

  await t.test('has no accessibility fault and fits a telephone', async (t) => {
    await office.visit(
      t,
      `${CONTACTS}&s=name~azur`,
      async (page) => {
        await page.click('.o_search_menu > summary')
        t.same(await accessibilityFaults(page), [])
        t.equal(await scrollsSideways(page), false)
      },
      { size: [400, 800] },
    )
  })
})

/** Takes an entry of the search menu and waits for its facet. */
async function choose(page: Page, label: string): Promise<void> {
  await page.click('.o_search_menu > summary')
  await page.click(`.o_search_panel a:has-text("${label}")`)
  await page.locator(`.o_facet:has-text("${label}")`).waitFor()
}
