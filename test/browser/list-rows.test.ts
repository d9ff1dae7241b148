/* Rows of lists that are edited in place, in a real browser. */
import t from 'tap'
import { skipWithoutBrowser } from './chromium.ts'
import { accessibilityFaults, desk } from './harness.ts'

const INDUSTRIES = '/odoo/m-res.partner.industry'

t.test('rows of lists', skipWithoutBrowser, async (t) => {
  const office = await desk(t, ['base'])
  await t.test('edit a row in place: Enter goes on, Escape takes back, New adds one', async (t) => {
    await office.create('res.partner.industry', [{ name: 'Bakeries' }, { name: 'Breweries' }])
    await office.visit(t, `${INDUSTRIES}?s=name~eries`, async (page) => {
      await page.click('.o_row:has-text("Bakeries") td[data-name="name"] a')
      const input = page.locator('.o_row[data-editing] td[data-name="name"] input')
      await input.waitFor()
      await page.keyboard.type('Bakeries and cakeries')
      await page.keyboard.press('Enter')
      await page.locator('.o_row:not([data-editing]):has-text("Bakeries and cakeries")').waitFor()
      await page.locator('.o_row[data-editing]').waitFor()
      t.equal(await input.inputValue(), 'Breweries', 'Enter opens the next row')
      await page.keyboard.type('Nonsense')
      await page.keyboard.press('Escape')
      await page.locator('.o_row:not([data-editing]):has-text("Breweries")').waitFor()
      await page.click('.o_new')
      await page.locator('.o_row[data-editing][data-id="virtual_new"]').waitFor()
      await page.keyboard.type('Creameries')
      await page.click('h1')
      await page.locator('.o_row:not([data-editing]):has-text("Creameries")').waitFor()
      await page.reload()
      t.equal(await page.locator('.o_row:has-text("Creameries")').count(), 1)
      t.equal(await page.locator('.o_row:has-text("Nonsense")').count(), 0)
    })
  })

  await t.test('do not let go of a row that misses a value, and say it at the field', async (t) => {
    const [country] = await office.create('res.country', [{ name: 'Syldavia', code: 'ZY' }])
    await office.create('res.country.state', [{ name: 'Klow', code: 'KL', country_id: country }])
    await office.visit(t, '/odoo/m-res.country.state?s=name~Klow', async (page) => {
      await page.click('.o_row td[data-name="name"]')
      await page.locator('.o_row[data-editing] input').first().waitFor()
      await page.fill('.o_row[data-editing] td[data-name="name"] input', '')
      await page.keyboard.press('Enter')
      await page.locator('.o_row[data-editing] .o_field_message').waitFor()
      t.same(await accessibilityFaults(page), [])
      await page.keyboard.press('Escape')
      await page.locator('.o_row[data-editing]').waitFor({ state: 'detached' })
    })
  })

  await t.test('change all selected rows at once, after a question', async (t) => {
    await office.visit(t, `${INDUSTRIES}?s=name~eries`, async (page) => {
      await page.click('thead .o_select input')
      await page.locator('.o_selected_count').waitFor()
      await page.click('.o_row:has-text("Breweries") td[data-name="full_name"]')
      const input = page.locator('.o_row[data-editing] td[data-name="full_name"] input')
      await input.waitFor()
      await input.fill('Food')
      await page.keyboard.press('Enter')
      t.match(await page.locator('dialog[open] [data-question]').textContent(), /Change Full Name of \d records\?/)
      await page.click('dialog[open] button[value="yes"]')
      await page.locator('.o_row:has-text("Bakeries"):has-text("Food")').waitFor()
      t.equal(await page.locator('.o_row[data-editing]').count(), 0, 'no row is open afterwards')
      const names = await page.locator('.o_row td[data-name="full_name"]').allTextContents()
      t.ok(
        names.every((name) => name.trim() === 'Food'),
        names.join(),
      )
    })
  })

  await t.test('drag rows by their handle', async (t) => {
    await office.create('res.company', [
      { name: 'Alpha', sequence: 1 },
      { name: 'Beta', sequence: 2 },
      { name: 'Gamma', sequence: 3 },
    ])
    await office.visit(t, '/odoo/m-res.company', async (page) => {
      const handles = page.locator('.o_row .o_row_handle')
      await page.locator('.o_list[data-controller~="list-order"]').waitFor()
      const names = (): Promise<string[]> => page.locator('.o_row td[data-name="name"]').allTextContents()
      const before = await names()
      const saved = page.waitForResponse('**/odoo/list/order')
      await handles.nth(before.indexOf('Gamma')).dragTo(handles.nth(before.indexOf('Alpha')))
      await saved
      await page.reload()
      const after = await names()
      t.ok(after.indexOf('Gamma') < after.indexOf('Beta'), after.join())
    })
  })
})
