/**
 * The id behind a value that `create` and `write` take for a many2one: an id, a record, a set of one, or the
 * `[id, name]` that clients read. `null` when it refers to no record.
 */
export function recordId(value: unknown): number | null {
  if (typeof value === 'number') return value > 0 ? value : null
  if (Array.isArray(value)) return recordId(value[0])
  if (typeof value !== 'object' || value === null) return null
  if ('id' in value) return recordId(value.id)
  return 'ids' in value ? recordId(value.ids) : null
}

/** A value that was read from a field other than x2many, in the form in which `write` takes it: a record becomes its id. */
export function writable(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'ids' in value ? recordId(value) : value
}
