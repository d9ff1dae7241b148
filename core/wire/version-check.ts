import type { FieldInfo } from '../fields/info.ts'
import type { Env } from '../orm/env.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Loose } from '../orm/operations.ts'
import { checkAccess } from '../orm/check-access.ts'
import { isMany } from '../orm/values.ts'
import { ident, sql } from '../sql/fragment.ts'
import { groupBy } from '../tools/iter.ts'
import { VERSION_CONFLICT, VERSION_WRONG } from './errors.ts'
import { labelIn } from './labels.ts'
import { askedFields, readRecords, type WireRecord } from './read.ts'
import { hasVersion, plainValue } from './version-give.ts'
import { isKnown, readToken, told, type Plain, type PlainValues, type Version } from './version-token.ts'

/** One field that somebody else changed and the caller wants to change as well. */
export interface Conflict {
  readonly id: number
  readonly field: string
  readonly label: string
  /** The line of the field that is in conflict, and which of its fields. */
  readonly line?: { readonly model: string; readonly id: number; readonly field?: string }
  /** What the caller read; left out where it is too long for a version. */
  readonly known?: Plain
  readonly present: Plain
  readonly written: Plain
  /** Who changed the record last, and when. */
  readonly changed_by: unknown
  readonly changed_at: unknown
}

type Command = readonly [operation: number, id: number, values?: unknown]
const UPDATE = 1
const DELETE = 2
const EMPTY = 5
const SET = 6

/**
 * Refuses to write fields that somebody else changed since the caller read them. Fields that the caller did not read,
 * that nobody changed, or that have the value already do not conflict. The rows are claimed first, so that of two
 * callers at the same time the second sees what the first wrote.
 * @param values as clients write them
 * @throws VERSION_CONFLICT naming each field with its three values, VERSION_WRONG
 */
export async function checkVersions(
  env: Env,
  info: ModelInfo,
  ids: readonly number[],
  values: Loose,
  tokens: readonly string[],
): Promise<void> {
  const versions = tokens.map(readToken)
  const byId = new Map(versions.map((version) => [version.id, version]))
  if (
    versions.some((version) => version.model !== info.name || !ids.includes(version.id)) ||
    ids.some((id) => !byId.has(id))
  ) {
    throw new VERSION_WRONG(`each record of ${info.name} that is written needs its own`)
  }
  // what a conflict tells may be read; whether it may be written, the write itself decides: a model may allow more there
  await checkAccess(env, info.name, ids, 'read')
  await claim(env, info, ids)
  const byLang = groupBy(versions, (version) => version.lang)
  const conflicts: Conflict[] = []
  for (const [lang, some] of byLang)
    conflicts.push(...(await conflictsOf(env.with({ context: { lang, bin_size: false } }), info, some, values)))
  if (conflicts.length === 0) return
  throw new VERSION_CONFLICT(info.description, conflicts).with({
    model: info.name,
    ids: [...new Set(conflicts.map(({ id }) => id))],
    conflicts,
  })
}

/** Takes the rows for this transaction: another one that took them in the meantime makes the call run again. */
async function claim(env: Env, info: ModelInfo, ids: readonly number[]): Promise<void> {
  await env.connection.run(sql`UPDATE ${ident(info.table)} SET id = id WHERE ${env.dialect.anyOf(ident('id'), ids)}`)
}

/** Those of the fields that there are. @throws ACCESS_FIELD */
async function named(env: Env, info: ModelInfo, names: readonly string[]): Promise<FieldInfo[]> {
  const known = names.filter((name) => info.fields.has(name))
  return known.length > 0 ? askedFields(env, info, known) : []
}

async function conflictsOf(
  env: Env,
  info: ModelInfo,
  versions: readonly Version[],
  values: Loose,
): Promise<Conflict[]> {
  const fields = (await named(env, info, Object.keys(values))).filter(hasVersion)
  const stamps = await named(env, info, ['write_uid', 'write_date'])
  const present = await readRecords(
    env,
    info.name,
    versions.map(({ id }) => id),
    [...fields, ...stamps],
    'pairs',
  )
  const byId = new Map(versions.map((version) => [version.id, version]))
  const conflicts: Conflict[] = []
  for (const record of present) {
    const version = byId.get(record.id) as Version
    for (const field of fields) {
      const written = values[field.name]
      const found = isMany(field)
        ? await listConflicts(env, field, version, record, written)
        : valueConflict(version.values, field, plainValue(field, record[field.name]), plainWritten(field, written))
      for (const one of [found].flat()) {
        if (one)
          conflicts.push({
            id: record.id,
            field: field.name,
            label: labelIn(env, field, field.label),
            changed_by: record['write_uid'] ?? null,
            changed_at: record['write_date'] ?? null,
            ...one,
          })
      }
    }
  }
  return conflicts
}

