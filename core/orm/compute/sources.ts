import type { FieldInfo } from '../../fields/info.ts'
import type { ModelInfo } from '../model-info.ts'
import { dependencies } from './graph.ts'

const known = new WeakMap<FieldInfo, readonly FieldInfo[]>()

/**
 * The columns of a record's own row that its field is read from: of a stored field its column, of a computed or related
 * one those that its paths begin with. Selected together they spare a query each.
 */
export function sourceColumns(info: ModelInfo, field: FieldInfo): readonly FieldInfo[] {
  let columns = known.get(field)
  if (!columns) {
    const found = new Set<FieldInfo>()
    collect(info, field, found, new Set())
    known.set(field, (columns = [...found]))
  }
  return columns
}

function collect(info: ModelInfo, field: FieldInfo, found: Set<FieldInfo>, seen: Set<FieldInfo>): void {
  if (seen.has(field)) return
  seen.add(field)
  if (field.column !== null) found.add(field)
  if (field.stored) return
  for (const [first] of dependencies(field)) {
    const source = info.fields.get(first as string)
    if (source) collect(info, source, found, seen)
  }
}
