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

/** The one type of activity that is always there. */
export const ACTIVITY_TYPE_NEEDED = defineError(
  'ACTIVITY_TYPE_NEEDED',
  'UserError',
  () => 'The type To-Do cannot be deleted: activities fall back on it. Archive it instead.',
)

/** An activity is for somebody who cannot see the record. */
export const ACTIVITY_ASSIGNEE_BLIND = defineError(
  'ACTIVITY_ASSIGNEE_BLIND',
  'UserError',
  (user: string, model: string) =>
    `${user} may not read the record of ${model}, so that the activity cannot be done: choose somebody else.`,
)

/** An activity is planned on a record that the user may not reach. */
export const ACTIVITY_FORBIDDEN = defineError(
  'ACTIVITY_FORBIDDEN',
  'AccessError',
  (model: string) => `An activity cannot be planned on '${model}', which has none.`,
)

/** People change what they wrote themselves. */
export const MESSAGE_NOT_OWN = defineError(
  'MESSAGE_NOT_OWN',
  'AccessError',
  (id: number) => `The message ${id} is not a comment of yours on this record, so that you cannot change it.`,
)

/** A plan is for records of one model. */
export const PLAN_UNFIT = defineError('PLAN_UNFIT', 'UserError', (plan: string, model: string) =>
  plan ? `The plan '${plan}' is not for records of ${model}.` : `Choose a plan for the records of ${model}.`,
)

/** A plan asks at launch who does its activities. */
export const PLAN_WITHOUT_USER = defineError(
  'PLAN_WITHOUT_USER',
  'UserError',
  (plan: string) => `The plan '${plan}' asks who does its activities: choose a user.`,
)
