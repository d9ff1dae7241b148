import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Registry } from '../orm/registry.ts'
import type { LoadedAddon } from './load.ts'
import { dataFile } from './data-files.ts'

/** Changes when the manifest or a data file of the addon does. */
export function addonChecksum(addon: LoadedAddon): string {
  const { manifest } = addon
  const hash = createHash('sha1').update(JSON.stringify({ ...manifest, depends: manifest.depends.map(({ name }) => name) }))
  for (const file of [...(manifest.data ?? []), ...(manifest.demo ?? [])]) hash.update(readFileSync(dataFile(addon, file)))
  return hash.digest('hex')
}

/** Changes when what `ir.model` and `ir.model.fields` tell of the models does. */
export function registryChecksum(registry: Registry): string {
  const hash = createHash('sha1')
  for (const model of registry.models()) {
    hash.update(`${model.name} ${model.description} ${model.kind} ${model.addons.join()}`)
    for (const field of model.fields.values()) {
      const { name, type, label, help, stored, required, readonly, copy, translate, comodel, inverse, related, addons } = field
      const labels = typeof field.selection === 'function' ? 'dynamic' : field.selection
      hash.update(JSON.stringify([name, type, label, help, stored, required, readonly, copy, translate, comodel, inverse, related, addons, labels]))
    }
  }
  return hash.digest('hex')
}
