import type { FieldInfo } from '../../fields/info.ts'

/** A schema of JSON Schema 2020-12, as OpenAPI 3.1 has them. */
export type Schema = Readonly<Record<string, unknown>>

const ID: Schema = { type: 'integer' }
const ORNULL = (type: string): Schema => ({ type: [type, 'null'] })
const DATETIME = '^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$'

/** A relation: its id, a pair of id and name, or a record as `web_read` nests it. */
const TO_ONE: Schema = {
  anyOf: [
    ID,
    { type: 'array', prefixItems: [ID, { type: 'string' }], minItems: 2, maxItems: 2 },
    { type: 'object' },
    { type: 'null' },
  ],
}
const TO_MANY: Schema = { type: 'array', items: { anyOf: [ID, { type: 'object' }, { type: 'array' }] } }

function valueSchema(field: FieldInfo): Schema {
  switch (field.type) {
    case 'boolean':
      return { type: 'boolean' }
    case 'integer':
      return { type: 'integer' }
    case 'float':
    case 'monetary':
      return { type: 'number' }
    case 'date':
      return { ...ORNULL('string'), format: 'date' }
    case 'datetime':
      return { ...ORNULL('string'), pattern: DATETIME }
    case 'binary':
      return { ...ORNULL('string'), contentEncoding: 'base64' }
    case 'selection':
      return typeof field.selection === 'object' && field.selection
        ? { enum: [...Object.keys(field.selection), null] }
        : ORNULL('string')
    case 'many2one':
      return TO_ONE
    case 'one2many':
    case 'many2many':
      return TO_MANY
    case 'many2one_reference':
      return ORNULL('integer')
    case 'char':
    case 'text':
    case 'html':
      return ORNULL('string')
    default:
      return {}
  }
}

/** A field as `/json/2` reads it. */
export function readSchema(field: FieldInfo): Schema {
  const description = [field.label, field.help, field.comodel && `(${field.comodel})`].filter(Boolean).join(' ')
  return { ...valueSchema(field), description }
}

/** A field as it is written; what is read as a number, a text or a date is written so. */
export function writeSchema(field: FieldInfo): Schema {
  if (field.type === 'many2one') return { ...ORNULL('integer'), description: `${field.label} (${field.comodel})` }
  if (field.type === 'one2many' || field.type === 'many2many')
    return {
      type: 'array',
      items: { $ref: '#/components/schemas/Command' },
      description: `${field.label} (${field.comodel})`,
    }
  const { type } = field
  if (type === 'integer' || type === 'float' || type === 'monetary' || type === 'boolean')
    return { ...ORNULL(valueSchema(field)['type'] as string), description: field.label }
  return readSchema(field)
}
