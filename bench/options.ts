import { parseArgs } from 'node:util'
import { BENCH_OPTIONS } from './errors.ts'

/** What `npm run bench -- …` was asked for. */
export interface Options {
  /** Only measurements whose name contains one of these; all when empty. */
  readonly only: readonly string[]
  /** Fewer runs, and no million of partners. */
  readonly quick: boolean
  /** Fills PostgreSQL with a million partners too, which takes minutes. */
  readonly million: boolean
  /** Ends with 1 when a goal is missed. */
  readonly check: boolean
  readonly dialects: readonly Dialect[]
}

/** The databases that are measured, side by side. */
export const DIALECTS = ['sqlite', 'postgres'] as const
export type Dialect = (typeof DIALECTS)[number]

const isDialect = (name: string): name is Dialect => (DIALECTS as readonly string[]).includes(name)

/**
 * Reads the command line.
 * @throws BENCH_OPTIONS
 */
export function readOptions(args: readonly string[]): Options {
  const values = parsed(args)
  const wanted = values.dialect ?? [...DIALECTS]
  const dialects = wanted.filter(isDialect)
  if (dialects.length < wanted.length) throw new BENCH_OPTIONS(`--dialect is one of ${DIALECTS.join(', ')}`)
  return {
    only: values.only ?? [],
    quick: values.quick ?? false,
    million: values.million ?? false,
    check: values.check ?? false,
    dialects,
  }
}

const OPTIONS = {
  only: { type: 'string', multiple: true },
  quick: { type: 'boolean' },
  million: { type: 'boolean' },
  check: { type: 'boolean' },
  dialect: { type: 'string', multiple: true },
} as const

function parsed(args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'] {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values
  } catch (error) {
    throw new BENCH_OPTIONS(error instanceof Error ? error.message : String(error))
  }
}

/** Whether a measurement was asked for. */
export function isWanted(name: string, { only }: Options): boolean {
  return only.length === 0 || only.some((part) => name.includes(part))
}
