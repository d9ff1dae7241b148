import type { Values } from '#core'
import { type JobLog, Scheduler } from '#core/jobs/scheduler.ts'
import { Runtime } from '#core/runtime.ts'
import { openDatabase } from '#core/sql/open.ts'
import { baseLayers, baseRuntime } from '#addons/base/test/base-env.ts'
import type { DialectName } from '#test/env.ts'
import { work } from '#test/models/work.ts'

type Test = Parameters<typeof baseRuntime>[0]

export const SYSTEM = { uid: 1, su: true } as const
const POLL_MS = 200

/** A database with the models of `base` and of test work, whose rows exist in `ir.model`. */
export async function workRuntime(t: Test, dialect: DialectName): Promise<Runtime> {
  const runtime = await baseRuntime(t, dialect, [work])
  await runtime.call(SYSTEM, 'write', async (env) => {
    await env['ir.model']._reflect([...env.registry.models()])
    const model_id = await env['ir.model'].search([['model', '=', 'test.work']])
    await env['ir.model.access'].create([{ name: 'work', model_id, perm_read: true, perm_create: true }])
  })
  return runtime
}

/** The same database as another process sees it. */
export async function otherProcess(t: Test, runtime: Runtime): Promise<Runtime> {
  const other = Runtime.serve(await openDatabase(runtime.db.url), [baseLayers, work])
  t.teardown(() => other.close())
  return other
}

/** A line that a scheduler logged. */
export interface Line {
  readonly level: 'info' | 'warn' | 'error'
  readonly message: string
  readonly facts: Readonly<Record<string, unknown>>
}

/** A scheduler at work, stopped at the latest at the end of the test, and what it logged. */
export function startScheduler(t: Test, runtime: Runtime, pollMs = POLL_MS): { scheduler: Scheduler; lines: Line[] } {
  const lines: Line[] = []
  const teller =
    (level: Line['level']) =>
    (facts: object, message: string): void =>
      void lines.push({ level, message, facts: facts as Line['facts'] })
  const log: JobLog = { info: teller('info'), warn: teller('warn'), error: teller('error') }
  const scheduler = new Scheduler(runtime, log, { pollMs })
  scheduler.start()
  t.teardown(() => scheduler.stop())
  return { scheduler, lines }
}

/** A job that is due, unless told otherwise. Gives its id. */
export async function job(runtime: Runtime, method: string, values: Values<'ir.cron'> = {}): Promise<number> {
  return runtime.call(SYSTEM, 'write', async (env) => {
    const models = await env['ir.model'].search([['model', '=', 'test.work']])
    const due = new Date(Date.now() - 60_000)
    const made = await env['ir.cron'].create([
      { name: method, model_id: models, function: method, interval_type: 'days', nextcall: due, ...values },
    ])
    return made.ids[0] as number
  })
}

/** What the jobs did so far. */
export async function done(runtime: Runtime): Promise<string[]> {
  return runtime.call(SYSTEM, 'read', async (env) =>
    (await (await env['test.work'].search([], { order: 'id' })).load(['name'])).map(({ name }) => name),
  )
}

/** Waits until it holds, for five seconds at most; whether it does. */
export async function eventually(holds: () => Promise<boolean> | boolean): Promise<boolean> {
  for (const end = Date.now() + 5000; Date.now() < end;) {
    if (await holds()) return true
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return holds()
}
