import type { FieldInfo } from '../../fields/info.ts'
import { fromZone, parseDate, parseDatetime } from '../../tools/dates.ts'
import type { Env } from '../env.ts'
import { FIELD_REQUIRED } from '../errors.ts'
import { booleanOf } from './boolean-words.ts'
import { choicesOf } from './choices.ts'
import {
  TEXT_NOT_BOOLEAN,
  TEXT_NOT_CHOICE,
  TEXT_NOT_DATE,
  TEXT_NOT_DATETIME,
  TEXT_NOT_INTEGER,
  TEXT_NOT_JSON,
  TEXT_NOT_NUMBER,
} from './errors.ts'
import { fileZone } from './zone.ts'

/** Turns the text of a cell into a value for `create`. @throws a coded error that says what is wrong with the text */
export type ReadText = (text: string) => unknown

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const INTEGER = /^[+-]?\d+$/
const ZONED = /(Z|[+-]\d\d:?\d\d)$/

/**
 * How texts are read for a field that is no relation: as an export writes them, and as people do. An empty text says
 * that there is no value, not that the default is wanted.
 */
export async function textReader(env: Env, field: FieldInfo): Promise<ReadText> {
  const read = await filledReader(env, field)
  const { empty } = field.kind
  return (text) => {
    if (text.trim() !== '') return field.kind.accept(read(text), field)
    if (field.required && (empty === null || empty === undefined)) {
      throw new FIELD_REQUIRED(env.registry.get(field.model).description, field.model, field.label, field.name)
    }
    return empty
  }
}

async function filledReader(env: Env, field: FieldInfo): Promise<ReadText> {
  switch (field.type) {
    case 'boolean':
      return (text) =>
        booleanOf(text, env.lang) ??
        refuse(new TEXT_NOT_BOOLEAN(text, field.label).with({ moreinfo: "Use '1' for yes and '0' for no" }))
    case 'integer':
    case 'many2one_reference':
      return (text) => (INTEGER.test(text.trim()) ? Number(text) : refuse(new TEXT_NOT_INTEGER(text, field.label)))
    case 'float':
    case 'monetary':
      return (text) => (NUMBER.test(text.trim()) ? Number(text) : refuse(new TEXT_NOT_NUMBER(text, field.label)))
    case 'date':
      return (text) =>
        parseDate(text.trim()) ??
        refuse(new TEXT_NOT_DATE(text, field.label).with({ moreinfo: "Use the format '2026-12-31'" }))
    case 'datetime':
      return instantReader(field, fileZone(env))
    case 'selection':
      return choiceReader(field, await choicesOf(env, field))
    case 'json':
    case 'properties':
    case 'properties_definition':
      return (text) => parsed(text, field)
    default:
      return (text) => text
  }
}

function refuse(error: Error): never {
  throw error
}

/** A time without a zone is local to the person. */
function instantReader(field: FieldInfo, zone: string): ReadText {
  return (text) => {
    const trimmed = text.trim()
    const instant = parseDatetime(trimmed)
    if (!instant)
      throw new TEXT_NOT_DATETIME(text, field.label).with({ moreinfo: "Use the format '2026-12-31 23:59:59'" })
    return ZONED.test(trimmed.slice(10)) ? instant : parseDatetime(fromZone(trimmed, zone))
  }
}

/** A choice is known by its value, or by its label in the person's language or in English. */
function choiceReader(field: FieldInfo, labels: Readonly<Record<string, string>>): ReadText {
  const english = typeof field.selection === 'object' ? (field.selection ?? {}) : {}
  const exact = new Map<string, string>()
  const folded = new Map<string, string>()
  const learn = (text: string, value: string): void => {
    if (!exact.has(text)) exact.set(text, value)
    if (!folded.has(text.toLowerCase())) folded.set(text.toLowerCase(), value)
  }
  for (const value of Object.keys(labels)) learn(value, value)
  for (const known of [labels, english]) for (const [value, label] of Object.entries(known)) learn(label, value)
  return (text) => {
    const trimmed = text.trim()
    const value = exact.get(trimmed) ?? folded.get(trimmed.toLowerCase())
    return value ?? refuse(new TEXT_NOT_CHOICE(text, field.label).with({ moreinfo: Object.values(labels) }))
  }
}

function parsed(text: string, field: FieldInfo): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new TEXT_NOT_JSON(text, field.label)
  }
}
