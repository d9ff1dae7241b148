import type { Runtime } from '#core/runtime.ts'
import type { Client } from './client.ts'
import { envelope } from './client.ts'
import { fillPartners } from './fill.ts'
import { inTurns, type Timing } from './measure.ts'

/** How one page of a list came out at two sizes of the table. */
export interface GrowthResult {
  readonly page: string
  readonly small: Timing
  readonly large: Timing
}

export const SMALL = 10_000
export const LARGE = 1_000_000
/** How many times the time at `SMALL` a page at `LARGE` may take. */
export const GROWTH_GOAL = 1.5

const RUNS = 200
const PATIENCE_MS = 20_000
const PATH = '/web/dataset/call_kw/res.partner/search_read'
const FIELDS = ['name', 'email', 'phone', 'city', 'country_id', 'parent_id', 'is_company', 'create_date']
const PAGES = { 'page 1': 0, 'page 2': 80 }

/**
 * Times the first pages of a list in the default order at both sizes. `connect` gives a client with a session: while
 * the table grows, the server closes connections that are not used.
 */
export async function measureGrowth(runtime: Runtime, connect: () => Promise<Client>): Promise<GrowthResult[]> {
  await fillPartners(runtime, SMALL)
  const small = await timePages(connect)
  await fillPartners(runtime, LARGE)
  const large = await timePages(connect)
  return Object.keys(PAGES).map((page, i) => ({ page, small: small[i] as Timing, large: large[i] as Timing }))
}

async function timePages(connect: () => Promise<Client>): Promise<Timing[]> {
  const client = await connect()
  const calls = Object.values(PAGES).map((offset) => {
    const body = envelope({
      model: 'res.partner',
      method: 'search_read',
      args: [[], FIELDS],
      kwargs: { limit: 80, offset },
    })
    return () => client.post(PATH, body)
  })
  try {
    return await inTurns(calls, RUNS, PATIENCE_MS)
  } finally {
    client.close()
  }
}
