import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { BENCH_PROCESS } from './errors.ts'

const POLL_MS = 5
const GRACE_MS = 1500

/** Resident memory of a process in megabytes: now, and at most so far. */
export interface Memory {
  readonly now: number
  readonly peak: number
}

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string
  /** Milliseconds from the command to the line that says where it listens. */
  readonly startTime: number
  memory(): Memory
  stop(): Promise<void>
}

/**
 * Starts a Node program that prints `listening on URL`, and waits for that line. Its output goes to a file, as under a
 * service manager: a pipe would cost the process that measures.
 * @throws BENCH_PROCESS
 */
export async function startProcess(args: readonly string[]): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-bench-log-'))
  const log = join(folder, 'log')
  const output = openSync(log, 'w')
  const began = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', output, output] })
  closeSync(output)
  const url = await listening(child, log, args.join(' '))
  return {
    url,
    startTime: performance.now() - began,
    memory: () => memoryOf(child.pid as number),
    stop: async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      rmSync(folder, { recursive: true })
    },
  }
}

/** Starts the product on a database, without demo data. */
export function startServer(databaseUrl: string): Promise<ServerProcess> {
  return startProcess(['server/start.mjs', '--port', '0', '--no-demo', '--database-url', databaseUrl])
}

/** Waits until what a start left behind has settled. */
export function settled(): Promise<void> {
  return sleep(GRACE_MS)
}

async function listening(child: ChildProcess, log: string, command: string): Promise<string> {
  for (;;) {
    const text = readFileSync(log, 'utf8')
    const url = /^listening on (\S+)$/m.exec(text)?.[1]
    if (url) return url
    if (child.exitCode !== null) throw new BENCH_PROCESS(command, text)
    await sleep(POLL_MS)
  }
}

/** What the kernel says of a process; zero where there is no `/proc`. */
function memoryOf(pid: number): Memory {
  let status = ''
  try {
    status = readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    // not Linux
  }
  const megabytes = (key: string): number =>
    Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') }
}
