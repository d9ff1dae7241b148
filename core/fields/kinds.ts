import type { FieldType } from './field.ts'
import type { Kind } from './kind.ts'
import { binary } from './binary.ts'
import { boolean } from './boolean.ts'
import { char } from './char.ts'
import { date } from './date.ts'
import { datetime } from './datetime.ts'
import { float } from './float.ts'
import { html } from './html.ts'
import { integer } from './integer.ts'
import { json } from './json.ts'
import { many2many } from './many2many.ts'
import { many2one } from './many2one.ts'
import { many2oneReference } from './many2one-reference.ts'
import { monetary } from './monetary.ts'
import { one2many } from './one2many.ts'
import { properties, propertiesDefinition } from './properties.ts'
import { reference } from './reference.ts'
import { selection } from './selection.ts'
import { text } from './text.ts'

/** Every kind of field by its name on the wire. */
export const kinds: Readonly<Record<FieldType, Kind>> = {
  char,
  text,
  html,
  integer,
  float,
  monetary,
  boolean,
  date,
  datetime,
  selection,
  binary,
  json,
  reference,
  many2one,
  many2one_reference: many2oneReference,
  one2many,
  many2many,
  properties,
  properties_definition: propertiesDefinition,
}
