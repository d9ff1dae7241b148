import { defineError } from '#core'

/** A script reads of several records what one has. */
export const SCRIPT_RECORDS_MANY = defineError(
  'SCRIPT_RECORDS_MANY',
  'ValueError',
  (model: string, count: number, what: string) =>
    `${count} records of ${model} are there where ${what} is read: loop over them, or take one.`,
)

/** A script calls within an expression what changes something. */
export const SCRIPT_CALL_INSIDE = defineError(
  'SCRIPT_CALL_INSIDE',
  'ValueError',
  (model: string, method: string) =>
    `${model}.${method}() may change something: call it in a statement of its own, 'name = records.${method}(…)'.`,
)

/** A script goes on for too long. */
export const SCRIPT_TOO_LONG = defineError(
  'SCRIPT_TOO_LONG',
  'UserError',
  (most: number) => `The script was stopped after ${most} statements: let it do less in one go.`,
)

/** A script refuses by itself. */
export const SCRIPT_RAISED = defineError('SCRIPT_RAISED', 'UserError', (message: string) => message)

/** A server action cannot be carried out; the message names it and the records that it was for. */
export const ACTION_FAILED = defineError(
  'ACTION_FAILED',
  'UserError',
  (action: string, records: string, reason: string) => `The server action '${action}' failed on ${records}: ${reason}`,
)

/** A server action for groups that the user is not in, or on a model that the user may not change. */
export const ACTION_FORBIDDEN = defineError(
  'ACTION_FORBIDDEN',
  'AccessError',
  (action: string) => `You don't have enough access rights to run the action '${action}'.`,
)

/** A server action that runs others runs itself, directly or through them. */
export const ACTION_RECURSION = defineError(
  'ACTION_RECURSION',
  'ValidationError',
  (action: string) => `The server action '${action}' would run itself through those that it runs.`,
)

/** The script of a job calls a method that the model does not have. */
export const SCRIPT_JOB_UNKNOWN = defineError(
  'SCRIPT_JOB_UNKNOWN',
  'ValueError',
  (model: string, method: string) => `The model ${model} has no method '${method}' for the scheduler.`,
)
