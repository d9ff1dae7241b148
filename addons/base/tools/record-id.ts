/** A record as values for `create` and `write` name it: by its id or as a set of one. */
export type RecordRef = number | { readonly ids: readonly number[] } | null | undefined

/** The id behind a reference to a record; `null` when it refers to none. */
export function recordId(ref: RecordRef): number | null {
  return typeof ref === 'object' ? (ref?.ids[0] ?? null) : (ref ?? null)
}

/** A value that was read, in the form in which `write` takes it: records become their ids. */
export function writable(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('ids' in value)) return value
  return Array.isArray(value.ids) ? (value.ids[0] ?? null) : value
}
