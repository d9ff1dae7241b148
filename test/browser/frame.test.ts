/* What stands around every view: menus, palette, shortcuts, a person's own account. */
import type { Page } from 'playwright-core'
import t from 'tap'
import { skipWithoutBrowser } from './chromium.ts'
import { accessibilityFaults, desk, scrollsSideways } from './harness.ts'

t.test('the frame of the pages', skipWithoutBrowser, async (t) => {
  const office = await desk(t)
  await office.create('res.partner', [{ name: 'Zénith Brasserie', is_company: true }])
  await office.create('res.users', [{ name: 'Claire Dupont', login: 'claire', password: 'claire-secret' }])
  const claire = { login: 'claire', password: 'claire-secret' }

  await t.test('the palette finds menus, records and buttons by what they are called', async (t) => {
    await office.visit(t, '/odoo/contacts', async (page) => {
      await page.keyboard.press('Control+k')
      await page.keyboard.type('zenith')
      await page.locator('#palette_list li:has-text("Zénith Brasserie")').waitFor()
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/odoo\/contacts\/\d+$/)
      await page.keyboard.press('Control+k')
      await page.keyboard.type('contact tit')
      await page.locator('#palette_list li:has-text("Contact Titles")').waitFor()
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+k')
      await page.keyboard.type('new')
      await page.locator('#palette_list li:has-text("New")').first().click()
      await page.waitForURL(/\/odoo\/contacts\/new/)
    })
  })

  await t.test('letters with Alt press what they name', async (t) => {
    await office.visit(t, '/odoo/contacts', async (page) => {
      await page.keyboard.press('Alt+q')
      t.equal(await page.evaluate(() => document.activeElement?.id), 'search')
      await page.keyboard.press('Alt+c')
      await page.waitForURL(/\/new/)
      await page.locator('[data-field=name] input').fill('Kept by Alt+S')
      await page.keyboard.press('Alt+s')
      await page.waitForURL(/\/odoo\/contacts\/\d+/)
      await page.keyboard.press('Alt+b')
      await page.waitForURL(/\/odoo\/contacts(\?.*)?$/)
      await page.locator('.o_breadcrumb h1').click()
      await page.keyboard.press('?')
      await page.locator('dialog[open] .o_hotkeys').waitFor()
      t.same(await accessibilityFaults(page), [])
    })
  })

  await t.test('a person changes the colours, and every later page has them', async (t) => {
    await office.visit(t, '/odoo/contacts', async (page) => {
      await page.click('.o_user > summary')
      await page.click('button[name=theme]')
      await page.waitForURL(/\/odoo\/contacts/)
      t.equal(await page.getAttribute('html', 'data-bs-theme'), 'dark')
      t.same(await accessibilityFaults(page), [])
    })
  })

  await t.test('a person changes the own preferences without rights on users', async (t) => {
    await office.visit(
      t,
      '/odoo/contacts',
      async (page) => {
        await page.click('.o_user > summary')
        await page.click('.o_user a:has-text("Preferences")')
        await page.waitForURL(/preferences/)
        t.equal(await page.locator('.o_new').count(), 0, 'nobody makes a user in the preferences')
        await page.locator('[data-field=email] input').fill('claire@example.com')
        await page.keyboard.press('Tab')
        await page.keyboard.press('Alt+s')
        await page.locator('form.o_dirty').waitFor({ state: 'detached' })
        await page.reload()
        t.equal(await page.locator('[data-field=email] input').inputValue(), 'claire@example.com')
      },
      claire,
    )
  })

  await t.test('a key is made with the password, shown once, opens the wire and can be revoked', async (t) => {
    await office.visit(
      t,
      '/web/account',
      async (page) => {
        t.same(await accessibilityFaults(page), [])
        const make = async (password: string): Promise<void> => {
          await page.fill('#key_name', 'nightly import')
          await page.fill('#key_password', password)
          await page.click('button:has-text("Make a key")')
        }
        await make('claire-secret')
        const key = (await page.locator('.o_new_key').textContent()) ?? ''
        t.match(await whoIs(page, key), { status: 200 })
        await page.goto('/web/account')
        t.equal(await page.locator('.o_new_key').count(), 0)
        await page.click('button[aria-label="Revoke nightly import"]')
        await page.locator('text=The key opens nothing any more.').waitFor()
        t.match(await whoIs(page, key), { status: 401 })
      },
      claire,
    )
  })

  await t.test('a new password needs the old one and keeps this browser logged in', async (t) => {
    await office.visit(
      t,
      '/web/account',
      async (page) => {
        await page.fill('#old_password', 'claire-secret')
        await page.fill('#new_password', 'better-secret')
        await page.fill('#confirm_password', 'better-secret')
        await page.click('button:has-text("Change password")')
        await page.locator('text=Your password is changed.').waitFor()
        await page.goto('/odoo/contacts')
        t.match(page.url(), /\/odoo\/contacts/)
      },
      claire,
    )
    await office.visit(t, '/odoo/contacts', async () => undefined, { ...claire, password: 'better-secret' })
  })

  await t.test('on a telephone the menus are in one list and nothing is wider than the screen', async (t) => {
    await office.visit(
      t,
      '/odoo/contacts',
      async (page) => {
        await page.click('.o_apps > summary')
        await page.click('.o_apps a:has-text("Contact Tags")')
        await page.locator('h1:has-text("Contact Tags")').waitFor()
        t.equal(await scrollsSideways(page), false)
        t.same(await accessibilityFaults(page), [])
      },
      { size: [400, 800] },
    )
  })
})

/** Asks the wire with a key, from outside of the page. */
async function whoIs(page: Page, key: string): Promise<{ status: number }> {
  const answer = await fetch(new URL('/json/2/res.users/context_get', page.url()), {
    method: 'POST',
    headers: { authorization: `bearer ${key}`, 'content-type': 'application/json' },
    body: '{}',
  })
  return { status: answer.status }
}