interface Found {
  readonly line?: NonNullable<Conflict['line']>
  readonly known?: Plain
  readonly present: Plain
  readonly written: Plain
  readonly changed_by?: unknown
  readonly changed_at?: unknown
}

/** A value to be written in the form that versions hold. */
function plainWritten(field: FieldInfo, value: unknown): Plain {
  const given = value === false && field.type !== 'boolean' ? null : value
  return plainValue(field, field.kind.toWire(field.kind.accept(given, field), field))
}

function valueConflict(known: PlainValues, field: FieldInfo, present: Plain, written: Plain): Found | undefined {
  if (!Object.hasOwn(known, field.name) || isKnown(known[field.name], present)) return undefined
  if (JSON.stringify(present) === JSON.stringify(written)) return undefined
  return withKnown(known[field.name], { present, written })
}

function withKnown(known: Plain, found: Found): Found {
  const value = told(known)
  return value === undefined ? found : { known: value, ...found }
}

/** Replacing a list that others changed conflicts, and changing or deleting a line that others changed or deleted. */
async function listConflicts(
  env: Env,
  field: FieldInfo,
  version: Version,
  record: WireRecord,
  written: unknown,
): Promise<Found[]> {
  if (!Array.isArray(written) || !Object.hasOwn(version.values, field.name)) return []
  const commands = written.filter((command): command is Command => Array.isArray(command))
  const present = plainValue(field, record[field.name]) as number[]
  const known = version.values[field.name]
  const found: Found[] = []
  const replaced = commands.find(([operation]) => operation === EMPTY || operation === SET)
  if (replaced && !isKnown(known, present)) {
    const wanted =
      replaced[0] === SET && Array.isArray(replaced[2]) ? replaced[2].toSorted((a: number, b: number) => a - b) : []
    if (JSON.stringify(wanted) !== JSON.stringify(present)) found.push(withKnown(known, { present, written: wanted }))
  }
  const touched = commands.filter(
    ([operation, id]) => (operation === UPDATE || operation === DELETE) && typeof id === 'number',
  )
  return touched.length === 0 ? found : [...found, ...(await lineConflicts(env, field, version, touched))]
}

async function lineConflicts(
  env: Env,
  field: FieldInfo,
  version: Version,
  commands: readonly Command[],
): Promise<Found[]> {
  const comodel = env.registry.get(field.comodel as string)
  const known = version.lines[field.name] ?? {}
  const there = new Set(
    (
      await env
        .model(
          comodel.name,
          commands.map(([, id]) => id),
        )
        .exists()
    ).ids,
  )
  const names = new Set(commands.flatMap(([, id]) => Object.keys(known[id] ?? {})))
  const fields = await named(env, comodel, [...names])
  const stamps = await named(env, comodel, ['write_uid', 'write_date'])
  const read = await readRecords(env, comodel.name, [...there], [...fields, ...stamps], 'pairs')
  const present = new Map(read.map((line) => [line.id, line]))
  return commands.flatMap(([operation, id, values]) => {
    const line = present.get(id)
    if (!line)
      return operation === UPDATE ? [{ line: { model: comodel.name, id }, present: null, written: values ?? null }] : []
    const stamp = { changed_by: line['write_uid'] ?? null, changed_at: line['write_date'] ?? null }
    const wanted = values as Loose | undefined
    return fields.flatMap((one): Found[] => {
      if (operation === UPDATE && !Object.hasOwn(wanted ?? {}, one.name)) return []
      if (isMany(one)) return []
      const written = operation === UPDATE ? plainWritten(one, wanted?.[one.name]) : null
      const conflict = valueConflict(known[id] ?? {}, one, plainValue(one, line[one.name]), written)
      return conflict ? [{ ...conflict, ...stamp, line: { model: comodel.name, id, field: one.name } }] : []
    })
  })
}
