import type { FastifyInstance } from 'fastify'
import { Scheduler } from '../core/jobs/scheduler.ts'
import type { Runtime } from '../core/runtime.ts'

/** Has the process of an app run the scheduled jobs from when it listens until it closes, which waits for the job under way. */
export function runJobs(app: FastifyInstance, runtime: Runtime): void {
  const scheduler = new Scheduler(runtime, app.log)
  app.addHook('onListen', async () => scheduler.start())
  app.addHook('onClose', () => scheduler.stop())
}
