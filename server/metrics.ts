import cluster from 'node:cluster'
import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'
import { isLoopback } from './address.ts'
import { ROUTE_NOT_FOUND } from './errors.ts'
import { measurements } from './workers/metrics.ts'

/** Seconds: from what a cached read takes to what nobody waits for. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/**
 * `/metrics` for Prometheus: requests by route and status, calls of models by method, statements, errors by code, and what
 * Node tells of the process; the sum over all workers. Answered to this machine only, as long as `--metrics-open` does not say otherwise.
 */
export async function metrics(app: FastifyInstance): Promise<void> {
  const register = new Registry()
  // what workers measure is summed, which labels of their own would keep apart
  const own = cluster.isWorker ? {} : { process: String(process.pid) }
  register.setDefaultLabels({ database: app.services.runtime.db.name, ...own })
  collectDefaultMetrics({ register, prefix: 'comptoir_' })
  const requests = new Histogram({
    name: 'comptoir_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [register],
  })
  const calls = new Histogram({
    name: 'comptoir_call_duration_seconds',
    help: 'Time of requests that called a method of a model.',
    labelNames: ['call'],
    buckets: BUCKETS,
    registers: [register],
  })
  const queries = new Counter({
    name: 'comptoir_queries_total',
    help: 'SQL statements of calls.',
    registers: [register],
  })
  const errors = new Counter({
    name: 'comptoir_errors_total',
    help: 'Requests that met an error, by its code.',
    labelNames: ['code'],
    registers: [register],
  })

  app.addHook('onResponse', async (request, reply) => {
    const seconds = reply.elapsedTime / 1000
    const route = request.routeOptions.url ?? 'none'
    requests.observe({ method: request.method, route, status: reply.statusCode }, seconds)
    const { facts } = request
    if (facts.call !== undefined && facts.error === undefined) calls.observe({ call: facts.call }, seconds)
    if (facts.queries > 0) queries.inc(facts.queries)
    if (facts.error !== undefined) errors.inc({ code: facts.error })
  })

  const measured = measurements(register)
  app.get('/metrics', async (request, reply) => {
    if (!isLoopback(request.ip) && !app.services.config.metricsOpen) throw new ROUTE_NOT_FOUND('GET', '/metrics')
    reply.type(register.contentType)
    return measured()
  })
}
