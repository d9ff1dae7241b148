import { defineError } from '#core'

/** Where a text of a template stands. */
export interface TemplatePlace {
  /** The name of the template. */
  readonly template: string
  /** The field that holds the text. */
  readonly field: string
}

const at = ({ template, field }: TemplatePlace, line: number): string =>
  `Template '${template}', ${field}, line ${line}`

/** The text of a template cannot be read. */
export const TEMPLATE_SYNTAX = defineError(
  'TEMPLATE_SYNTAX',
  'ValidationError',
  (place: TemplatePlace, line: number, problem: string) => `${at(place, line)}: ${problem}`,
)

/** A template names a field that the model does not have. */
export const TEMPLATE_FIELD = defineError(
  'TEMPLATE_FIELD',
  'ValidationError',
  (place: TemplatePlace, line: number, path: string, problem: string) => `${at(place, line)}: {{${path}}}: ${problem}`,
)

/** A template is for records of another model. */
export const TEMPLATE_MODEL = defineError(
  'TEMPLATE_MODEL',
  'UserError',
  (template: string) => `The template '${template}' is for no model: choose the one that it writes about.`,
)

/** A message is written for nothing. */
export const COMPOSE_PLACE = defineError(
  'COMPOSE_PLACE',
  'UserError',
  (model: string, ids: string) =>
    `The message is for no record with a thread: the model is '${model}', the records are '${ids}'.`,
)
