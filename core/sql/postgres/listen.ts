import pg from 'pg'
import { CHANGES_CHANNEL } from '../changes.ts'

const AGAIN_AFTER_MS = 1000

/**
 * Listens on a connection of its own, made anew when it is lost, and tells `heard` of every commit that announced
 * changes, and of every new connection, as something may have been missed. Rejects when the first connection fails.
 */
export async function listenForChanges(url: string, heard: () => void): Promise<() => Promise<void>> {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let isOver = false

  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: url, application_name: 'comptoir changes' })
    fresh.on('error', () => undefined) // its end follows
    fresh.on('notification', heard)
    await fresh.connect()
    await fresh.query(`LISTEN ${CHANGES_CHANNEL}`)
    fresh.on('end', later)
    client = fresh
  }
  const later = (): void => {
    if (!isOver) timer = setTimeout(() => void connect().then(heard, later), AGAIN_AFTER_MS).unref()
  }

  await connect()
  return async () => {
    isOver = true
    clearTimeout(timer)
    await client?.end()
  }
}
