import type { Registry } from './registry.ts'
import type { Transaction } from './transaction.ts'
import { sql } from '../sql/fragment.ts'

export interface Language {
  readonly code: string
  readonly name: string
  readonly iso: string
  /** 1 = Monday … 7 = Sunday. */
  readonly weekStart: number
  readonly dateFormat: string
  readonly timeFormat: string
}

/** The languages in use, by code; read once per process. */
export async function activeLanguages(
  registry: Registry,
  transaction: Transaction,
): Promise<ReadonlyMap<string, Language>> {
  if (!registry.has('res.lang')) return new Map()
  const {
    connection,
    db: { dialect },
  } = transaction
  const translated = registry.get('res.lang').fields.get('name')?.translate ?? false
  const name = translated ? dialect.jsonText(sql`name`, 'en_US') : sql`name`
  return transaction.caches.get('lang', 'active', async () => {
    const rows = await connection.rows<Record<string, string>>(sql`
      SELECT code, ${name} AS name, iso_code, week_start, date_format, time_format FROM res_lang WHERE active = ${true}`)
    return new Map(
      rows.map((row) => [
        row['code'] as string,
        {
          code: row['code'] as string,
          name: row['name'] as string,
          iso: row['iso_code'] ?? (row['code'] as string),
          weekStart: Number(row['week_start'] ?? 7),
          dateFormat: row['date_format'] ?? '%m/%d/%Y',
          timeFormat: row['time_format'] ?? '%H:%M:%S',
        },
      ]),
    )
  })
}
