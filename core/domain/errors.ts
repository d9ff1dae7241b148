import { defineError } from '../errors.ts'

/** A part of a domain as a message shows it: JSON on one line, cut short. */
export function shown(part: unknown): string {
  let text: string | undefined
  try {
    text = JSON.stringify(part)
  } catch {
    // circular or nested too deeply to write out
  }
  text ??= typeof part
  return text.length > 100 ? `${text.slice(0, 97)}…` : text
}

/** The list is no domain; `position` is where, such as `domain[2]`. */
export const DOMAIN_WRONG = defineError(
  'DOMAIN_WRONG',
  'ValueError',
  (position: string, expected: string, found: unknown) =>
    `Invalid domain: ${position} is ${shown(found)}, expected ${expected}.`,
)

/** The domain is nested too deeply, or has too many terms. */
export const DOMAIN_TOO_DEEP = defineError(
  'DOMAIN_TOO_DEEP',
  'ValueError',
  (limit: string) => `Invalid domain: it has more than ${limit}.`,
)

/** A leaf names a field that the model does not have. */
export const DOMAIN_FIELD_UNKNOWN = defineError(
  'DOMAIN_FIELD_UNKNOWN',
  'ValueError',
  (model: string, field: string, leaf: unknown) => `Invalid field '${model}.${field}' in leaf ${shown(leaf)}.`,
)

/** The operator does not exist, or not for this kind of field. */
export const DOMAIN_OPERATOR = defineError(
  'DOMAIN_OPERATOR',
  'ValueError',
  (operator: string, where: string, expected: string) =>
    `Invalid operator '${operator}' for ${where}: use ${expected}.`,
)

/** The right side of a leaf is not of the kind that the field is. */
export const DOMAIN_OPERAND = defineError(
  'DOMAIN_OPERAND',
  'ValueError',
  (model: string, field: string, operator: string, operand: unknown, expected: string) =>
    `Invalid operand for ${model}.${field} ${operator}: ${shown(operand)} is not ${expected}.`,
)

/** A path goes on behind a field that leads nowhere. */
export const DOMAIN_PATH = defineError(
  'DOMAIN_PATH',
  'ValueError',
  (model: string, field: string, rest: string) =>
    `Invalid path '${field}.${rest}' in a domain on ${model}: ${field} is not a relation.`,
)

/** The field has no column, and nothing says how to search by it. */
export const DOMAIN_NOT_SEARCHABLE = defineError(
  'DOMAIN_NOT_SEARCHABLE',
  'ValueError',
  (model: string, field: string) =>
    `${model}.${field} cannot be searched: it is not stored. Store it, or declare .search('${field}', …) on the model.`,
)

/** Search statements lead to each other without end. */
export const DOMAIN_SEARCH_LOOP = defineError(
  'DOMAIN_SEARCH_LOOP',
  'ValueError',
  (path: readonly string[]) => `The search statements of these fields lead in a circle: ${path.join(' → ')}.`,
)

/** A record in memory does not hold what the domain asks for. */
export const DOMAIN_NOT_LOADED = defineError(
  'DOMAIN_NOT_LOADED',
  'ValueError',
  (model: string, path: string) =>
    `The domain needs ${path} of ${model}, which is not loaded: add it to the paths of load.`,
)

/** A condition that only the database can answer. */
export const DOMAIN_NOT_IN_MEMORY = defineError(
  'DOMAIN_NOT_IN_MEMORY',
  'ValueError',
  (operator: string, path: string) => `'${operator}' on ${path} cannot be told from loaded records: search instead.`,
)

/** The text is no order of any model. */
export const ORDER_MALFORMED = defineError(
  'ORDER_MALFORMED',
  'UserError',
  (model: string, key: string) =>
    `Invalid "order" specified for ${model} ('${key}'): separate names of fields by commas, each with asc or desc behind it if need be.`,
)

/** An order names what its model cannot be sorted by. */
export const ORDER_WRONG = defineError(
  'ORDER_WRONG',
  'ValueError',
  (model: string, key: string, reason: string) =>
    `Invalid order '${key}' for ${model}: ${reason}. Write fields with a column, such as 'name desc, id'.`,
)
