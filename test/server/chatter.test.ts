/* The thread beside a record, as a browser gets it before any script runs. */
import t from 'tap'
import { testServer } from './fixture/server.ts'

// installing takes long on a machine that is busy
t.setTimeout(300_000)

t.test('the chatter beside a contact', async (t) => {
  const server = await testServer(t, {}, ['mail'])
  const client = server.client()
  await client.login()
  const page = async (url: string): Promise<string> => {
    const { body } = await server.app.inject({ method: 'GET', url, headers: { cookie: `session_id=${client.token}` } })
    client.headers['x-csrf-token'] = /<meta name="csrf-token" content="([^"]*)"/.exec(body)?.[1] ?? ''
    return body
  }
  const created = await client.kw('res.partner', 'create', [[{ name: '<b>Azure</b>' }]])
  const [id] = created.result as number[]
  const form = `/odoo/action-base.action_partner_form/${id}`

  t.test('shows messages by day with their author, and notes as notes', async (t) => {
    await client.kw('res.partner', 'message_post', [[id]], { body: 'Hello there', subtype_xmlid: 'mail.mt_comment' })
    await client.kw('res.partner', 'message_post', [[id]], { body: 'For us alone', subtype_xmlid: 'mail.mt_note' })
    const html = await page(form)
    t.match(html, /<section class="o_chatter"/)
    t.match(html, /<article class="o_message" [\s\S]*?Hello there/)
    t.match(html, /<article class="o_message o_note"[\s\S]*?For us alone/)
  })

  t.test('shows nothing of a message that could run', async (t) => {
    await client.kw('res.partner', 'message_post', [[id]], {
      body: '<img src=x onerror=alert(1)><script>alert(2)</script>',
    })
    const html = await page(form)
    t.notMatch(html, /<img[^>]*onerror/)
    t.notMatch(html, /<script>alert/)
  })

  t.test('shows what changed, from what to what', async (t) => {
    await client.kw('res.partner', 'write', [[id], { email: 'azure@x.test' }])
    t.match(await page(form), /None → <strong>azure@x\.test<\/strong> <em>\(Email\)<\/em>/)
  })

  t.test('shows activities with their state, and offers to close them', async (t) => {
    await client.kw('res.partner', 'activity_schedule', [[id]], { summary: 'Call back', date_deadline: '2020-01-02' })
    t.match(await page(form), /o_activity_overdue[\s\S]*?Call back[\s\S]*?Mark as done/)
  })

  t.test('is drawn anew with as many messages as asked for, and only with the token of the page', async (t) => {
    await page(form)
    const { result } = await client.call('/odoo/chatter', { model: 'res.partner', id, limit: 1 })
    const { html } = result as { html: string }
    t.equal(html.match(/<article/g)?.length, 1)
    t.match(html, /Show older messages/)
    client.headers['x-csrf-token'] = 'guessed'
    t.match(await client.call('/odoo/chatter', { model: 'res.partner', id }), { result: undefined, error: Object })
  })

  t.test('does not stand beside a new record', async (t) => {
    t.notMatch(await page('/odoo/action-base.action_partner_form/new'), /o_chatter/)
  })
})
