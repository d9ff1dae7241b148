import type { Kind } from './kind.ts'
import { textOperators } from './operators/text.ts'
import { acceptText, asIs, textOrFalse } from './text-value.ts'
import { sanitizeHtml } from '../tools/html.ts'

/** Rich text: what could run in a browser is removed before it is stored. */
export const html: Kind = {
  type: 'html',
  column: 'text',
  empty: null,
  text: true,
  groupable: false,
  accept: (value, field) => {
    const text = acceptText(value, field, 'html')
    return text === null || field.options.sanitize === false ? text : sanitizeHtml(text)
  },
  toColumn: asIs,
  fromColumn: asIs,
  toWire: textOrFalse,
  operators: textOperators,
}
