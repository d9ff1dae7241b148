import type { CallResult } from './calls.ts'
import { GROWTH_GOAL, LARGE, SMALL, type GrowthResult } from './growth.ts'
import type { Dialect } from './options.ts'
import { MEMORY_GOAL, type StartResult } from './starts.ts'

/** All that was measured on one database. */
export interface DialectResult {
  readonly dialect: Dialect
  readonly starts: readonly StartResult[]
  readonly calls: readonly CallResult[]
  readonly growth: readonly GrowthResult[]
}

const HEAD = ['what', 'database', 'queries', 'median ms', 'p95 ms', 'bare ms', 'ratio', 'goal', '']

type Line = readonly string[]

const fixed = (value: number, digits = 2): string => value.toFixed(digits)

function verdict(value: number, goal: number | null): string {
  if (goal === null) return ''
  return value <= goal ? 'ok' : 'MISSED'
}

function callLine(dialect: Dialect, { operation, queries, real, bare }: CallResult): Line {
  const ratio = real.median / bare.median
  const goal = operation.goal === null ? '' : `≤ ${operation.goal}`
  return [
    operation.name,
    dialect,
    String(queries),
    fixed(real.median),
    fixed(real.p95),
    fixed(bare.median),
    fixed(ratio),
    goal,
    verdict(ratio, operation.goal),
  ]
}

function growthLine(dialect: Dialect, { page, small, large }: GrowthResult): Line {
  const ratio = large.median / small.median
  return [
    `list ${page}, ${SMALL} to ${LARGE}`,
    dialect,
    '',
    fixed(large.median),
    fixed(large.p95),
    fixed(small.median),
    fixed(ratio),
    `≤ ${GROWTH_GOAL}`,
    verdict(ratio, GROWTH_GOAL),
  ]
}

function startLines(dialect: Dialect, { start, time, memory, peak }: StartResult): Line[] {
  return [
    [`${start} start`, dialect, '', fixed(time, 0), '', '', '', '', ''],
    [
      `${start} start: memory (peak) MB`,
      dialect,
      '',
      `${fixed(memory, 0)} (${fixed(peak, 0)})`,
      '',
      '',
      '',
      `≤ ${MEMORY_GOAL}`,
      verdict(memory, MEMORY_GOAL),
    ],
  ]
}

/** The table of all results, the databases of one operation below each other, and whether a goal was missed. */
export function report(results: readonly DialectResult[]): { text: string; missed: boolean } {
  const perDialect = results.map(({ dialect, starts, calls, growth }): Line[] => [
    ...starts.flatMap((start) => startLines(dialect, start)),
    ...calls.map((call) => callLine(dialect, call)),
    ...growth.map((page) => growthLine(dialect, page)),
  ])
  const names = [...new Set(perDialect.flat().map(([name]) => name))]
  const lines = names.flatMap((name) => perDialect.flatMap((some) => some.filter(([other]) => other === name)))
  return { text: table([HEAD, ...lines]), missed: lines.some((line) => line.at(-1) === 'MISSED') }
}

function table(lines: readonly Line[]): string {
  const widths = HEAD.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
