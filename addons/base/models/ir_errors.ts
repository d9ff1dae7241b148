import { defineError } from '#core'

/** The prefix or suffix of a sequence has a placeholder that nothing fills. */
export const SEQUENCE_PLACEHOLDER = defineError(
  'SEQUENCE_PLACEHOLDER',
  'UserError',
  (text: string, name: string, known: readonly string[]) =>
    `The prefix or suffix '${text}' has the unknown placeholder %(${name})s. There are: ${known.join(', ')}.`,
)

/** A sequence is asked for a number as of something that is not a date. */
export const SEQUENCE_DATE = defineError(
  'SEQUENCE_DATE',
  'ValueError',
  (text: string) => `'${text}' is not a date to number a document with: write YYYY-MM-DD or YYYY-MM-DD HH:MM:SS.`,
)

/** An external id that no record has. */
export const XMLID_UNKNOWN = defineError(
  'XMLID_UNKNOWN',
  'ValueError',
  (name: string) => `There is no record with the external id '${name}'.`,
)

/** An external id that is not written as `module.name`. */
export const XMLID_MALFORMED = defineError(
  'XMLID_MALFORMED',
  'ValueError',
  (name: string) => `'${name}' is not an external id: write module.name.`,
)

/** The record behind an external id is outside of what the user may see. */
export const XMLID_FORBIDDEN = defineError(
  'XMLID_FORBIDDEN',
  'AccessError',
  (name: string) => `The record with the external id '${name}' is outside of what you may read.`,
)

/** A model or field that code declares was to be changed or deleted by a person. */
export const MODEL_DECLARED = defineError(
  'MODEL_DECLARED',
  'UserError',
  (names: readonly string[]) => `What an addon declares can be changed there only: ${names.join(', ')}.`,
)

/** Something about a model or field made by hand that cannot be changed once it exists. */
export const MODEL_FIXED = defineError(
  'MODEL_FIXED',
  'UserError',
  (name: string, property: string) =>
    `The ${property} of '${name}' cannot be changed once it exists: delete it and make a new one.`,
)

/** A field made by hand that another one still needs. */
export const MODEL_FIELD_NEEDED = defineError(
  'MODEL_FIELD_NEEDED',
  'UserError',
  (name: string, users: readonly string[]) => `The field '${name}' is still used by ${users.join(', ')}.`,
)

/** A default for a field that does not exist, or with a value that the field cannot hold. */
export const DEFAULT_INVALID = defineError(
  'DEFAULT_INVALID',
  'ValidationError',
  (model: string, field: string, reason: string) => `No default can be set for ${model}.${field}: ${reason}`,
)

/** A shared filter that is the default for everybody would replace another one. */
export const FILTER_DEFAULT_TAKEN = defineError(
  'FILTER_DEFAULT_TAKEN',
  'UserError',
  (name: string) => `The shared filter '${name}' is the default already: make it an ordinary one first.`,
)

/** A job is to be run by hand while the scheduler runs it. */
export const CRON_RUNNING = defineError(
  'CRON_RUNNING',
  'UserError',
  (names: readonly string[]) => `${names.join(', ')} is running at this moment: try again when it is done.`,
)

/** A job names a method that jobs may not call. */
export const CRON_METHOD = defineError(
  'CRON_METHOD',
  'UserError',
  (model: string, method: string) =>
    `${model}.${method} cannot be run as a job: it must exist and be callable without records, or begin with _cron.`,
)

/** Two different contents have the same checksum. */
export const ATTACHMENT_COLLISION = defineError(
  'ATTACHMENT_COLLISION',
  'UserError',
  (checksum: string) => `Another file with different content has the checksum ${checksum}: the file is refused.`,
)

/** The stored name of an attachment is not one that the store gives. */
export const ATTACHMENT_NAME = defineError(
  'ATTACHMENT_NAME',
  'ValueError',
  (name: string) => `'${name}' is not the name of a stored file.`,
)

/** The attachment, or the record that it hangs on, is outside of what the user may do. */
export const ATTACHMENT_FORBIDDEN = defineError(
  'ATTACHMENT_FORBIDDEN',
  'AccessError',
  (operation: string, ids: readonly number[]) =>
    `You may not ${operation} these attachments, or not the records that they hang on: id ${ids.slice(0, 10).join(', ')}.`,
)

/** An action that no id, external id or path leads to. */
export const ACTION_UNKNOWN = defineError(
  'ACTION_UNKNOWN',
  'MissingError',
  (action: string) => `There is no action '${action}'.`,
)

/** An action for groups that the user is not in. */
export const ACCESS_ACTION = defineError(
  'ACCESS_ACTION',
  'AccessError',
  (name: string) => `The action '${name}' is for groups that you are not in.`,
)
