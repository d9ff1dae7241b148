import { defineError } from '../errors.ts'

/** A value as an error message shows it: short, and on one line. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? `'${value}'` : (JSON.stringify(value) ?? String(value))
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}

export const FIELD_UNKNOWN = defineError(
  'FIELD_UNKNOWN',
  'ValueError',
  (model: string, field: string) => `Invalid field '${field}' on model '${model}'`,
)

export const VALUE_WRONG = defineError(
  'VALUE_WRONG',
  'ValueError',
  (model: string, field: string, value: unknown, expected: string) =>
    `Wrong value for ${model}.${field}: ${shown(value)} is not ${expected}.`,
)

export const VALUE_TOO_LONG = defineError(
  'VALUE_TOO_LONG',
  'ValidationError',
  (model: string, field: string, length: number, most: number) =>
    `The value for ${model}.${field} is too long: ${length} characters, at most ${most} are allowed.`,
)

export const SELECTION_UNKNOWN = defineError(
  'SELECTION_UNKNOWN',
  'ValueError',
  (model: string, field: string, value: unknown, known: readonly string[]) =>
    `Wrong value for ${model}.${field}: ${shown(value)}. It can be: ${known.join(', ')}.`,
)

export const COMMAND_WRONG = defineError(
  'COMMAND_WRONG',
  'ValueError',
  (model: string, field: string, value: unknown) =>
    `Wrong command for ${model}.${field}: ${shown(value)}. Expected create, update, delete, unlink, link, clear or set.`,
)
