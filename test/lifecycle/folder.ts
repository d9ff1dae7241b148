import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { addons, type Sketch } from './fixture.ts'

interface Test {
  teardown(work: () => unknown): unknown
}

let clock = Date.now() / 1000

/** A folder of addons outside of the product, gone after the test. */
export interface AddonFolder {
  readonly path: string
  /** Writes the addons anew, as a new release does. */
  release(sketches: Readonly<Record<string, Sketch>>): void
}

export function addonFolder(t: Test, sketches: Readonly<Record<string, Sketch>>): AddonFolder {
  const path = mkdtempSync(join(tmpdir(), 'comptoir-addons-'))
  writeFileSync(join(path, 'package.json'), '{ "type": "module" }')
  t.teardown(() => rmSync(path, { recursive: true, force: true }))
  const release = (all: Readonly<Record<string, Sketch>>): void => {
    // file systems that count whole seconds must see a change too
    clock += 10
    for (const [name, files] of Object.entries(addons(all))) {
      for (const [file, text] of Object.entries(files)) {
        const target = join(path, name, file)
        mkdirSync(dirname(target), { recursive: true })
        writeFileSync(target, text)
        utimesSync(target, clock, clock)
      }
    }
  }
  release(sketches)
  return { path, release }
}
