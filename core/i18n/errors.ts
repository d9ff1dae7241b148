import { defineError } from '../errors.ts'

/** A PO file breaks the rules of its format. */
export const PO_SYNTAX = defineError(
  'PO_SYNTAX',
  'ValueError',
  (file: string, line: number, reason: string) => `${file}:${line}: ${reason}`,
)
