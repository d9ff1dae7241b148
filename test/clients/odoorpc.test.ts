/* OdooRPC, the Python client, unchanged, against the real server. Without it (Debian: python3-odoorpc) this is skipped. */
import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import t from 'tap'
import { DIALECTS } from '../env.ts'
import { served } from './served.ts'

const PYTHON = '/usr/bin/python3'
const missing = spawnSync(PYTHON, ['-c', 'import odoorpc']).status !== 0
const skip = missing && `${PYTHON} has no odoorpc: apt-get install python3-odoorpc`

// two databases, each with a server, on a machine that may be busy
t.setTimeout(300_000)

for (const dialect of DIALECTS) {
  t.test(`OdooRPC works unchanged on ${dialect}`, { skip }, async (t) => {
    const { host, port, db, key } = await served(t, dialect)
    const child = spawn(PYTHON, ['test/clients/odoorpc_cases.py', host, String(port), db, key], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let cases = 0
    for await (const line of createInterface(child.stdout)) {
      const { name, problem } = JSON.parse(line) as { name: string; problem: string | null }
      cases += 1
      t.equal(problem, null, name)
    }
    t.ok(cases > 10, 'all cases ran')
  })
}
