/* Every widget in a real browser: shown, changed, saved, shown again. */
import type { Page } from 'playwright-core'
import t from 'tap'
import { skipWithoutBrowser } from './chromium.ts'
import { accessibilityFaults, desk, scrollsSideways, type Desk } from './harness.ts'
import type {} from './fixture/fixture_fields/index.ts'

t.setTimeout(300_000)

t.test('widgets', skipWithoutBrowser, async (t) => {
  const office = await desk(t, ['base', 'fixture_fields'])
  const [stage, lost] = await office.create('fixture.stage', [
    { name: 'New' },
    { name: 'Lost', fold: true },
    { name: 'Won' },
  ])
  const tags = await office.create(
    'fixture.tag',
    Array.from({ length: 12 }, (_, i) => ({ name: `Tag ${i}`, color: i })),
  )
  const [folder] = await office.create('fixture.folder', [
    {
      name: 'Folder',
      definition: [
        { name: 'serial', type: 'char', string: 'Serial' },
        {
          name: 'size',
          type: 'selection',
          string: 'Size',
          selection: [
            ['s', 'Small'],
            ['l', 'Large'],
          ],
        },
        { name: 'tag', type: 'many2one', string: 'Owner', comodel: 'fixture.tag' },
      ],
    },
  ])
  const make = async (more: object = {}): Promise<number> => {
    const [id] = await office.create('fixture.sample', [
      { name: 'Sample', stage_id: stage, folder_id: folder, ...more },
    ])
    return id as number
  }

  const visit: Desk['visit'] = (t, path, work, visitor) =>
    office.visit(
      t,
      path,
      async (page) => {
        // widgets answer once their scripts are there
        await page.waitForLoadState('networkidle')
        await work(page)
      },
      visitor,
    )
  // the first page waits for the bundles to be built

  await t.test('numbers, choices and dates are saved as they were typed and picked', async (t) => {
    const id = await make()
    await visit(t, `/odoo/samples/${id}`, async (page) => {
      await type(page, 'whole', '=3*7')
      await type(page, 'share', '25')
      await type(page, 'hours', '1:30')
      await type(page, 'factor', '90')
      await type(page, 'due', '+5d')
      await type(page, 'day', '3/12/2026')
      await type(page, 'day_day_end', '3/20/2026')
      await type(page, 'moment', '3/12/2026 2pm')
      await page.check('#f_toggle')
      await page.click('[data-field=favorite] button')
      await page.locator('[data-field=favorite] [aria-pressed=true]').waitFor()
      await page.click('[data-field=level] button[aria-label="Very high"]')
      await page.locator('[data-field=level] [aria-checked=true]').waitFor()
      await page.click('[data-field=mood] button:has-text("Bad")')
      await page.check('[data-field=state] label:has-text("Open") input')
      await page.click('[data-field=kanban] summary')
      await page.click('[data-field=kanban] button:has-text("Ready")')
      await page.selectOption('#f_kind_id', { label: 'Tag 4' })
      await page.click('[data-field=color] button[aria-label="Teal"]')
      await page.click('[data-field=step] button')
      await page.click('[data-field=stage_id] .o_statusbar summary')
      await page.click('[data-field=stage_id] .o_statusbar .o_drop button:has-text("Lost")')
      await page.locator('[data-field=stage_id] [aria-current=step]:has-text("Lost")').first().waitFor()
      await save(page)
      await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#f_hours')?.value === '01:30')
      t.equal(await page.inputValue('#f_share'), '25')
      t.equal(await page.inputValue('#f_day'), '03/12/2026')
    })
    const sample = await read(office, id)
    t.match(sample, {
      whole: 21,
      share: 0.25,
      hours: 1.5,
      factor: 1.5,
      day: '2026-03-12',
      day_end: '2026-03-20',
      toggle: true,
      favorite: true,
      level: '2',
      mood: 'bad',
      state: 'open',
      kanban: 'done',
      color: 7,
      step: 0.5,
      stage_id: { id: lost },
      kind_id: { id: tags[4] },
    })
    t.equal((sample['moment'] as Date).toISOString(), '2026-03-12T14:00:00.000Z')
  })

  await t.test('a date that is none is marked, and not saved', async (t) => {
    const id = await make()
    await visit(t, `/odoo/samples/${id}`, async (page) => {
      await type(page, 'due', '31/31')
      await page.locator('[data-field=due].o_invalid').waitFor()
      await page.fill('#f_due', '')
      await page.click('[data-field=due] button[aria-haspopup]')
      await page.locator('.o_calendar calendar-date').waitFor()
      await page.keyboard.press('Escape')
      t.equal(await page.locator('.o_calendar').count(), 0)
    })
  })

  await t.test('records are found, created in passing, and chosen from a list', async (t) => {
    const id = await make({ tag_ids: [{ link: tags[0] }] })
    await visit(t, `/odoo/samples/${id}`, async (page) => {
      await page.fill('#f_tag_id', 'Tag 1')
      await page.locator('.o_suggestions li:has-text("Tag 11")').click()
      t.equal(await page.inputValue('#f_tag_id'), 'Tag 11')
      await page.fill('#f_tag_id', 'nothing like it')
      await page.locator('.o_suggestions .o_nothing').waitFor()
      await page.locator('#f_tag_id').blur()
      t.equal(await page.inputValue('#f_tag_id'), 'Tag 11', 'a text that is no record gives way')
      await page.fill('#f_tag_ids', 'Fresh')
      await page.locator('.o_suggestions li:text-is(\'Create "Fresh"\')').click()
      await page.locator('[data-field=tag_ids] .o_tag:has-text("Fresh")').waitFor()
      await page.focus('#f_tag_ids')
      await page.keyboard.press('Backspace')
      await page.locator('[data-field=tag_ids] .o_tag:has-text("Fresh")').waitFor({ state: 'detached' })
      await page.click('#f_tag_ids')
      await page.locator('.o_suggestions li:has-text("Search more")').click()
      await page.fill('dialog.o_pick input[type=search]', 'Tag 10')
      await page.locator('dialog.o_pick .o_row:nth-child(1):has-text("Tag 10")').click()
      await page.locator('[data-field=tag_ids] .o_tag.o_color_10').waitFor()
      await page.check('[data-field=check_ids] label:has-text("Tag 7") input')
      await page.selectOption('[data-field=target] select', 'fixture.tag')
      await page.fill('[data-field=target] input', 'Tag 2')
      await page.locator('.o_suggestions li').first().click()
      await page.fill('#f_properties_serial', 'S-1')
      await page.selectOption('#f_properties_size', 'l')
      await page.fill('#f_properties_tag', 'Tag 3')
      await page.locator('.o_suggestions li').first().click()
      await save(page)
      await page.waitForFunction(
        () => document.querySelector<HTMLInputElement>('#f_properties_serial')?.defaultValue === 'S-1',
      )
      t.equal(await page.inputValue('#f_properties_tag'), 'Tag 3')
    })
    t.match(await read(office, id), {
      tag_id: { id: tags[11] },
      target: `fixture.tag,${tags[2]}`,
      properties: { serial: 'S-1', size: 'l', tag: tags[3] },
      check_ids: [{ id: tags[7] }],
      tag_ids: [{ id: tags[0] }, { id: tags[10] }],
    })
  })

  await t.test('a record that needs more than a name is created in a dialog', async (t) => {
    const id = await make()
    await visit(t, `/odoo/samples/${id}`, async (page) => {
      await page.fill('#f_tag_id', 'From a dialog')
      await page.locator('.o_suggestions li:has-text("Create and edit")').click()
      t.equal(await page.inputValue('dialog[open] [data-field=name] input'), 'From a dialog')
      await page.click('dialog[open] button[type=submit]')
      await page.locator('dialog').first().waitFor({ state: 'hidden' })
      await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#f_tag_id')?.value === 'From a dialog')
    })
  })

  await t.test('lines come as one scrolls, and are added, ordered and taken away in place', async (t) => {
    const id = await make({
      line_ids: Array.from({ length: 100 }, (_, i) => ({ create: { name: `Line ${i}`, sequence: i } })),
    })
    await visit(t, `/odoo/samples/${id}`, async (page) => {
      const rows = page.locator('[data-field=line_ids] tr[data-line]')
      t.equal(await rows.count(), 40)
      await page.locator('[data-field=line_ids] [data-one2many-target=more]').scrollIntoViewIfNeeded()
      await rows.nth(99).waitFor()
      await page.click('button:has-text("Add a section")')
      await page.locator('tr[data-editing] textarea').fill('Furniture')
      await page.keyboard.press('Escape')
      await page.locator('tr.o_line_section:not([data-editing]) td[colspan]:has-text("Furniture")').waitFor()
      await page.locator('[data-field=line_ids] .o_grip').first().focus()
      await page.keyboard.press('ArrowDown')
      await page.waitForFunction(() =>
        document.querySelectorAll('[data-field=line_ids] tr[data-line]')[1]?.textContent?.includes('Line 0'),
      )
      await page.locator('tr[data-line]:has-text("Line 5") >> nth=0').locator('.o_line_remove').click()
      await page.locator('tr[data-line] input[role=switch]').nth(3).check()
      await save(page)
    })
    const lines = (await read(office, id))['line_ids'] as readonly { id: number }[]
    t.equal(lines.length, 100)
    const named = await office.server.runtime.call({ uid: 1, su: true }, 'read', async (env) =>
      (await (await env['fixture.line'].search([['sample_id', '=', id]])).load(['name', 'display_type', 'flag'])).map(
        ({ name, display_type, flag }) => ({ name, display_type, flag }),
      ),
    )
    t.match(named.slice(0, 2), [{ name: 'Line 1' }, { name: 'Line 0' }])
    t.notOk(named.some(({ name }) => name === 'Line 5'))
    t.ok(named.some(({ name, display_type }) => name === 'Furniture' && display_type === 'line_section'))
    t.equal(named.filter(({ flag }) => flag).length, 1)
  })

  await t.test('rich text is written in an editor, under the strict policy of the page', async (t) => {
    const id = await make({ body: '<p>Hello</p>' })
    await visit(t, `/odoo/samples/${id}`, async (page) => {
      await page.click('[role=tab]:has-text("Text")')
      await page.locator('.ProseMirror').click()
      await page.keyboard.press('Control+End')
      await page.click('.o_html_tools button[aria-label=Bold]')
      await page.keyboard.type(' world')
      await page.click('[role=tab]:has-text("Lines")')
      await save(page)
    })
    t.equal((await read(office, id))['body'], '<p>Hello<strong> world</strong></p>')
  })

  await t.test('a domain is a tree of conditions, and its text', async (t) => {
    const id = await make({ domain: "[('is_company', '=', True)]" })
    await visit(t, `/odoo/samples/${id}`, async (page) => {
      const editor = page.locator('[data-field=domain]')
      await editor.locator('select[aria-label=Operator]').waitFor()
      await editor.locator('button:has-text("Condition")').click()
      await editor.locator('.o_domain_rule').nth(1).locator('select[aria-label=Field]').selectOption('name')
      await editor.locator('.o_domain_rule').nth(1).locator('input').fill('Azur')
      await editor.locator('.o_domain_rule').nth(1).locator('input').press('Tab')
      await page.waitForFunction(() =>
        document.querySelector<HTMLTextAreaElement>('[data-field=domain] textarea')?.value.includes('Azur'),
      )
      await save(page)
    })
    t.equal((await read(office, id))['domain'], "['&', ('is_company', '=', True), ('name', 'ilike', 'Azur')]")
  })

  await t.test('a file is uploaded with its name, and a signature drawn', async (t) => {
    const id = await make()
    await visit(t, `/odoo/samples/${id}`, async (page) => {
      await page.setInputFiles('[data-field=document] input', {
        name: 'a.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('hello'),
      })
      await page.locator('[data-field=document]:has-text("a.txt")').waitFor()
      await page.setInputFiles('[data-field=file_ids] input', [
        { name: 'b.txt', mimeType: 'text/plain', buffer: Buffer.from('b') },
      ])
      await page.locator('[data-field=file_ids] li:has-text("b.txt")').waitFor()
      await save(page)
      await page.locator('[data-field=document]:has-text("5.00 bytes")').waitFor()
    })
    const { document, document_name, file_ids } = await read(office, id)
    t.equal(Buffer.from(document as Uint8Array).toString(), 'hello')
    t.equal(document_name, 'a.txt')
    t.equal((file_ids as unknown[]).length, 1)
  })

  await t.test('stars and switches of a list write at once', async (t) => {
    const id = await make({ name: 'In the list' })
    await visit(t, '/odoo/samples', async (page) => {
      const row = page.locator(`.o_row[data-id="${id}"]`)
      await row.locator('[data-name=level] button[aria-label="High"]').click()
      await row.locator('[data-name=level] [aria-checked=true]').waitFor()
    })
    t.match(await read(office, id), { level: '1' })
  })

  await t.test('nothing of it is closed to anybody, wide or narrow, light or dark', async (t) => {
    const id = await make({ tag_ids: [{ link: tags[1] }], line_ids: [{ create: { name: 'A line' } }], flag: true })
    for (const [size, isDark] of [
      [[1280, 900], false],
      [[400, 900], true],
    ] as const)
      await visit(
        t,
        `/odoo/samples/${id}`,
        async (page) => {
          await page.locator('.ProseMirror').waitFor({ state: 'attached' })
          t.same(await accessibilityFaults(page), [])
          t.equal(await scrollsSideways(page), false)
        },
        { size, isDark },
      )
  })
})

