import { isZone } from '../../tools/zones.ts'
import type { Env } from '../env.ts'

/** The time zone in which a person reads and writes instants in files: the context's, else the user's own, else UTC. */
export function fileZone(env: Env): string {
  const { tz } = env.context
  if (tz && isZone(tz)) return tz
  return env.user.tz && isZone(env.user.tz) ? env.user.tz : 'UTC'
}
