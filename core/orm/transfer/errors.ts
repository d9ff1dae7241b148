import { defineError } from '../../errors.ts'

export const EXPORT_FORBIDDEN = defineError(
  'EXPORT_FORBIDDEN',
  'UserError',
  () => 'Exporting data needs the group "Access to export feature". Ask an administrator for it.',
)

export const COLUMN_REPEATED = defineError(
  'COLUMN_REPEATED',
  'ValueError',
  (field: string) => `The column '${field}' is there twice: keep one of the two.`,
)

export const COLUMN_INDIRECT = defineError(
  'COLUMN_INDIRECT',
  'ValueError',
  (path: string, field: string) =>
    `The column '${path}' would change records behind '${field}': name them by '${field}', '${field}/id' or '${field}/.id', and import their values on their own.`,
)

export const COLUMN_AMBIGUOUS = defineError(
  'COLUMN_AMBIGUOUS',
  'ValueError',
  (field: string) => `Several columns name the records of '${field}': keep one of name, external id and database id.`,
)

export const TEXT_NOT_BOOLEAN = defineError(
  'TEXT_NOT_BOOLEAN',
  'ValueError',
  (text: string, label: string) => `'${text}' is neither yes nor no for the field '${label}'.`,
)

export const TEXT_NOT_INTEGER = defineError(
  'TEXT_NOT_INTEGER',
  'ValueError',
  (text: string, label: string) => `'${text}' is not a whole number for the field '${label}'.`,
)

export const TEXT_NOT_NUMBER = defineError(
  'TEXT_NOT_NUMBER',
  'ValueError',
  (text: string, label: string) => `'${text}' is not a number for the field '${label}'.`,
)

export const TEXT_NOT_DATE = defineError(
  'TEXT_NOT_DATE',
  'ValueError',
  (text: string, label: string) => `'${text}' is not a date for the field '${label}'.`,
)

export const TEXT_NOT_DATETIME = defineError(
  'TEXT_NOT_DATETIME',
  'ValueError',
  (text: string, label: string) => `'${text}' is not a date and time for the field '${label}'.`,
)

export const TEXT_NOT_CHOICE = defineError(
  'TEXT_NOT_CHOICE',
  'ValueError',
  (text: string, label: string) => `'${text}' is not one of the values of the field '${label}'.`,
)

export const TEXT_NOT_JSON = defineError(
  'TEXT_NOT_JSON',
  'ValueError',
  (text: string, label: string) => `'${text}' is not JSON, which the field '${label}' holds.`,
)

export const NAME_UNKNOWN = defineError(
  'NAME_UNKNOWN',
  'ValueError',
  (text: string, label: string) => `No record is named '${text}' for the field '${label}'.`,
)

export const NAME_AMBIGUOUS = defineError(
  'NAME_AMBIGUOUS',
  'ValueError',
  (text: string, label: string) =>
    `Several records are named '${text}' for the field '${label}': the first one was taken.`,
)

export const XMLID_NOT_FOUND = defineError(
  'XMLID_NOT_FOUND',
  'ValueError',
  (xmlid: string, label: string) => `No record has the external id '${xmlid}' for the field '${label}'.`,
)

export const XMLID_OTHER_MODEL = defineError(
  'XMLID_OTHER_MODEL',
  'ValidationError',
  (xmlid: string, expected: string, found: string) =>
    `The external id '${xmlid}' belongs to a record of ${found}, not of ${expected}.`,
)

export const XMLID_WRONG = defineError(
  'XMLID_WRONG',
  'ValueError',
  (text: string) => `'${text}' cannot be an external id: it has spaces, or nothing before or after the dot.`,
)

export const ID_NOT_FOUND = defineError(
  'ID_NOT_FOUND',
  'ValueError',
  (text: string, label: string) => `There is no record with the database id '${text}' for the field '${label}'.`,
)

export const LINES_UNTOLD = defineError(
  'LINES_UNTOLD',
  'ValidationError',
  (field: string, expected: number, found: number) =>
    `The lines of '${field}' cannot get their external ids: ${expected} were imported, but ${found} were created.`,
)

export const IMPORT_INTERRUPTED = defineError(
  'IMPORT_INTERRUPTED',
  'ValidationError',
  (errors: number, record: number) =>
    `The import was interrupted after ${errors} errors in ${record} records: correct these first.`,
)

/** Undoes an import that found errors; never leaves `loadRows`. */
export const IMPORT_UNDONE = defineError(
  'IMPORT_UNDONE',
  'InternalError',
  () => 'The import found errors and was undone.',
)

export const LANGUAGES_INACTIVE = defineError(
  'LANGUAGES_INACTIVE',
  'UserError',
  (codes: readonly string[]) => `These languages are not active: ${codes.join(', ')}.`,
)

export const TRANSLATION_WRONG = defineError(
  'TRANSLATION_WRONG',
  'UserError',
  (model: string, field: string) => `A translation of ${model}.${field} is a text, or false to remove it.`,
)

export const FIELD_NOT_TRANSLATED = defineError(
  'FIELD_NOT_TRANSLATED',
  'UserError',
  (model: string, field: string) => `${model}.${field} has one text for all languages.`,
)
