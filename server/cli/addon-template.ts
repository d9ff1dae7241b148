import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('addon-template', import.meta.url))

/** Where in the product an addon of its own finds the product; addons elsewhere have to be told. */
const INSIDE = join('..', '..')
/** The settings of the compiler for each: those outside name the files behind `#core` and `#addons/…` themselves. */
const SETTINGS = { inside: 'tsconfig.json.txt', outside: 'tsconfig.outside.json.txt' } as const

/** The files of a new addon by path, from those of `addon-template/`; `root` leads from its folder to the product. */
export function newAddonFiles(name: string, root: string): Readonly<Record<string, string>> {
  const title = name
    .split('_')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(' ')
  const model = `${name.replaceAll('_', '.')}.item`
  const table = model.replaceAll('.', '_')
  const words: Readonly<Record<string, string>> = {
    name,
    root,
    title,
    model,
    table,
    Class: `${title.replaceAll(' ', '')}Item`,
    path: name.replaceAll('_', '-'),
  }
  const left = root === INSIDE ? SETTINGS.outside : SETTINGS.inside
  const files: Record<string, string> = {}
  for (const entry of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.txt') || entry === left) continue
    const text = readFileSync(join(FOLDER, entry), 'utf8')
    files[
      entry
        .replace('.outside', '')
        .slice(0, -'.txt'.length)
        .replace(/item(?=(\.test)?\.(ts|xml)$)/, table)
    ] = text.replaceAll(/\{\{(\w+)\}\}/g, (_all, word: string) => words[word] ?? '')
  }
  return files
}
