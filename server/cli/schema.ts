import { planUpgrade } from '../../core/open.ts'
import { describePlan } from '../../core/schema/index.ts'
import type { Config } from '../config.ts'
import { databaseOptions } from './database-options.ts'

/** The steps, with their SQL, that serving the database would begin with. */
export async function schema(config: Config): Promise<string> {
  return describePlan(await planUpgrade(databaseOptions(config)), { sql: true })
}
