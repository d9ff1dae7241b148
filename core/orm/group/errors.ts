import { defineError } from '../../errors.ts'
import { shown } from '../../fields/errors.ts'

/** The text names no group: neither `field` nor `field:granularity`. */
export const GROUP_TERM_WRONG = defineError(
  'GROUP_TERM_WRONG',
  'ValueError',
  (model: string, term: unknown) =>
    `Records of ${model} cannot be grouped by ${shown(term)}: write 'field' or 'field:granularity'.`,
)

/** The field holds nothing that SQL could group by. */
export const GROUP_FIELD_UNABLE = defineError(
  'GROUP_FIELD_UNABLE',
  'ValueError',
  (model: string, field: string, reason: string) => `Records of ${model} cannot be grouped by '${field}': ${reason}.`,
)

/** The granularity does not exist, or not for this kind of field. */
export const GROUP_GRANULARITY_WRONG = defineError(
  'GROUP_GRANULARITY_WRONG',
  'ValueError',
  (model: string, field: string, granularity: string, known: readonly string[]) =>
    `Invalid granularity '${granularity}' for ${model}.${field}: ${
      known.length > 0 ? `use ${known.join(', ')}` : 'only dates have one'
    }.`,
)

/** The text is no aggregate, or its function cannot be taken of that field. */
export const GROUP_AGGREGATE_WRONG = defineError(
  'GROUP_AGGREGATE_WRONG',
  'ValueError',
  (model: string, aggregate: unknown, expected: string) =>
    `Invalid aggregate ${shown(aggregate)} for ${model}: ${expected}.`,
)

/** Groups cannot be sorted by what they do not show. */
export const GROUP_ORDER_WRONG = defineError(
  'GROUP_ORDER_WRONG',
  'ValueError',
  (model: string, key: string, known: readonly string[]) =>
    `Groups of ${model} cannot be sorted by '${key}': sort by ${known.join(', ')}.`,
)

/** Too many empty periods lie between the first and the last. */
export const GROUP_PERIODS_TOO_MANY = defineError(
  'GROUP_PERIODS_TOO_MANY',
  'ValueError',
  (granularity: string, from: string, to: string, limit: number) =>
    `There is more than ${limit} times one ${granularity} between ${from} and ${to}: choose a coarser granularity.`,
)

/** A field names a method that says which groups to show, and the other model has none of that name. */
export const GROUP_EXPAND_UNKNOWN = defineError(
  'GROUP_EXPAND_UNKNOWN',
  'InternalError',
  (model: string, field: string, comodel: string, method: string) =>
    `${model}.${field} has groupExpand '${method}', which is no method of ${comodel}.`,
)
