import { createHash } from 'node:crypto'
import { VERSION_WRONG } from './errors.ts'

/** A value as versions hold it: `null` for empty, a relation as its id, lists as sorted ids. */
export type Plain = unknown

/** Values of one record by field. */
export type PlainValues = Readonly<Record<string, Plain>>

/** What a reader knew of a record: the values that were read, of the lines as well. */
export interface Version {
  readonly model: string
  readonly id: number
  /** The language that texts were read in. */
  readonly lang: string
  readonly values: PlainValues
  /** Field -> id of a line -> its values. */
  readonly lines: Readonly<Record<string, Readonly<Record<string, PlainValues>>>>
}

/** Longer values are kept as a digest: a conflict is found all the same, what was known is not told. */
const LONGEST_VALUE = 500
const DIGEST_KEY = '#sha256'

/** A value that stands for itself or, if it is long, as a digest. */
export function shortened(value: Plain): Plain {
  const text = JSON.stringify(value) ?? 'null'
  return text.length <= LONGEST_VALUE ? value : { [DIGEST_KEY]: createHash('sha256').update(text).digest('base64url') }
}

/** Whether a value is the one that a version holds. */
export function isKnown(known: Plain, value: Plain): boolean {
  return JSON.stringify(known) === JSON.stringify(shortened(value))
}

/** What a conflict tells of a value that a version holds; a digest tells nothing. */
export function told(known: Plain): Plain {
  return typeof known === 'object' && known !== null && DIGEST_KEY in known ? undefined : known
}

/** The version as text that clients hand back as they got it. */
export function writeToken(version: Version): string {
  return Buffer.from(JSON.stringify(version)).toString('base64url')
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** @throws VERSION_WRONG for a text that no reading gave */
export function readToken(token: string): Version {
  let version: unknown
  try {
    version = JSON.parse(Buffer.from(token, 'base64url').toString())
  } catch {
    throw new VERSION_WRONG('it is no version that reading with the context key with_version gave')
  }
  if (
    !isObject(version) ||
    typeof version['model'] !== 'string' ||
    !Number.isSafeInteger(version['id']) ||
    typeof version['lang'] !== 'string' ||
    !isObject(version['values']) ||
    !isObject(version['lines']) ||
    !Object.values(version['lines']).every((lines) => isObject(lines) && Object.values(lines).every(isObject))
  ) {
    throw new VERSION_WRONG('it is no version that reading with the context key with_version gave')
  }
  return version as unknown as Version // every part was looked at
}
