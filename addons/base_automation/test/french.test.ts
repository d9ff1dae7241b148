import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { poEntries } from '#core/i18n/catalog.ts'
import { recordTexts } from '#core/i18n/record-texts.ts'
import { openRuntime } from '#core/open.ts'
import { installedDatabase } from '#test/env.ts'
import type {} from '../index.ts'

const ADDON = {
  name: 'base_automation',
  folder: `${dirname(dirname(fileURLToPath(import.meta.url)))}/i18n`,
  tables: [],
}

t.test('the French of automation rules', async (t) => {
  const runtime = await openRuntime({ url: await installedDatabase(t, 'sqlite'), addons: ['base_automation'] })
  t.teardown(() => runtime.close())
  const entries = poEntries(ADDON, 'fr')
  const known = new Set(entries.map(({ source }) => source))

  t.test('has every label, help and choice', async (t) => {
    const missing = new Set<string>()
    for (const name of ['base.automation', 'base.automation.log']) {
      const info = runtime.registry.get(name)
      for (const field of info.fields.values()) {
        if (field.addons[0] !== 'base_automation') continue
        const choices = typeof field.selection === 'object' && field.selection ? Object.values(field.selection) : []
        for (const text of [info.description, field.label, field.help ?? '', ...choices])
          if (text && !known.has(text)) missing.add(text)
      }
    }
    t.same([...missing], [])
  })

  t.test('belongs to records that are there', async (t) => {
    await runtime.call({ uid: 1, su: true }, 'read', async (env) => {
      for (const { xmlid, model, field, source } of recordTexts(entries)) {
        const [found = '', id = 0] = (await env.xmlId(xmlid)) ?? []
        t.equal(found, model, xmlid)
        t.equal((await env.model(model, [id]).load([field]))[0]?.[field], source, xmlid)
      }
    })
  })
})
