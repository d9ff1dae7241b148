import { defineError } from '#core'

/** A message is posted on one record. */
export const MESSAGE_OF_ONE_RECORD = defineError(
  'MESSAGE_OF_ONE_RECORD',
  'ValueError',
  (model: string, count: number) =>
    `A message is posted on one record of ${model}, but ${count} were given: post on each of them.`,
)

/** A message is about a record of a model that does not exist. */
export const MESSAGE_FORBIDDEN = defineError(
  'MESSAGE_FORBIDDEN',
  'AccessError',
  (model: string) => `A message cannot be about a record of '${model}', which is no model.`,
)
