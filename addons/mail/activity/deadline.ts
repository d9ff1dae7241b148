import { addTo, ident, sql, today, type Env } from '#core'

/** How urgent what is planned is. */
export type ActivityState = 'overdue' | 'today' | 'planned' | 'done'

/** The unit of a delay, as types and plans name it. */
export type DelayUnit = 'days' | 'weeks' | 'months'

/** The day that is a delay after another (before it for negative counts). */
export function after(day: string, count: number, unit: DelayUnit): string {
  return addTo(day, count, unit === 'weeks' ? 'week' : unit === 'months' ? 'month' : 'day')
}

/** The state of a deadline for somebody in the time zone. */
export function stateOf(deadline: string, zone: string | null): 'overdue' | 'today' | 'planned' {
  const now = today(zone ?? 'UTC')
  return deadline < now ? 'overdue' : deadline === now ? 'today' : 'planned'
}

/** Which of several states stands for all: what is most urgent. */
export function mostUrgent(states: readonly string[]): 'overdue' | 'today' | 'planned' | null {
  return (['overdue', 'today', 'planned'] as const).find((state) => states.includes(state)) ?? null
}

/**
 * Terms on activities that hold for those in a state: a day begins at another moment for each user, so that there is one
 * term for each calendar day that it is somewhere where users are. One query, for the zones.
 */
export async function dueDomain(env: Env, state: 'overdue' | 'today' | 'planned'): Promise<readonly unknown[]> {
  const operator = { overdue: '<', today: '=', planned: '>' }[state]
  const rows = await env.connection.rows<{ tz: string | null }>(sql`
    SELECT DISTINCT ${ident('p', 'tz')} AS tz FROM res_users u JOIN res_partner p ON p.id = u.partner_id`)
  const days = new Map<string, (string | false)[]>()
  for (const { tz } of [...rows, { tz: null }]) {
    const day = today(tz ?? 'UTC')
    days.set(day, [...(days.get(day) ?? []), tz ?? false])
  }
  const terms = [...days].map(([day, zones]) => [
    '&',
    ['user_id.partner_id.tz', 'in', zones],
    ['date_deadline', operator, day],
  ])
  return [...terms.slice(1).map(() => '|'), ...terms.flat()]
}
