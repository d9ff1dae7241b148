import { isUtf8 } from 'node:buffer'
import type { Kind } from './kind.ts'
import { VALUE_WRONG } from './errors.ts'

const BASE64 = /^[A-Za-z0-9+/_\s-]*={0,2}\s*$/

/** A file's content: bytes in code, base64 on the wire. Stored through `ir.attachment`, see `orm/binary.ts`. */
export const binary: Kind = {
  type: 'binary',
  column: null,
  empty: null,
  groupable: false,
  accept: (value, field) => {
    if (value === null || value === undefined || value === false || value === '') return null
    if (value instanceof Uint8Array) return value
    if (typeof value === 'string' && field.options.plain) return new Uint8Array(Buffer.from(value, 'utf8'))
    if (typeof value === 'string' && BASE64.test(value) && value.replace(/\s/g, '').length % 4 === 0) {
      return new Uint8Array(Buffer.from(value, 'base64'))
    }
    throw new VALUE_WRONG(field.model, field.name, value, 'base64')
  },
  toColumn: (value) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : null),
  fromColumn: (raw) => (typeof raw === 'string' ? new Uint8Array(Buffer.from(raw, 'base64')) : null),
  toWire: (value, field) => {
    if (!(value instanceof Uint8Array)) return false
    const content = Buffer.from(value)
    return content.toString(field.options.plain && isUtf8(content) ? 'utf8' : 'base64')
  },
}
