import type { Exchange } from '../json-rpc.ts'
import { requireSession } from '../session-cookie.ts'
import { checkCsrf } from './csrf.ts'
import { pageCall, type PageCalls } from './page-call.ts'

/** Answers what the script of a page asks: with the session's rights, in one transaction, for pages of ours alone. */
export async function inPage<T>(
  { request }: Exchange,
  mode: 'read' | 'write',
  work: (calls: PageCalls) => Promise<T>,
): Promise<T> {
  const session = await requireSession(request)
  checkCsrf(request, request.headers['x-csrf-token'])
  return pageCall(request, session, mode, work)
}
