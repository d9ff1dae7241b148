/* The thread beside a record, as a person works with it. */
import t from 'tap'
import type { Page } from 'playwright-core'
import type {} from '#addons/mail/index.ts'
import { accessibilityFaults, desk, scrollsSideways } from './harness.ts'
import { skipWithoutBrowser } from './chromium.ts'

/** The smallest picture: one transparent point. */
const POINT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

t.setTimeout(300_000)

t.test('the chatter in a browser', skipWithoutBrowser, async (t) => {
  const office = await desk(t)
  const [id = 0] = await office.create('res.partner', [{ name: 'Azure Interior', email: 'azure@example.com' }])
  const path = `/odoo/contacts/${id}`
  const chatter = (page: Page): ReturnType<Page['locator']> => page.locator('.o_chatter')
  const post = async (page: Page, body: string): Promise<void> => {
    await chatter(page).locator('[name="body"]').first().fill(body)
    await chatter(page).getByRole('button', { name: 'Send', exact: true }).click()
    await chatter(page).locator('.o_message', { hasText: body }).waitFor()
  }

  await t.test('an own message is written with a file, changed, reacted to and removed', async (t) => {
    await office.visit(t, path, async (page) => {
      const picture = { name: 'point.png', mimeType: 'image/png', buffer: Buffer.from(POINT, 'base64') }
      await chatter(page).locator('[name="files"]').setInputFiles(picture)
      await post(page, 'Hello there')
      const message = chatter(page).locator('.o_message', { hasText: /Hello there|Good evening/ })
      await message.getByRole('link', { name: 'point.png' }).click()
      const shown = page.locator('dialog.o_picture img')
      await shown.waitFor()
      t.equal(await shown.evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth), 1)
      await page.keyboard.press('Escape')

      await message.locator('summary', { hasText: 'Edit' }).click()
      const field = message.locator('textarea')
      t.equal(await field.inputValue(), 'Hello there')
      await field.fill('Good evening')
      await message.getByRole('button', { name: 'Save' }).click()
      await chatter(page).locator('.o_message_body', { hasText: 'Good evening' }).waitFor()

      await message.locator('summary', { hasText: 'React' }).click()
      await message.getByRole('button', { name: 'React with 🎉' }).click()
      const reaction = message.locator('.o_reaction_own')
      t.match(await reaction.textContent(), '🎉 1')
      await reaction.click()
      await reaction.waitFor({ state: 'detached' })

      await message.getByRole('button', { name: 'Remove' }).click()
      await page.locator('dialog button[value="yes"]').click()
      await chatter(page).getByText('This message was removed.').waitFor()
      t.equal(await chatter(page).getByRole('link', { name: 'point.png' }).count(), 0)
    })
  })

  await t.test('messages are searched', async (t) => {
    await office.visit(t, path, async (page) => {
      await post(page, 'The red one')
      await post(page, 'The blue one')
      await chatter(page).getByRole('searchbox').fill('blue')
      await page.keyboard.press('Enter')
      await chatter(page).locator('.o_message', { hasText: 'red' }).waitFor({ state: 'detached' })
      t.equal(await chatter(page).locator('.o_message').count(), 1)
    })
  })

  await t.test('an activity is scheduled, changed and closed with feedback', async (t) => {
    await office.visit(t, path, async (page) => {
      await chatter(page).locator('.o_chatter_schedule > summary').click()
      const schedule = chatter(page).locator('.o_chatter_schedule form')
      await schedule.locator('[name="summary"]').fill('Call back')
      await schedule.locator('[name="due"]').fill('2020-01-02')
      await schedule.getByRole('button', { name: 'Schedule' }).click()
      const activity = chatter(page).locator('.o_activity_overdue')
      await activity.waitFor()
      await activity.locator('summary', { hasText: 'Edit' }).click()
      await activity.locator('[name="due"]').fill('2999-01-02')
      await activity.getByRole('button', { name: 'Save' }).click()
      const planned = chatter(page).locator('.o_activity_planned')
      await planned.locator('summary', { hasText: 'Mark as done' }).click()
      await planned.locator('[name="feedback"]').fill('They agree')
      await planned.getByRole('button', { name: 'Done', exact: true }).click()
      await chatter(page).locator('.o_message', { hasText: 'They agree' }).waitFor()
      t.equal(await chatter(page).locator('.o_activity').count(), 0)
    })
  })

  await t.test('a follower chooses of what to be told, and leaves', async (t) => {
    await office.visit(t, path, async (page) => {
      const followers = chatter(page).locator('.o_chatter_followers')
      if ((await followers.getByRole('button', { name: 'Follow', exact: true }).count()) > 0)
        await followers.getByRole('button', { name: 'Follow', exact: true }).click()
      await followers.getByRole('button', { name: 'Unfollow' }).waitFor()
      await followers.locator('> details > summary', { hasText: 'Followers' }).click()
      await followers.locator('summary', { hasText: 'Told of' }).click()
      await followers.getByLabel('Note', { exact: true }).check()
      await followers.getByRole('button', { name: 'Save' }).click()
      await followers.locator('> details:not([open]) > summary', { hasText: 'Followers' }).waitFor()
      await followers.locator('> details > summary', { hasText: 'Followers' }).click()
      await followers.locator('summary', { hasText: 'Told of' }).click()
      t.equal(await followers.getByLabel('Note', { exact: true }).isChecked(), true)
      await followers.getByRole('button', { name: 'Remove' }).click()
      await followers.getByRole('button', { name: 'Follow', exact: true }).waitFor()
    })
  })

  await t.test('files of the record are added, opened and deleted', async (t) => {
    await office.visit(t, path, async (page) => {
      const files = chatter(page).locator('.o_chatter_followers > details', { hasText: 'Attachments' })
      await files.locator('> summary').click()
      const text = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Some notes') }
      await files.locator('input[type="file"]').setInputFiles(text)
      await files.locator('> summary', { hasText: '(1)' }).waitFor()
      await files.locator('> summary').click()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        files.getByRole('link', { name: 'notes.txt' }).click(),
      ])
      t.equal(download.suggestedFilename(), 'notes.txt')
      await files.getByRole('button', { name: 'Delete notes.txt' }).click()
      await page.locator('dialog button[value="yes"]').click()
      await files.locator('> summary', { hasText: '(0)' }).waitFor()
    })
  })

  await t.test('it is for everybody and fits a telephone', async (t) => {
    await office.visit(
      t,
      path,
      async (page) => {
        await chatter(page).waitFor()
        t.same(await accessibilityFaults(page), [])
        t.equal(await scrollsSideways(page), false)
      },
      { size: [400, 800] },
    )
  })
})
