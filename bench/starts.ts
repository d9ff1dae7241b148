import { settled, startServer, type ServerProcess } from './process.ts'

/** Megabytes that a server may take after its start. */
export const MEMORY_GOAL = 150

/** What a start took: milliseconds until the server listened, megabytes of resident memory a moment later. */
export interface StartResult {
  readonly start: 'first' | 'later'
  readonly time: number
  readonly memory: number
  readonly peak: number
}

/** Starts a server, which installs the addons when the database is new, and leaves it running. */
export async function measureStart(
  start: StartResult['start'],
  url: string,
): Promise<{ server: ServerProcess; result: StartResult }> {
  const server = await startServer(url)
  await settled()
  const { now, peak } = server.memory()
  return { server, result: { start, time: server.startTime, memory: now, peak } }
}
