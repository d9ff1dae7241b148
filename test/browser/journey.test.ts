/* A day at a desk, from logging in to archiving: every step on top of the one before, in English and in French. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import t from 'tap'
import { skipWithoutBrowser } from './chromium.ts'
import { accessibilityFaults, desk, scrollsSideways } from './harness.ts'

const CONTACTS = '/odoo/contacts?view=list'

t.test('a day at a desk', skipWithoutBrowser, async (t) => {
  const office = await desk(t, ['base', 'contacts', 'mail'])
  await office.create('res.partner', [
    { name: 'Other Company', is_company: true, city: 'Lille' },
    { name: 'Other Person', city: 'Lille' },
  ])

  await t.test('a contact is made with two addresses, found, grouped, exported, changed and archived', async (t) => {
    await office.visit(t, CONTACTS, async (page) => {
      await page.click('.o_new')
      await page.waitForURL(/\/new/)
      await fill(page, 'name', 'Zénith Mobilier')
      await addAddress(page, 'Entrepôt', 'Roubaix')
      await addAddress(page, 'Comptabilité', 'Tourcoing')
      await page.keyboard.press('Alt+s')
      await page.waitForURL(/\/odoo\/contacts\/\d+/)
      await page.locator('.o_form [data-line]').nth(1).waitFor()
      t.equal(await page.locator('.o_form [data-line]').count(), 2, 'both addresses are saved')

      await page.goto(CONTACTS)
      await page.fill('#search', 'zénith')
      await page.keyboard.press('Enter')
      await page.locator('.o_facet').waitFor()
      await page.locator('.o_row').nth(2).waitFor()
      t.equal(await page.locator('.o_row').count(), 3, 'the contact and its addresses')

      await page.click('.o_search_menu > summary')
      await page.click('.o_more_groups > summary')
      await page.click('.o_more_groups a:text-is("City")')
      await page.locator('.o_group_link:has-text("Roubaix")').waitFor()
      await page.click('.o_group_link:has-text("Roubaix")')
      await page.locator('.o_row').first().waitFor()
      t.equal(await page.locator('.o_row').count(), 1)

      await page.click('.o_gear > summary')
      await page.click('.o_gear button[data-action="export#open"]')
      await page.locator('.o_export_tree li').first().waitFor()
      await page.check('.o_export input[value=csv]')
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('.o_export footer .btn-primary')])
      const csv = (await readFile(await download.path())).toString()
      t.match(csv, 'Entrepôt')
      t.match(csv, 'Tourcoing')
      t.notMatch(csv, 'Other Company')

      await page.goto(`${CONTACTS}&s=name~z%C3%A9nith`)
      await page.click('.o_row_link:has-text("Entrepôt")')
      await page.waitForURL(/\/odoo\/contacts\/\d+/)
      await fill(page, 'city', 'Lens')
      await page.keyboard.press('Alt+s')
      await page.locator('form.o_dirty').waitFor({ state: 'detached' })
      await page.click('.o_gear > summary')
      await page.click('.o_gear button:has-text("Archive")')
      if (await page.locator('dialog[open] button[value="yes"]').isVisible())
        await page.click('dialog[open] button[value="yes"]')
      await page.locator('.o_ribbon, .ribbon, .o_web_ribbon').first().waitFor()

      await page.goto(`${CONTACTS}&s=name~z%C3%A9nith`)
      await page.locator('.o_row').first().waitFor()
      t.equal(await page.locator('.o_row').count(), 2, 'what is archived is out of the way')
    })
  })

  await t.test('the same screens speak French, without a fault, on a telephone too', async (t) => {
    await office.server.runtime.call({ uid: 1, su: true }, 'write', async (env) => {
      const languages = await env['res.lang'].search([
        ['code', '=', 'fr_FR'],
        ['active', 'in', [true, false]],
      ])
      await languages.write({ active: true })
    })
    const [french] = await office.create('res.users', [
      { name: 'Amélie', login: 'amelie', password: 'amelie-secret', lang: 'fr_FR' },
    ])
    t.ok(french)
    const amelie = { login: 'amelie', password: 'amelie-secret' }
    const look = async (page: Page): Promise<void> => {
      t.equal(await page.getAttribute('html', 'lang'), 'fr-FR')
      t.same(await accessibilityFaults(page), [])
      t.equal(await scrollsSideways(page), false)
    }
    await office.visit(
      t,
      CONTACTS,
      async (page) => {
        t.match(await page.locator('.o_new').textContent(), /Nouveau/)
        await look(page)
        await page.goto('/odoo/contacts?view=kanban')
        await look(page)
        await page.goto('/odoo/contacts/new')
        await look(page)
      },
      { ...amelie, size: [400, 800] },
    )
  })
})

async function fill(page: Page, field: string, text: string): Promise<void> {
  await page.fill(`[data-field="${field}"] input`, text)
  await page.keyboard.press('Tab')
}

/** Adds a line to the contact's addresses. */
async function addAddress(page: Page, name: string, city: string): Promise<void> {
  await page.click('[data-field="child_ids"] button:has-text("Add a line")')
  const row = page.locator('[data-field="child_ids"] [data-line][data-editing]')
  await row.locator('[data-field="name"] input').fill(name)
  await row.locator('[data-field="city"] input').fill(city)
  await page.keyboard.press('Tab')
}
