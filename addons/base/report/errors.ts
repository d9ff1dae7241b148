import { defineError } from '#core'

export const REPORT_UNKNOWN = defineError(
  'REPORT_UNKNOWN',
  'NotFound',
  (name: string) => `There is no report '${name}'.`,
)

export const REPORT_FORBIDDEN = defineError(
  'REPORT_FORBIDDEN',
  'AccessError',
  (name: string) => `The report '${name}' is for groups that you are not in.`,
)

export const REPORT_EMPTY = defineError(
  'REPORT_EMPTY',
  'UserError',
  () => 'There is nothing to print: choose at least one record.',
)

export const REPORT_TEMPLATE = defineError(
  'REPORT_TEMPLATE',
  'ValueError',
  (name: string, file: string) => `The report's template '${name}' is not there: write ${file}.`,
)

export const REPORT_SYNTAX = defineError(
  'REPORT_SYNTAX',
  'ValueError',
  (file: string, line: number, problem: string) => `${file}:${line}: ${problem}`,
)
