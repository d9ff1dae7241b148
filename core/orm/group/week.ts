import type { Env } from '../env.ts'
import { activeLanguages } from '../languages.ts'

const SUNDAY = 7

/** The day on which weeks begin in the user's language, from 1 = Monday to 7 = Sunday. */
export async function weekStartOf(env: Env): Promise<number> {
  const languages = await activeLanguages(env.registry, env.transaction)
  return languages.get(env.lang)?.weekStart ?? SUNDAY
}
