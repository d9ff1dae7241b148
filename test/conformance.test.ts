/*
 * The conformance cases against the real server on both databases. What fails is listed, with the reason, in
 * docs/conformance.md: a case that fails without being listed breaks this test, and so does a listed one that passes.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { type Served, served } from './clients/served.ts'
import { DIALECTS } from './env.ts'

/** Areas whose cases must pass but for the listed ones. */
const AREAS = ['protocol', 'orm', 'views']

interface Verdict {
  readonly area: string
  readonly name: string
  readonly ok: boolean
}

interface Outcome {
  readonly verdicts: readonly Verdict[]
  /** Expected and got of each failure, for whoever reads the log. */
  readonly output: string
}

async function runArea({ url, db }: Served, area: string): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
  const report = join(folder, 'report.json')
  const args = ['test/conformance/run.mjs', `${url},${db},admin,admin`, '--only', area, '--json', report]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await once(child, 'close')
  const verdicts = JSON.parse(readFileSync(report, 'utf8')) as Verdict[]
  rmSync(folder, { recursive: true })
  return { verdicts, output }
}

/** Names of the cases in the table of docs/conformance.md, as `area/name`. */
function listed(): string[] {
  const text = readFileSync('docs/conformance.md', 'utf8')
  return [...text.matchAll(/^\| `(\w+\/[^`]+)` \|/gm)].map(([, name]) => name as string)
}

// two databases, each with a server, on a machine that may be busy
t.setTimeout(300_000)

for (const dialect of DIALECTS) {
  t.test(`${dialect}: the conformance cases pass, but for those that docs/conformance.md lists`, async (t) => {
    const server = await served(t, dialect)
    for (const area of AREAS) {
      const { verdicts, output } = await runArea(server, area)
      t.ok(verdicts.length > 0, `${area} has cases`)
      const failed = verdicts.filter(({ ok }) => !ok).map(({ name }) => `${area}/${name}`)
      const expected = listed().filter((name) => name.startsWith(`${area}/`))
      if (!t.same(failed.toSorted(), expected.toSorted(), `${area}: those listed fail and no others`)) t.comment(output)
    }
  })
}
