import { AsyncLocalStorage } from 'node:async_hooks'
import type { FastifyInstance } from 'fastify'

/** Statements of one shape that one request sent. */
interface Shape {
  count: number
  /** Milliseconds in all. */
  time: number
  /** Who asked for the first of them. */
  readonly from: string
}

/** From so many statements of one shape on, a request is suspected of asking record by record. */
const SUSPICIOUS = 10
const SHOWN = 12

const current = new AsyncLocalStorage<Map<string, Shape>>()

/** The first caller outside of the platform's own layers, else the nearest one within. */
function callSite(): string {
  const trace: { stack?: string } = {}
  Error.captureStackTrace(trace)
  const lines = (trace.stack ?? '')
    .split('\n')
    .slice(1)
    .map((line) => line.trim().replace(/^at /, ''))
  const own = lines.filter((line) => line.includes('file://') && !/server\/profile|core\/sql\//.test(line))
  const place = own.find((line) => line.includes('/addons/')) ?? own[0] ?? ''
  return place.replace(/file:\/\/.*?\/(addons|core|server)\//, '$1/').replace(/[()]/g, '')
}

/**
 * Tells for each request which statements it sent, how often, how long they took and who asked for them (`--profile`);
 * and on the answer, in `Server-Timing`, time and number of statements (`--dev` too).
 */
export function profileRequests(app: FastifyInstance, { log }: { readonly log: boolean }): void {
  const { runtime } = app.services
  if (log) {
    Error.stackTraceLimit = 30
    runtime.listener = (text, duration) => {
      const shapes = current.getStore()
      if (!shapes) return
      const shape = shapes.get(text) ?? { count: 0, time: 0, from: callSite() }
      shape.count += 1
      shape.time += duration
      shapes.set(text, shape)
    }
    app.addHook('onRequest', (_request, _reply, done) => current.run(new Map(), done))
    app.addHook('onResponse', async (request) => {
      const shapes = current.getStore()
      if (!shapes || shapes.size === 0) return
      const all = [...shapes].toSorted(([, a], [, b]) => b.time - a.time)
      const statements = all
        .slice(0, SHOWN)
        .map(([sql, { count, time, from }]) => ({
          count,
          ms: round(time),
          from,
          sql: sql.replaceAll(/\s+/g, ' ').slice(0, 200),
        }))
      const repeated = all
        .filter(([, { count }]) => count >= SUSPICIOUS)
        .map(([sql, { count, from }]) => `${count} × ${sql.replaceAll(/\s+/g, ' ').slice(0, 80)} from ${from}`)
      request.log[repeated.length > 0 ? 'warn' : 'info'](
        { profile: statements, ...(repeated.length > 0 && { repeated }) },
        `profile of ${request.facts.call ?? request.url.split('?')[0]}`,
      )
    })
  }
  app.addHook('onSend', async (request, reply) => {
    reply.header('server-timing', `total;dur=${round(reply.elapsedTime)}, db;desc="${request.facts.queries} queries"`)
  })
}

const round = (ms: number): number => Math.round(ms * 100) / 100
