/*
 * `npm run bench:web`: what a person waits for in a browser, beside what it must not exceed: medians of five after a
 * warm-up, in the Chromium of the browser tests. `--check` fails when a goal is missed. See docs/bench.md.
 */
import { chromiumPath } from '../../test/browser/chromium.ts'
import type { Figure } from './goals.ts'
import { measureInside } from './inside.ts'
import { openOffice } from './office.ts'
import { measureScreens } from './screens.ts'

const DECIMALS: Readonly<Record<Figure['unit'], number>> = { ms: 0, KB: 1, requests: 0, MB: 1, nodes: 0 }

function line({ name, unit, value, goal }: Figure): string {
  const shown = value.toFixed(DECIMALS[unit])
  const verdict = goal === undefined ? '' : value <= goal ? 'reached' : 'MISSED'
  return `| ${name} | ${shown} ${unit} | ${goal === undefined ? '' : `${goal} ${unit}`} | ${verdict} |`
}

async function main(): Promise<void> {
  if (!chromiumPath) {
    process.stderr.write('There is no Chromium: apt-get install chromium, or name one in CHROMIUM_PATH.\n')
    process.exitCode = 1
    return
  }
  const office = await openOffice()
  try {
    const figures = [...(await measureScreens(office)), ...(await measureInside(office))]
    process.stdout.write(
      ['| what | measured | ours to reach | |', '| --- | --- | --- | --- |', ...figures.map(line), ''].join('\n'),
    )
    const isMissed = figures.some(({ value, goal }) => goal !== undefined && !(value <= goal))
    if (isMissed && process.argv.includes('--check')) process.exitCode = 1
  } finally {
    await office.stop()
  }
}

await main()
