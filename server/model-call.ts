import type { FastifyRequest } from 'fastify'
import { callMethod } from '../core/wire/dispatch.ts'

/** A call of a public method as it came over the wire. */
export interface ModelCall {
  readonly uid: number
  readonly model: string
  readonly method: string
  readonly args: readonly unknown[]
  readonly kwargs: Record<string, unknown>
  /** What stands for empty in the answer; `false` unless told otherwise. */
  readonly empty?: false | null
}

/** Runs a method of a model and notes in the request's log line what it was and what it cost. */
export async function callModel(request: FastifyRequest, call: ModelCall): Promise<unknown> {
  request.facts.call = `${call.model}.${call.method}`
  request.facts.uid = call.uid
  const { result, queries } = await callMethod(request.server.services.runtime, call)
  request.facts.queries += queries
  return result
}
