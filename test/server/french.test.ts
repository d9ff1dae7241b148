/* All that people read of the addons in French: nothing is missing, and nothing is translated that is gone. */
import { join } from 'node:path'
import t from 'tap'
import { DEFAULT_PATHS, discoverAddons } from '#core/addons/discover.ts'
import { poEntries } from '#core/i18n/catalog.ts'
import { recordTexts } from '#core/i18n/record-texts.ts'
import { openRuntime } from '#core/open.ts'
import { untranslated, writtenTexts } from '#server/cli/untranslated.ts'
import { installedDatabase } from '#test/env.ts'

const SYSTEM = { uid: 1, su: true } as const

// installing takes long on a machine that is busy
t.setTimeout(300_000)

t.test('French', async (t) => {
  const addons = await discoverAddons(DEFAULT_PATHS)
  // which texts there are does not depend on the database; those of demo data belong to it
  const runtime = await openRuntime({ url: await installedDatabase(t, 'sqlite', null, true) })
  t.teardown(() => runtime.close())

  t.test('has every label, view, menu, action and record of every addon', async (t) => {
    const missing = await runtime.call(SYSTEM, 'read', (env) => untranslated(env, addons, 'fr'))
    t.same(
      missing.map(({ addon, source, place }) => `${addon}: '${source}' (${place})`),
      [],
    )
  })

  t.test('says nothing of what no addon says any more', async (t) => {
    await runtime.call(SYSTEM, 'read', async (env) => {
      const written = new Set((await writtenTexts(env, addons)).map(({ source }) => source))
      for (const { manifest, path } of addons.values()) {
        const entries = poEntries({ name: manifest.name, folder: join(path, 'i18n'), tables: [] }, 'fr')
        t.same(
          entries
            .filter(({ references, source }) => references.length === 0 && !written.has(source))
            .map((one) => one.source),
          [],
          manifest.name,
        )
        for (const { xmlid, model, field, source } of recordTexts(entries)) {
          const [found = '', id = 0] = (await env.xmlId(xmlid)) ?? []
          const value = found === model ? (await env.model(model, [id]).load([field]))[0]?.[field] : undefined
          if (found !== model || value !== source) t.fail(`${field} of ${xmlid} is ${String(value)}, not '${source}'`)
        }
      }
    })
  })
})
