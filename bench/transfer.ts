/* What exporting many records costs: time, memory, and how long others wait meanwhile. `node --import tsx bench/transfer.ts` */
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openRuntime } from '#core/open.ts'
import { fillPartners } from './fill.ts'
import { settled, startServer, type ServerProcess } from './process.ts'

const PARTNERS = Number(process.argv[2] ?? 200_000)
const FIELDS = ['name', 'email', 'phone', 'street', 'zip', 'city', 'country_id', 'create_date', 'is_company', 'color']

const path = join(tmpdir(), `comptoir-transfer-${process.pid}.sqlite`)
try {
  const runtime = await openRuntime({ url: `sqlite:${path}`, addons: ['base'] })
  await fillPartners(runtime, PARTNERS)
  await runtime.close()
  const server = await startServer(`sqlite:${path}`)
  const cookie = await login(server.url)
  // the first file brings what stays: templates, prepared statements, the plans of the database
  await download(server.url, cookie, 'xlsx', { domain: [['id', '<', 2000]] })
  await settled()
  for (const format of ['csv', 'xlsx'] as const) await measure(server, cookie, format)
  await server.stop()
} finally {
  for (const file of [path, `${path}-wal`, `${path}-shm`, `${path}.files`])
    rmSync(file, { force: true, recursive: true })
}

async function measure(server: ServerProcess, cookie: string, format: 'csv' | 'xlsx'): Promise<void> {
  const before = server.memory().now
  let most = before
  let isDone = false
  const waits: number[] = []
  const watch = (async () => {
    while (!isDone) {
      most = Math.max(most, server.memory().now)
      const asked = performance.now()
      await fetch(`${server.url}/web/health`)
      waits.push(performance.now() - asked)
      await sleep(10)
    }
  })()
  const began = performance.now()
  const bytes = await download(server.url, cookie, format, { domain: [] })
  isDone = true
  await watch
  waits.sort((a, b) => a - b)
  const at = (share: number): string => (waits[Math.floor((waits.length - 1) * share)] ?? 0).toFixed(0)
  process.stdout.write(
    `${format}: ${PARTNERS} partners × ${FIELDS.length} columns, ${(bytes / 1e6).toFixed(1)} MB in ${((performance.now() - began) / 1000).toFixed(1)} s; ` +
      `memory ${before.toFixed(0)} MB -> at most ${most.toFixed(0)} MB; others waited ${at(0.5)} ms (median), ${at(0.99)} ms (99 %), ${at(1)} ms (most)\n`,
  )
}

async function login(url: string): Promise<string> {
  const answer = await fetch(`${url}/web/session/authenticate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ params: { login: 'admin', password: 'admin' } }),
  })
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

/** Bytes of a file, which is read as fast as it comes and kept nowhere. */
async function download(url: string, cookie: string, format: string, which: object): Promise<number> {
  const fields = FIELDS.map((name) => ({ name, label: name }))
  const data = JSON.stringify({ model: 'res.partner', fields, import_compat: false, ...which })
  const answer = await fetch(`${url}/web/export/${format}?data=${encodeURIComponent(data)}`, { headers: { cookie } })
  let bytes = 0
  for await (const piece of answer.body ?? []) bytes += (piece as Uint8Array).length
  return bytes
}
