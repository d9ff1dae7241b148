/** Characters that no XML 1.0 document may hold, escaped or not: control characters, halves of pairs, two non-characters. */
const FORBIDDEN =
  // oxlint-disable-next-line no-control-regex -- they are what it finds
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/** A carriage return is written as a reference, or readers would take it for a line feed. */
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }

const MAX_INT = 2 ** 31 - 1

/** What a client reads as the code of a fault: a number, on the old routes a text. */
export type FaultCode = number | string

/** The answer to a call. `null`, which the protocol does not have, is written as `false`. */
export function writeAnswer(result: unknown): string {
  return document(`<params><param>${valueXml(result)}</param></params>`)
}

/** The answer to a call that failed. */
export function writeFault(faultCode: FaultCode, faultString: string): string {
  return document(`<fault>${valueXml({ faultCode, faultString })}</fault>`)
}

function document(content: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n<methodResponse>${content}</methodResponse>\n`
}

function textXml(text: string): string {
  return text.replaceAll(FORBIDDEN, '').replaceAll(/[&<>\r]/g, (character) => ESCAPES[character] as string)
}

function numberXml(value: number): string {
  if (!Number.isFinite(value)) return '<boolean>0</boolean>'
  if (!Number.isSafeInteger(value)) return `<double>${value}</double>`
  return value > MAX_INT || value < -MAX_INT - 1 ? `<i8>${value}</i8>` : `<int>${value}</int>`
}

function valueXml(value: unknown): string {
  return `<value>${typedXml(value)}</value>`
}

function typedXml(value: unknown): string {
  if (value === null || value === undefined) return '<boolean>0</boolean>'
  if (typeof value === 'boolean') return `<boolean>${value ? 1 : 0}</boolean>`
  if (typeof value === 'number') return numberXml(value)
  if (Array.isArray(value)) return `<array><data>${value.map(valueXml).join('')}</data></array>`
  if (typeof value !== 'object') return `<string>${textXml(String(value as string | bigint))}</string>`
  const members = Object.entries(value).filter(([, one]) => one !== undefined)
  return `<struct>${members.map(([name, one]) => `<member><name>${textXml(name)}</name>${valueXml(one)}</member>`).join('')}</struct>`
}
