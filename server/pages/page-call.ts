import type { FastifyRequest } from 'fastify'
import type { Values } from '../../views/page.ts'
import type { Env } from '../../core/orm/env.ts'
import { callIn } from '../../core/wire/dispatch.ts'
import { chosenCompanies, COMPANIES_COOKIE } from './cookies.ts'
import type { Session } from '../../core/security/sessions.ts'

/** Calls of public methods, all of one page at one moment of the database, with the rights of whoever looks. */
export interface PageCalls {
  readonly env: Env
  /** What the browser keeps of how whoever looks likes pages. */
  readonly cookies: Readonly<Record<string, string | undefined>>
  call<T>(
    model: string,
    method: string,
    args?: readonly unknown[],
    kwargs?: Readonly<Record<string, unknown>>,
  ): Promise<T>
}

/** The same calls in a context that says more; what a call itself says comes first. */
export function withContext({ env, call, cookies }: PageCalls, context: Values): PageCalls {
  return {
    cookies,
    env: env.with({ context: { ...env.context, ...context } as never }),
    call: (model, method, args, kwargs = {}) =>
      call(model, method, args, { ...kwargs, context: { ...context, ...(kwargs['context'] as object | undefined) } }),
  }
}

/** Pages show how large a file is, and fetch it only when somebody wants it. */
const READS: ReadonlySet<string> = new Set(['web_read', 'web_search_read'])

/** Runs what a page needs in one transaction, in the user's language, zone and chosen companies. */
export async function pageCall<T>(
  request: FastifyRequest,
  session: Session,
  mode: 'read' | 'write',
  work: (calls: PageCalls) => Promise<T>,
): Promise<T> {
  const { runtime } = request.server.services
  request.facts.uid = session.uid
  return runtime.call({ uid: session.uid }, mode, async (plain) => {
    const { user } = plain
    const env = plain.with({
      context: {
        lang: user.lang ?? 'en_US',
        tz: user.tz,
        uid: user.id,
        allowed_company_ids: chosenCompanies(request.cookies[COMPANIES_COOKIE], user),
      } as never,
    })
    const sized = env.with({ context: { ...env.context, bin_size: true } as never })
    try {
      return await work({
        env,
        cookies: request.cookies,
        call: async (model, method, args = [], kwargs = {}) =>
          (await callIn(READS.has(method) ? sized : env, { model, method, args, kwargs })) as never,
      })
    } finally {
      request.facts.queries += env.connection.queries
    }
  })
}
