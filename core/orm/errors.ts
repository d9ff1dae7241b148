import { defineError } from '../errors.ts'

export const MODEL_UNKNOWN = defineError(
  'MODEL_UNKNOWN',
  'KeyError',
  (model: string) => `There is no model '${model}'.`,
)

export const REGISTRY_WRONG = defineError(
  'REGISTRY_WRONG',
  'InternalError',
  (mistakes: readonly string[]) =>
    `The declared models have ${mistakes.length} mistake${mistakes.length === 1 ? '' : 's'}:\n- ${mistakes.join('\n- ')}`,
)

export const RECORD_MISSING = defineError(
  'RECORD_MISSING',
  'MissingError',
  (description: string, model: string, ids: readonly number[]) =>
    `Record does not exist or has been deleted: ${description} (${model}), id ${ids.slice(0, 10).join(', ')}.`,
)

export const FIELD_REQUIRED = defineError(
  'FIELD_REQUIRED',
  'ValidationError',
  (description: string, model: string, label: string, field: string) =>
    `A value is missing for the required field '${label}' (${field}) of ${description} (${model}).`,
)

export const CONSTRAINT_FAILED = defineError('CONSTRAINT_FAILED', 'ValidationError', (message: string) => message)

export const UNIQUE_FAILED = defineError('UNIQUE_FAILED', 'ValidationError', (message: string) => message)

export const REFERENCE_BROKEN = defineError(
  'REFERENCE_BROKEN',
  'ValidationError',
  (model: string, field: string, ids: readonly number[], comodel: string) =>
    `The field ${model}.${field} refers to a record that does not exist: ${comodel} ${ids.join(', ')}.`,
)

export const RECORD_IN_USE = defineError(
  'RECORD_IN_USE',
  'ValidationError',
  (description: string, users: string) =>
    `${description} cannot be deleted: it is still used by ${users}. Archive it instead, or change what uses it first.`,
)

export const TREE_LOOP = defineError(
  'TREE_LOOP',
  'UserError',
  (description: string) => `${description}: a record cannot be its own ancestor.`,
)

export const MODEL_READ_ONLY = defineError(
  'MODEL_READ_ONLY',
  'UserError',
  (model: string) => `Records of ${model} come from a query and cannot be changed.`,
)

export const NOT_LOADED = defineError(
  'NOT_LOADED',
  'InternalError',
  (model: string, field: string, path: string) =>
    `${model}.${field} was read but not loaded: add '${path}' to the paths of load().`,
)

export const ARCHIVE_UNABLE = defineError(
  'ARCHIVE_UNABLE',
  'UserError',
  (model: string) => `Records of ${model} cannot be archived: the model has no field 'active'.`,
)

export const NAME_UNABLE = defineError(
  'NAME_UNABLE',
  'UserError',
  (model: string) => `Records of ${model} cannot be created from a name: the model has no field that names them.`,
)

export const LANGUAGE_UNKNOWN = defineError(
  'LANGUAGE_UNKNOWN',
  'UserError',
  (code: string) => `The language '${code}' is not installed or not active.`,
)

export const LIMIT_WRONG = defineError(
  'LIMIT_WRONG',
  'ValueError',
  (value: unknown) => `A limit or offset is a whole number from 0 up, not ${JSON.stringify(value)}.`,
)
