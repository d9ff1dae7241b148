import { defineError } from '#core/errors.ts'

/** An option of the benchmark does not exist, or has a value that it cannot have. */
export const BENCH_OPTIONS = defineError(
  'BENCH_OPTIONS',
  'ValueError',
  (problem: string) =>
    `${problem}. Options: --only NAME, --dialect sqlite|postgres, --quick, --million, --check; --only and --dialect may be repeated.`,
)

/** A process that is measured ended before it was ready. */
export const BENCH_PROCESS = defineError(
  'BENCH_PROCESS',
  'InternalError',
  (command: string, output: string) => `${command} ended before it listened: ${output}`,
)

/** A call that is measured was answered with an error. */
export const BENCH_ANSWER = defineError(
  'BENCH_ANSWER',
  'InternalError',
  (path: string, answer: string) => `${path} answered ${answer}`,
)
