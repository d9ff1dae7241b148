import { defineError } from '../errors.ts'

/** The type of a column should change in a way that could lose values. */
export const SCHEMA_TYPE_CHANGE = defineError(
  'SCHEMA_TYPE_CHANGE',
  'ValueError',
  (table: string, column: string, from: string, to: string) =>
    `Column ${table}.${column} is of type ${from} and should become ${to}, which could lose values: convert it by hand, or rename the field.`,
)

/** A column should become required, but rows have no value in it. */
export const SCHEMA_NOT_NULL = defineError(
  'SCHEMA_NOT_NULL',
  'ValueError',
  (table: string, column: string, rows: number) =>
    `Column ${table}.${column} cannot become required: ${rows} ${rows === 1 ? 'row has' : 'rows have'} no value in it.`,
)

/** Rows that are there break a constraint or a unique index that should be added. */
export const SCHEMA_ROWS_VIOLATE = defineError(
  'SCHEMA_ROWS_VIOLATE',
  'ValueError',
  (step: string, reason: string) => `Rows that are there forbid to ${step}: ${reason}`,
)

/** The database refused a statement of a plan. */
export const SCHEMA_STEP_FAILED = defineError(
  'SCHEMA_STEP_FAILED',
  'InternalError',
  (step: string, reason: string) => `The database refused to ${step}: ${reason}`,
)

/** A constraint of a model is neither `unique (…)` nor `check (…)`. */
export const SCHEMA_CONSTRAINT_UNKNOWN = defineError(
  'SCHEMA_CONSTRAINT_UNKNOWN',
  'ValueError',
  (model: string, name: string, definition: string) =>
    `Constraint '${name}' of ${model} is not understood: '${definition}' should read 'unique (…)' or 'check (…)'.`,
)

/** Two fields describe one relation table differently. */
export const SCHEMA_RELATION_CONFLICT = defineError(
  'SCHEMA_RELATION_CONFLICT',
  'ValueError',
  (table: string, field: string) =>
    `Field ${field} describes the relation table ${table} with other columns or tables than the field that declared it first.`,
)

/** A step has to make a table anew, which SQLite cannot do safely in a transaction that others have begun. */
export const SCHEMA_STEP_EXCLUSIVE = defineError(
  'SCHEMA_STEP_EXCLUSIVE',
  'UserError',
  (step: string) => `This change of the database cannot be part of another transaction: ${step}.`,
)
