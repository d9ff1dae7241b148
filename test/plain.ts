import { RecordSet, type AnyRecordSet } from '#core'

const OWN = new Set(['env', 'modelName', 'ids'])

/**
 * What was loaded, as plain data that tests compare and print: records as objects of their loaded fields, sets of
 * which nothing was loaded as ids.
 */
export function plain<T>(value: T): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (!(value instanceof RecordSet)) return value
  const fields = Object.entries(value as unknown as AnyRecordSet).filter(([name]) => !OWN.has(name))
  return fields.length === 0 ? value.ids : Object.fromEntries(fields.map(([name, one]) => [name, plain(one)]))
}
