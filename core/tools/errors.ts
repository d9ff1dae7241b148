import { defineError } from '../errors.ts'

/** A rounding step must be a positive, finite number. */
export const ROUNDING_INVALID = defineError(
  'ROUNDING_INVALID',
  'ValueError',
  (step: number) => `A value cannot be rounded to steps of ${step}: the step must be a positive number.`,
)

/** A text that should be a day or an instant is neither. */
export const DATE_INVALID = defineError(
  'DATE_INVALID',
  'ValueError',
  (text: string) => `'${text}' is not a date: write YYYY-MM-DD or YYYY-MM-DD HH:MM:SS.`,
)

/** The time zone is not in the tz database of this runtime. */
export const TIME_ZONE_UNKNOWN = defineError(
  'TIME_ZONE_UNKNOWN',
  'ValueError',
  (zone: string) => `There is no time zone '${zone}': write a name such as Europe/Brussels.`,
)

/** What should be ordered by dependency depends on itself. */
export const GRAPH_CYCLE = defineError(
  'GRAPH_CYCLE',
  'ValueError',
  (path: readonly string[]) => `There is a cycle: ${path.join(' → ')}.`,
)

/** A CSV text breaks the rules of quoting. */
export const CSV_MALFORMED = defineError(
  'CSV_MALFORMED',
  'ValueError',
  (file: string, line: number, reason: string) => `${file}:${line}: the CSV is malformed: ${reason}`,
)

/** An XML text is not well-formed. */
export const XML_MALFORMED = defineError(
  'XML_MALFORMED',
  'ValueError',
  (file: string, line: number, column: number, reason: string) => `${file}:${line}:${column}: ${reason}`,
)

/** An XML text defines entities, which could be used to exhaust memory or to read files. */
export const XML_ENTITIES = defineError(
  'XML_ENTITIES',
  'ValueError',
  (file: string, line: number) => `${file}:${line}: a DOCTYPE may not define entities.`,
)

/** The thread that lays out a document ended without one. */
export const LAYOUT_FAILED = defineError(
  'LAYOUT_FAILED',
  'InternalError',
  (reason: string) => `The document could not be laid out: ${reason}.`,
)
