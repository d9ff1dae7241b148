/* xmlrpc.client of Python's own library, unchanged, against the real server. Without Python this is skipped. */
import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import t from 'tap'
import { DIALECTS } from '../env.ts'
import { served } from './served.ts'

const PYTHON = 'python3'
const missing = spawnSync(PYTHON, ['-c', 'import xmlrpc.client']).status !== 0
const skip = missing && `there is no ${PYTHON}: apt-get install python3`

// two databases, each with a server, on a machine that may be busy
t.setTimeout(300_000)

for (const dialect of DIALECTS) {
  t.test(`Python's xmlrpc.client works unchanged on ${dialect}`, { skip }, async (t) => {
    const { url, db } = await served(t, dialect)
    const child = spawn(PYTHON, ['test/clients/xmlrpc_cases.py', url, db, 'admin'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let cases = 0
    for await (const line of createInterface(child.stdout)) {
      const { name, problem } = JSON.parse(line) as { name: string; problem: string | null }
      cases += 1
      t.equal(problem, null, name)
    }
    t.equal(cases, 9, 'all cases ran')
  })
}
