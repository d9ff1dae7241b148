/* What is planned: on its days, and by type; in a real browser. */
import t from 'tap'
import { skipWithoutBrowser } from './chromium.ts'
import { accessibilityFaults, desk, scrollsSideways } from './harness.ts'

const CALENDAR = '/odoo/action-mail.mail_activity_action?view=calendar&scale=month&date=2031-05-14'
const TABLE = '/odoo/contacts?view=activity&s=name~Cal'

t.test('what is planned', skipWithoutBrowser, async (t) => {
  const office = await desk(t)
  // the scripts are built before the first visit, which may take longer than a page may
  const [partner = 0] = await office.create('res.partner', [{ name: 'Cal Person' }])
  const [id = 0] = await office.server.runtime.call({ uid: 2 }, 'write', async (env) => {
    const planned = await env['res.partner'].browse([partner]).activity_schedule({
      act_type_xmlid: 'mail.mail_activity_data_call',
      summary: 'Ring',
      date_deadline: '2031-05-14',
      automated: false,
    })
    return planned.ids
  })
  const deadline = (): Promise<unknown> =>
    office.server.runtime.call({ uid: 1, su: true }, 'read', async (env) => {
      const [found] = await env['mail.activity'].browse([id]).load(['date_deadline'])
      return found?.date_deadline
    })

  await t.test('an event is dragged to another day: one write', async (t) => {
    await office.visit(t, CALENDAR, async (page) => {
      const event = page.locator('.fc-event')
      await event.waitFor()
      const from = await event.boundingBox()
      const to = await page.locator('.fc-day[data-date="2031-05-16"]').boundingBox()
      if (!from || !to) throw new Error('the event or the day is not there')
      const saved = page.waitForResponse((response) => response.url().includes('/mail.activity/write'))
      await page.mouse.move(from.x + 20, from.y + 8)
      await page.mouse.down()
      await page.mouse.move(from.x + 40, from.y + 10, { steps: 4 })
      await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 10 })
      await page.mouse.up()
      await saved
      t.equal(await deadline(), '2031-05-16')
    })
  })

  await t.test('an event opens with what it is about, and the way to its form', async (t) => {
    await office.visit(t, CALENDAR, async (page) => {
      await page.click('.fc-event')
      const dialog = page.locator('.o_event_dialog[open]')
      t.match(await dialog.textContent(), /Cal Person/)
      t.match(await dialog.locator('[data-edit]').getAttribute('href'), new RegExp(`/${id}\\b`))
      await page.keyboard.press('Escape')
      t.equal(await dialog.count(), 0)
    })
  })

  await t.test('without scripts it is a list by day, with links to other days', async (t) => {
    await office.visit(
      t,
      CALENDAR,
      async (page) => {
        t.match(await page.locator('.o_agenda').textContent(), /Friday, May 16, 2031[\s\S]*Cal Person/)
        await page.click('.o_calendar_bar a[rel="next"]')
        t.equal(await page.locator('.o_calendar_bar h2').textContent(), 'June 2031')
      },
      { scripts: false },
    )
  })

  await t.test('an activity is planned and done from the cells of its record', async (t) => {
    await office.visit(t, TABLE, async (page) => {
      await page.locator('.o_activity_none').first().click()
      await page.fill('.o_activity_plan [name="summary"]', 'Write')
      await page.click('.o_activity_plan button')
      await page.locator('.o_activity_cell.o_due_today').waitFor()
      await page.click('.o_activity_cell.o_due_today')
      await page.click('.o_activity_dialog [data-action="activity#done"] button')
      await page.locator('.o_activity_cell.o_due_today').waitFor({ state: 'detached' })
      t.equal(await page.locator('.o_activity_cell.o_due_planned').count(), 1)
    })
  })

  for (const path of [CALENDAR, TABLE])
    await t.test(`${path} has no accessibility fault and fits a telephone`, async (t) => {
      await office.visit(
        t,
        path,
        async (page) => {
          await page.locator('.o_agenda[hidden], .o_activity_table').waitFor({ state: 'attached' })
          t.same(await accessibilityFaults(page), [])
          t.equal(await scrollsSideways(page), false)
        },
        { size: [400, 800], isDark: true },
      )
    })
})
