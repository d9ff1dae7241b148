/* Records out of lists into files, and what the gear menus do, in a real browser. */
import { readFile } from 'node:fs/promises'
import type { Download, Page } from 'playwright-core'
import readExcel from 'read-excel-file/node'
import t from 'tap'
import { skipWithoutBrowser } from './chromium.ts'
import { accessibilityFaults, desk, scrollsSideways } from './harness.ts'

const CONTACTS = '/odoo/m-res.partner?view=list'

t.setTimeout(300_000)

t.test('files and gear menus', skipWithoutBrowser, async (t) => {
  const office = await desk(t, ['base'])
  const [id] = await office.create('res.partner', [
    { name: 'Brasserie Zénith', is_company: true, city: 'Lille' },
    { name: 'Zoé Azur', city: 'Nice' },
  ])

  const exported = async (page: Page, work: () => Promise<void>): Promise<Download> => {
    const [download] = await Promise.all([page.waitForEvent('download'), work()])
    return download
  }

  await t.test('all that a list shows becomes a spreadsheet', async (t) => {
    await office.visit(t, CONTACTS, async (page) => {
      await page.click('.o_gear > summary')
      const file = await exported(page, () => page.click('.o_gear button[data-action="export#all"]'))
      t.match(file.suggestedFilename(), /res\.partner\)\.xlsx$/)
      const [sheet] = (await readExcel(await readFile(await file.path()))) as unknown as { data: unknown[][] }[]
      const heads = await page.locator('.o_list thead th[data-name]').allTextContents()
      t.same(
        sheet?.data[0],
        heads.map((head) => head.trim()),
      )
      t.ok(sheet?.data.some((row) => row.includes('Brasserie Zénith')))
    })
  })

  await t.test('columns are chosen through relations, ordered, kept and recalled', async (t) => {
    await office.visit(t, CONTACTS, async (page) => {
      await page.click('.o_gear > summary')
      await page.click('.o_gear button[data-action="export#open"]')
      await page.locator('.o_export_tree li').first().waitFor()
      t.same(await accessibilityFaults(page), [])
      while ((await page.locator('.o_export_chosen li').count()) > 1)
        await page.locator('.o_export_chosen button[aria-label^="Remove"]').last().click()
      await page.fill('.o_export input[type=search]', 'country code')
      await page.click('button[aria-label="Add Country/Country Code"]')
      await page.click('button[aria-label="Move Country/Country Code up"]')
      t.match(await page.locator('.o_export_chosen li').first().getAttribute('data-name'), 'country_id/code')
      await page.fill('#export_name', 'Two')
      await page.click('.o_export_keep button')
      await page.locator('#export_kept option:has-text("Two")').waitFor({ state: 'attached' })
      await page.check('.o_export input[value=csv]')
      const file = await exported(page, () => page.click('.o_export footer .btn-primary'))
      t.match((await readFile(await file.path())).toString(), /^\ufeffCountry\/Country Code,/)
      await page.click('.o_gear > summary')
      await page.click('.o_gear button[data-action="export#open"]')
      await page.selectOption('#export_kept', { label: 'Two' })
      await page.locator('.o_export_chosen li[data-name="country_id/code"]').waitFor()
      t.equal(await page.locator('.o_export_chosen li').count(), 2)
    })
  })

  await t.test('the dialog fits a telephone', async (t) => {
    await office.visit(
      t,
      CONTACTS,
      async (page) => {
        await page.click('.o_gear > summary')
        await page.click('.o_gear button[data-action="export#open"]')
        await page.locator('.o_export_tree li').first().waitFor()
        t.equal(await scrollsSideways(page), false)
      },
      { size: [400, 800] },
    )
  })

  await t.test('a record is duplicated, archived and deleted from its gear menu', async (t) => {
    await office.visit(t, `/odoo/m-res.partner/${id}?in=view%3Dlist`, async (page) => {
      await page.click('.o_gear > summary')
      await page.click('.o_gear [data-act=duplicate]')
      await page.waitForURL((url) => !url.pathname.endsWith(`/${id}`))
      t.match(await page.locator('.o_breadcrumb h1').textContent(), /Brasserie Zénith/)
      await page.click('.o_gear > summary')
      await page.click('.o_gear [data-act=archive]')
      await page.click('dialog[open] button[value="yes"]')
      await page.locator('.o_gear [data-act=unarchive]').waitFor({ state: 'attached' })
      await page.click('.o_gear > summary')
      await page.click('.o_gear [data-act=delete]')
      await page.click('dialog[open] button[value="yes"]')
      await page.waitForURL((url) => url.pathname === '/odoo/m-res.partner' && url.search === '?view=list')
      t.equal(await page.locator('.o_row:has-text("Brasserie Zénith")').count(), 1)
    })
  })
})
