import type { ComptoirError } from '../../errors.ts'

/** Rows of the file, both ends included, from 0. */
export interface RowSpan {
  readonly from: number
  readonly to: number
}

/** What is wrong with one record of a file; clients know these keys. */
export interface ImportMessage {
  readonly type: 'error' | 'warning'
  readonly message: string
  /** The error's code; see docs/errors.md. */
  readonly code: string
  readonly rows: RowSpan
  /** The record's place among the records of the file, from 0. */
  readonly record: number
  /** The column's first part, where one column is to blame. */
  readonly field?: string
  /** The label of that field. */
  readonly field_name?: string
  /** The column's parts. */
  readonly field_path?: readonly string[]
  /** The text that was not understood. */
  readonly value?: string
  /** What would be right: texts, or an action that lists the records to choose from. */
  readonly moreinfo?: unknown
}

/** Where in a file an error arose. */
export interface MessagePlace {
  readonly rows: RowSpan
  readonly record: number
}

/** An error of one record as clients read it; its details say what they know of the column. */
export function messageOf(
  error: ComptoirError,
  { rows, record }: MessagePlace,
  type: ImportMessage['type'] = 'error',
): ImportMessage {
  const { field, field_name, field_path, value, moreinfo } = error.details as Partial<ImportMessage>
  return {
    type,
    message: error.message,
    code: error.code,
    rows,
    record,
    ...(field === undefined ? {} : { field }),
    ...(field_name === undefined ? {} : { field_name }),
    ...(field_path === undefined ? {} : { field_path }),
    ...(value === undefined ? {} : { value }),
    ...(moreinfo === undefined ? {} : { moreinfo }),
  }
}
