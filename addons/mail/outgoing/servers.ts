import type { Env } from '#core'
import { parseEmailAddress, formatEmailAddress } from '#addons/base/tools/email-address.ts'
import type { DomainFacts } from '../models/mail_alias_domain.ts'
import type { SmtpServer } from './session.ts'

export type FilteredServer = SmtpServer & { readonly fromFilter: string | null }

/** The active servers in their order. */
export async function activeServers(env: Env): Promise<readonly FilteredServer[]> {
  const servers = await env.sudo('mails go out whoever writes them')['ir.mail_server'].search([['active', '=', true]])
  return servers._transports()
}

/** Who a mail is from, and the server that it goes out by. */
export interface Route {
  readonly server: FilteredServer
  /** `"Name" <address>` */
  readonly from: string
}

/**
 * The server that a mail goes out by: the given one, else the first that sends for its author, else the first that
 * sends for the domain's own sender, which then takes the author's place with the author's name; else the first one.
 */
export function routeOf(
  servers: readonly FilteredServer[],
  chosen: number | null,
  from: string,
  domain: DomainFacts | undefined,
): Route | undefined {
  const { name, email } = parseEmailAddress(from)
  const candidates = chosen === null ? servers : servers.filter(({ id }) => id === chosen)
  const own = candidates.find(({ fromFilter }) => fromFilter !== null && allows(fromFilter, email ?? ''))
  const open = candidates.find(({ fromFilter }) => fromFilter === null)
  const fallback = domain?.defaultFrom ?? null
  const shared = candidates.find(
    ({ fromFilter }) => fromFilter !== null && fallback !== null && allows(fromFilter, fallback),
  )
  if (own) return { server: own, from }
  if (open) return { server: open, from }
  if (shared && fallback !== null) return { server: shared, from: formatEmailAddress(name ?? email ?? '', [fallback]) }
  const [first] = candidates
  return first && { server: first, from }
}

function allows(filter: string, address: string): boolean {
  const domain = address.slice(address.lastIndexOf('@') + 1)
  return filter
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .some((one) => one === address.toLowerCase() || one === domain.toLowerCase())
}
