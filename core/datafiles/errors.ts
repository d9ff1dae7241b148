import { ComptoirError, defineError } from '../errors.ts'
import type { Place } from './place.ts'
import { placeText } from './place.ts'

const hint = (nearest: string | undefined): string => (nearest === undefined ? '' : `; did you mean '${nearest}'?`)

/** A data file has a form that it must not have: an attribute, a value or a combination of them. */
export const DATA_SYNTAX = defineError(
  'DATA_SYNTAX',
  'ValueError',
  (place: Place, reason: string, nearest?: string) => `${placeText(place)}: ${reason}${hint(nearest)}`,
)

/** An element that data files do not know. */
export const DATA_ELEMENT = defineError(
  'DATA_ELEMENT',
  'ValueError',
  (place: Place, element: string, nearest?: string) =>
    `${placeText(place)}: <${element}> is no element of data files${hint(nearest)}`,
)

/** A model that no installed addon declares, or another one than the record has. */
export const DATA_MODEL = defineError(
  'DATA_MODEL',
  'ValueError',
  (place: Place, reason: string, nearest?: string) => `${placeText(place)}: ${reason}${hint(nearest)}`,
)

/** A field that the model does not have, or that a data file cannot set in this way. */
export const DATA_FIELD = defineError(
  'DATA_FIELD',
  'ValueError',
  (place: Place, reason: string, nearest?: string) => `${placeText(place)}: ${reason}${hint(nearest)}`,
)

/** An external id that stands for no record. */
export const DATA_REF = defineError(
  'DATA_REF',
  'ValueError',
  (place: Place, id: string, nearest?: string) =>
    `${placeText(place)}: there is no record with the external id '${id}'${hint(nearest)}`,
)

/** A value that its field cannot take, or an expression that has none. */
export const DATA_VALUE = defineError(
  'DATA_VALUE',
  'ValueError',
  (place: Place, reason: string) => `${placeText(place)}: ${reason}`,
)

/** The model refuses a record. */
export const DATA_RECORD = defineError(
  'DATA_RECORD',
  'ValidationError',
  (place: Place, reason: string) => `${placeText(place)}: ${reason}`,
)

/** A method that the model does not have. */
export const DATA_METHOD = defineError(
  'DATA_METHOD',
  'ValueError',
  (place: Place, model: string, method: string, nearest?: string) =>
    `${placeText(place)}: ${model} has no method '${method}'${hint(nearest)}`,
)

/** A file that a data file takes a value from is not there. */
export const DATA_FILE = defineError(
  'DATA_FILE',
  'ValueError',
  (place: Place, path: string) => `${placeText(place)}: there is no file ${path}`,
)

/** What a value was refused for, with the place in the file; an error that names its place stays as it is. */
export function valueError(error: unknown, place: Place): unknown {
  return isUnplaced(error) ? new DATA_VALUE(place, error.message).with(error.details) : error
}

/** What the model refused, with the place in the file; an error that names its place stays as it is. */
export function recordError(error: unknown, place: Place): unknown {
  return isUnplaced(error) ? new DATA_RECORD(place, error.message).with({ ...error.details, cause: error.code }) : error
}

function isUnplaced(error: unknown): error is ComptoirError {
  return error instanceof ComptoirError && !error.code.startsWith('DATA_')
}
