import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { openRuntime } from '#core/open.ts'
import { DIALECTS, installedDatabase } from '#test/env.ts'

const MANIFEST = `
export const manifest = { name: 'passing', title: 'Passing', version: '1.0.0', depends: [{ name: 'base' }] }
`

for (const dialect of DIALECTS) {
  t.test(`an installed addon whose folder is gone on ${dialect}`, async (t) => {
    const path = mkdtempSync(join(tmpdir(), 'addons-'))
    t.teardown(() => rmSync(path, { recursive: true, force: true }))
    mkdirSync(join(path, 'passing'))
    writeFileSync(join(path, 'passing', 'manifest.ts'), MANIFEST)
    const url = await installedDatabase(t, dialect)
    await (await openRuntime({ url, addonsPaths: [path], addons: ['passing'] })).close()

    await t.rejects(openRuntime({ url }), { code: 'ADDON_LOST', details: { addons: ['passing'] } }, 'is missed by name')
    await t.rejects(openRuntime({ url, addons: ['base'] }), { code: 'ADDON_LOST' }, 'even if others are asked for')
    const runtime = await openRuntime({ url, addonsPaths: [path] })
    t.teardown(() => runtime.close())
    const found = await runtime.call({ uid: 1, su: true }, 'read', (env) =>
      env['ir.module.module'].search_count([['name', '=', 'passing']]),
    )
    t.equal(found, 1, 'is as before once the folder is there again')
  })
}
