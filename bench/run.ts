/*
 * `npm run bench`: what the public calls cost over HTTP, compared with bare routes that send the same statements, on
 * SQLite and PostgreSQL; starts, memory, and how a list grows. See docs/bench.md.
 */
import { ComptoirError } from '#core/errors.ts'
import { openRuntime } from '#core/open.ts'
import { captureAll, loggedIn, startBare, timeOperation, type CallResult } from './calls.ts'
import { Client } from './client.ts'
import { newDatabase } from './databases.ts'
import { fillPartners } from './fill.ts'
import { measureGrowth, type GrowthResult } from './growth.ts'
import { OPERATIONS } from './operations.ts'
import { isWanted, readOptions, type Dialect, type Options } from './options.ts'
import { report, type DialectResult } from './report.ts'
import { measureStart } from './starts.ts'

const PARTNERS = 5000

async function measure(dialect: Dialect, options: Options): Promise<DialectResult> {
  const database = await newDatabase(dialect)
  const operations = OPERATIONS.filter(({ name }) => isWanted(name, options))
  const growing = isWanted('list', options) && !options.quick && (dialect === 'sqlite' || options.million)
  try {
    const first = await measureStart('first', database.url)
    await first.server.stop()
    const runtime = await openRuntime({ url: database.url })
    await fillPartners(runtime, PARTNERS)
    const { sample, login, captures } = await captureAll(runtime, operations)
    const later = await measureStart('later', database.url)
    const bare = await startBare(database.url, captures)
    const [client, bareClient] = [await loggedIn(later.server.url, login.db), new Client(bare.url)]
    try {
      const calls: CallResult[] = []
      for (const operation of operations) {
        const [real, least] = await timeOperation(client, bareClient, operation, sample, login, options.quick)
        calls.push({ operation, queries: captures.get(operation.name)?.queries ?? 0, real, bare: least })
      }
      const growth: GrowthResult[] = growing
        ? await measureGrowth(runtime, () => loggedIn(later.server.url, login.db))
        : []
      return { dialect, starts: isWanted('start', options) ? [first.result, later.result] : [], calls, growth }
    } finally {
      client.close()
      bareClient.close()
      await later.server.stop()
      await bare.stop()
      await runtime.close()
    }
  } finally {
    await database.drop()
  }
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  const results: DialectResult[] = []
  for (const dialect of options.dialects) results.push(await measure(dialect, options))
  const { text, missed } = report(results)
  process.stdout.write(`${text}\n`)
  if (options.check && missed) process.exitCode = 1
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ComptoirError ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  )
  process.exitCode = 1
})
