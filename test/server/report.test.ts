/* Documents of records, as a browser opens them. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { DIALECTS } from '#test/env.ts'
import type {} from '#addons/base/index.ts'
import { deskServer, type DeskServer } from './fixture/desk-server.ts'

t.setTimeout(300_000)

const system = { uid: 1, su: true } as const
const run = promisify(execFile)

/** The text of each page of a PDF, where the machine has poppler; `null` elsewhere. */
async function pagesOf(pdf: Buffer): Promise<string[] | null> {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-pdf-'))
  try {
    await writeFile(join(folder, 'a.pdf'), pdf)
    await run('pdftotext', ['-layout', join(folder, 'a.pdf'), join(folder, 'a.txt')])
    return (await readFile(join(folder, 'a.txt'), 'utf8')).split('\f').filter((page) => page.trim() !== '')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function cases(t: Test, server: DeskServer): Promise<void> {
  const [french = 0, english = 0] = await server.runtime.call(system, 'write', async (env) => {
    const all = env.with({ context: { active_test: false } })
    const language = await all['res.lang'].search([['code', '=', 'fr_FR']])
    await language.write({ active: true })
    return (
      await env['res.partner'].create([
        {
          name: 'Œuvres & Žluťoučký <b>',
          lang: 'fr_FR',
          city: 'Lille',
          comment: '<p>Bien <b>connu</b></p>',
          child_ids: Array.from({ length: 70 }, (_, i) => ({
            create: { name: `Person ${i}`, type: 'invoice', city: 'Gent' } as never,
          })),
        },
        { name: 'Ann', lang: 'en_US' },
      ])
    ).ids
  })

  t.test('a document is in the language of its reader, and each counts its own pages', async (t) => {
    const { status, body, headers } = await server.fetch(`/report/pdf/base.partner_sheet/${french},${english}`)
    t.equal(status, 200)
    t.equal(headers['content-type'], 'application/pdf')
    t.equal(
      headers['content-disposition'],
      `inline; filename="Contact sheet.pdf"; filename*=UTF-8''Contact%20sheet.pdf`,
    )
    t.equal(body.subarray(0, 5).toString(), '%PDF-')
    const pages = await pagesOf(body)
    if (!pages) return t.comment('no poppler: the text is not looked at')
    const own = pages.length - 1
    t.ok(own > 2)
    t.match(pages[0], /Œuvres & Žluťoučký <b>[\s\S]*Adresse de[\s\S]*facturation/)
    t.match(pages[0], `Page 1 / ${own}`)
    t.match(pages[1], /Nom +Type d'adresse/, 'the head of a long table stands on every page')
    t.match(pages[1], `Page 2 / ${own}`)
    t.match(pages[own - 1], /connu[\s\S]*Imprimé le/)
    t.match(pages[own], /Ann[\s\S]*Address[\s\S]*Printed on[\s\S]*Page 1 \/ 1/)
  })

  t.test('a document of one record is named after it', async (t) => {
    const { headers } = await server.fetch(`/report/pdf/base.partner_sheet/${english}`)
    t.match(headers['content-disposition'], /filename="Contact - Ann\.pdf"/)
    const data = encodeURIComponent(JSON.stringify([`/report/pdf/base.partner_sheet/${english}`, 'qweb-pdf']))
    t.match(
      (await server.fetch(`/report/download?data=${data}`)).headers['content-disposition'],
      /^attachment; filename="Contact - Ann\.pdf"/,
    )
  })

  t.test('the same document is a page, in which values are escaped', async (t) => {
    const html = (await server.fetch(`/report/html/base.partner_sheet/${french}`)).body.toString()
    t.match(html, /<h1>Œuvres &amp; Žluťoučký &lt;b&gt;<\/h1>/)
    t.match(html, /<b>connu<\/b>/)
  })

  t.test('a document that is kept is made once, and whoever may not read its record does not get it', async (t) => {
    const report = await server.runtime.call(system, 'write', async (env) => {
      const found = await env['ir.actions.report'].search([['report_name', '=', 'base.partner_sheet']])
      await found.write({ attachment: "'Sheet ' + object.name + '.pdf'", attachment_use: true })
      return found.ids[0]
    })
    const first = (await server.fetch(`/report/pdf/${report}/${english}`)).body
    await server.runtime.call(system, 'write', (env) => env['res.partner'].browse([english]).write({ city: 'Namur' }))
    t.same((await server.fetch(`/report/pdf/${report}/${english}`)).body, first)
    const kept = await server.runtime.call(system, 'read', async (env) =>
      (
        await env['ir.attachment'].search([
          ['res_id', '=', english],
          ['res_model', '=', 'res.partner'],
        ])
      ).load(['name', 'mimetype']),
    )
    t.match(kept, [{ name: 'Sheet Ann.pdf', mimetype: 'application/pdf' }])
    await server.runtime.call(system, 'write', async (env) => {
      await env['ir.rule'].create([
        {
          name: 'Nobody sees Ann',
          model_id: (await env['ir.model'].search([['model', '=', 'res.partner']])).ids[0] as number,
          domain_force: "[('name', '!=', 'Ann')]",
        },
      ])
    })
    const refused = await server.fetch(`/report/pdf/${report}/${english}`)
    t.equal(refused.status, 403)
    t.match(refused.body.toString(), /ACCESS_RULE/)
  })

  t.test('what is not there, or not for everybody, is told by name', async (t) => {
    t.match((await server.fetch('/report/pdf/base.nothing/1')).body.toString(), /REPORT_UNKNOWN/)
    t.match((await server.fetch('/report/pdf/base.partner_sheet/x')).body.toString(), /PARAMS_INVALID/)
    await server.runtime.call(system, 'write', async (env) => {
      const [group] = (await env['res.groups'].search([['name', '=', 'Portal']])).ids
      const found = await env['ir.actions.report'].search([['report_name', '=', 'base.partner_sheet']])
      await found.write({ groups_id: [{ set: [group as number] }] })
    })
    t.match((await server.fetch(`/report/pdf/base.partner_sheet/${french}`)).body.toString(), /REPORT_FORBIDDEN/)
  })
}

for (const dialect of DIALECTS) t.test(dialect, async (t) => cases(t, await deskServer(t, dialect)))