/** Writes into the input of a field and leaves it. */
async function type(page: Page, field: string, text: string): Promise<void> {
  await page.fill(`#f_${field}`, text)
  await page.locator(`#f_${field}`).blur()
}

/** Saves the form and waits until it is shown as it is saved. */
async function save(page: Page): Promise<void> {
  await page.click('.o_form_status button[type=submit]')
  await page.locator('.o_form:not(.o_dirty)').waitFor()
  await page.waitForLoadState('networkidle')
}

/** What is stored of a sample. */
async function read(office: Desk, id: number): Promise<Readonly<Record<string, unknown>>> {
  return office.server.runtime.call({ uid: 1, su: true }, 'read', async (env) => {
    const [sample] = await env['fixture.sample']
      .browse([id])
      .load([
        'whole',
        'share',
        'hours',
        'factor',
        'step',
        'day',
        'day_end',
        'moment',
        'toggle',
        'favorite',
        'level',
        'mood',
        'state',
        'kanban',
        'color',
        'stage_id.name',
        'kind_id.name',
        'tag_id.name',
        'tag_ids.name',
        'check_ids.name',
        'line_ids.name',
        'file_ids.name',
        'target',
        'properties',
        'body',
        'domain',
        'document',
        'document_name',
      ])
    return Object.fromEntries(Object.entries(sample as object)) as Readonly<Record<string, unknown>>
  })
}
