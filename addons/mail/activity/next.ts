import { today, type Env } from '#core'
import { after, type DelayUnit } from './deadline.ts'

/** What the type of an activity says about when it is due. */
export interface Delay {
  readonly delay_count: number
  readonly delay_unit: DelayUnit
  readonly delay_from: 'current_date' | 'previous_activity'
}

/** The day on which an activity of the type is due: its delay after today, or after the deadline of the one before. */
export function deadlineOf(env: Env, type: Delay, previous: string | null): string {
  const from = type.delay_from === 'previous_activity' && previous !== null ? previous : today(env.user.tz ?? 'UTC')
  return after(from, type.delay_count, type.delay_unit)
}
