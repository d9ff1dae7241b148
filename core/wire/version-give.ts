import type { FieldInfo } from '../fields/info.ts'
import type { Env } from '../orm/env.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import { isMany } from '../orm/values.ts'
import type { WireRecord } from './read.ts'
import { shortened, writeToken, type Plain, type PlainValues, type Version } from './version-token.ts'

/** The key under which a record has its version. */
export const VERSION_KEY = '__version'

const isRecord = (value: unknown): value is WireRecord => typeof value === 'object' && value !== null && 'id' in value

/** The value of a field as versions hold it, whichever form it was read in. */
export function plainValue(field: FieldInfo, value: unknown): Plain {
  if (value === false && field.type !== 'boolean') return null
  if (isMany(field))
    return (value as readonly (number | WireRecord)[])
      .map((one) => (isRecord(one) ? one.id : one))
      .toSorted((a, b) => a - b)
  if (field.type === 'many2one') return Array.isArray(value) ? value[0] : isRecord(value) ? value.id : value
  return value
}

/** Fields whose values a version holds: not contents of files, nor what is put together for a reader. */
export function hasVersion(field: FieldInfo): boolean {
  return field.type !== 'binary' && field.type !== 'properties' && field.name !== 'id'
}

function valuesOf(info: ModelInfo, record: WireRecord): PlainValues {
  const values: Record<string, Plain> = {}
  for (const [name, value] of Object.entries(record)) {
    const field = info.fields.get(name)
    if (field && hasVersion(field) && !(field.type === 'reference' && isRecord(value)))
      values[name] = shortened(plainValue(field, value))
  }
  return values
}

function linesOf(env: Env, info: ModelInfo, record: WireRecord): Version['lines'] {
  const lines: Record<string, Record<string, PlainValues>> = {}
  for (const [name, value] of Object.entries(record)) {
    const field = info.fields.get(name)
    if (!field || !isMany(field) || !Array.isArray(value)) continue
    const comodel = env.registry.get(field.comodel as string)
    const read = value.filter(isRecord)
    if (read.length > 0) lines[name] = Object.fromEntries(read.map((line) => [line.id, valuesOf(comodel, line)]))
  }
  return lines
}

/** Adds to each record the version of what was read of it, where the context asks for versions. */
export function withVersions(env: Env, info: ModelInfo, records: WireRecord[]): WireRecord[] {
  if (!env.context.with_version) return records
  for (const record of records) {
    const version: Version = {
      model: info.name,
      id: record.id,
      lang: env.lang,
      values: valuesOf(info, record),
      lines: linesOf(env, info, record),
    }
    record[VERSION_KEY] = writeToken(version)
  }
  return records
}
