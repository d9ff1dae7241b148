import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import { addonFolder } from '#core'
import { REPORT_SYNTAX, REPORT_TEMPLATE } from './errors.ts'

/** A file `reports/NAME.hbs` of an addon, read. */
export interface TemplateFile {
  readonly addon: string
  readonly file: string
  readonly program: hbs.AST.Program
}

interface Kept extends TemplateFile {
  readonly changed: number
}

const kept = new Map<string, Kept>()

/**
 * The template `addon.name` or `addon/name`; a file that changed is read again.
 * @throws REPORT_TEMPLATE, REPORT_SYNTAX with file and line
 */
export function templateFile(name: string): TemplateFile {
  const [, addon = '', rest = ''] = /^(\w+)[./]([\w/-]+)$/.exec(name) ?? []
  const shown = `addons/${addon || 'ADDON'}/reports/${rest || 'NAME'}.hbs`
  const folder = addonFolder(addon)
  const path = folder === undefined ? '' : join(folder, 'reports', `${rest}.hbs`)
  if (!existsSync(path)) throw new REPORT_TEMPLATE(name, shown)
  const changed = statSync(path).mtimeMs
  const known = kept.get(path)
  if (known?.changed === changed) return known
  const read = { addon, file: shown, changed, program: parsed(readFileSync(path, 'utf8'), shown) }
  kept.set(path, read)
  return read
}

function parsed(source: string, file: string): hbs.AST.Program {
  try {
    return Handlebars.parse(source)
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    const line = Number(/line (\d+)/i.exec(text)?.[1] ?? 1)
    throw new REPORT_SYNTAX(file, line, text.replace(/^Parse error on line \d+:\s*/, '').replaceAll('\n', ' '))
  }
}
