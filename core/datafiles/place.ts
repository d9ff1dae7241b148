/** Where in the data files something stands: what every error about them names. */
export interface Place {
  readonly file: string
  /** From 1; of the field rather than of its record. */
  readonly line: number
  /** The external id of the record, or its model when it has none. */
  readonly record?: string | undefined
  readonly field?: string | undefined
}

/** `data/a.xml:12: record 'main_partner': field 'name'`. */
export function placeText({ file, line, record, field }: Place): string {
  const parts = [`${file}:${line}`]
  if (record !== undefined) parts.push(`record '${record}'`)
  if (field !== undefined) parts.push(`field '${field}'`)
  return parts.join(': ')
}
