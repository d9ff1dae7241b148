import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { examineAddons, type Finding } from './examine.ts'
import type { Config } from '../config.ts'

/** Everything that is wrong with the addons of the folders, as text, and whether anything is. A database of its own is made for it. */
export async function doctor(config: Config): Promise<{ text: string; healthy: boolean }> {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-doctor-'))
  try {
    const found = await examineAddons(config.addonsPaths, `sqlite:${join(folder, 'doctor.sqlite')}`)
    const errors = found.filter(({ severity }) => severity === 'error')
    const lines = found.map(lineOf)
    const summary =
      found.length === 0
        ? 'Nothing is wrong with the addons.'
        : `${errors.length} errors, ${found.length - errors.length} warnings.`
    return { text: `${[...lines, summary].join('\n')}\n`, healthy: errors.length === 0 }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function lineOf({ severity, addon, message }: Finding): string {
  return `${severity === 'error' ? 'error  ' : 'warning'}  ${addon}: ${message}`
}
