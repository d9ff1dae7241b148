import { createHash, type Hash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { FieldInfo } from '../fields/info.ts'
import type { Registry } from '../orm/registry.ts'
import { dataFile, readDataFile } from './data-files.ts'
import type { FoundAddon } from './discover.ts'

/** Changes when the manifest, a data file or a translation of the addon does. @throws ADDON_FILE */
export function addonChecksum(addon: FoundAddon): string {
  const { manifest } = addon
  const { data = [], demo = [], translations = [] } = manifest
  const hash = createHash('sha1')
  hash.update(JSON.stringify({ ...manifest, depends: manifest.depends.map(({ name }) => name) }))
  for (const file of [...data, ...demo]) hash.update(readDataFile(addon, file))
  addFiles(hash, join(addon.path, 'i18n'), '', '.po')
  for (const pattern of translations) {
    const path = dataFile(addon, pattern)
    const [start = '', end = ''] = basename(path).split('{lang}')
    addFiles(hash, dirname(path), start, end)
  }
  return hash.digest('hex')
}

/** Changes when what `ir.model` and `ir.model.fields` tell of the models does. */
export function registryChecksum(registry: Registry): string {
  const hash = createHash('sha1')
  for (const { name, description, kind, order, addons, fields } of registry.models()) {
    hash.update(JSON.stringify([name, description, kind, order, addons]))
    for (const field of fields.values()) hash.update(JSON.stringify(factsOf(field)))
  }
  return hash.digest('hex')
}

function factsOf(field: FieldInfo): unknown[] {
  const { name, type, label, help, addons, stored, required, readonly, copy, index, translate, searchable } = field
  const { companyDependent, comodel, inverse, relation, ondelete, currencyField, related, options, selection } = field
  const basics = [name, type, label, help, addons, stored, required, readonly, copy, index, translate, searchable]
  const depends = field.computes.map((compute) => compute.depends)
  const labels = typeof selection === 'function' ? 'known at run time' : selection
  const { size, tracking } = options
  const domain = 'domain' in options ? options.domain : null
  return [
    basics,
    companyDependent,
    comodel,
    inverse,
    relation,
    ondelete,
    currencyField,
    related,
    depends,
    labels,
    size,
    tracking,
    domain,
  ]
}

/** Adds the files of a folder, if it is there, whose names start and end like this. */
function addFiles(hash: Hash, folder: string, start: string, end: string): void {
  const names = existsSync(folder) ? readdirSync(folder).toSorted() : []
  for (const name of names) {
    if (name.startsWith(start) && name.endsWith(end)) hash.update(name).update(readFileSync(join(folder, name)))
  }
}
