import type { FieldInfo } from '../fields/info.ts'
import { DATA_VALUE, valueError } from './errors.ts'
import type { Place } from './place.ts'

const TRUE_TEXT = /^(1|true|t|yes)$/i
const FALSE_TEXT = /^(0|false|f|no|)$/i

/**
 * What a text in a data file says for a field, in the form that records hold; an empty text says nothing.
 * Relations are stated by external ids, so as text they are refused.
 * @throws DATA_VALUE
 */
export function valueOfText(text: string, field: FieldInfo, place: Place): unknown {
  const trimmed = text.trim()
  switch (field.type) {
    case 'char':
    case 'text':
    case 'html':
      return accepted(text === '' ? null : text, field, place)
    case 'boolean':
      if (TRUE_TEXT.test(trimmed)) return true
      if (FALSE_TEXT.test(trimmed)) return false
      throw new DATA_VALUE(place, `'${trimmed}' is neither True nor False`)
    case 'many2one':
    case 'one2many':
    case 'many2many':
      if (trimmed === '') return field.type === 'many2one' ? null : []
      throw new DATA_VALUE(place, `the text '${trimmed}' is no record of ${field.comodel}: name it by its external id`)
    case 'json':
    case 'properties':
    case 'properties_definition':
      return accepted(trimmed === '' ? null : json(trimmed, place), field, place)
    default:
      return accepted(trimmed === '' ? null : trimmed, field, place)
  }
}

/** A value as the field's kind takes it. @throws DATA_VALUE */
export function accepted(value: unknown, field: FieldInfo, place: Place): unknown {
  try {
    return field.kind.accept(value, field)
  } catch (error) {
    throw valueError(error, place)
  }
}

function json(text: string, place: Place): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new DATA_VALUE(place, `this is no JSON: ${text.slice(0, 60)}`)
  }
}
