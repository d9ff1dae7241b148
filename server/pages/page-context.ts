import { sql } from '../../core/sql/fragment.ts'
import { Formatter, type CurrencyFormat } from '../../views/format.ts'
import type { Fields, PageContext, Values } from '../../views/page.ts'
import { translator } from '../../views/translate.ts'
import type { PageCalls } from './page-call.ts'

/** What views of a page are drawn with, in the user's language and zone. */
export async function pageContext({ env }: PageCalls, models: Readonly<Record<string, Fields>>): Promise<PageContext> {
  const { lang, zone } = env
  return {
    format: new Formatter(lang, zone, await currencies(env.connection)),
    translate: translator(lang),
    models,
    context: env.context as Values,
    today: new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date()),
  }
}

async function currencies(connection: PageCalls['env']['connection']): Promise<ReadonlyMap<number, CurrencyFormat>> {
  const rows = await connection.rows<{ id: number; symbol: string; position: string | null; decimal_places: number }>(
    sql`SELECT id, symbol, position, decimal_places FROM res_currency WHERE active = ${true}`,
  )
  return new Map(
    rows.map((row) => [
      row.id,
      { symbol: row.symbol, position: row.position === 'before' ? 'before' : 'after', digits: row.decimal_places },
    ]),
  )
}
