import { defineError } from '../errors.ts'

/** A PO file breaks the rules of its format. */
export const PO_SYNTAX = defineError(
  'PO_SYNTAX',
  'ValueError',
  (file: string, line: number, reason: string) => `${file}:${line}: ${reason}`,
)

/** A table of translated values has other columns than it must. */
export const TRANSLATION_TABLE = defineError(
  'TRANSLATION_TABLE',
  'ValueError',
  (file: string, header: string) => `${file}:1: a table of translations has the columns ${header}.`,
)
