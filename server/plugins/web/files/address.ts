/** Which content an address asks for, before anybody looked whether it is there. */
export interface FileAddress {
  readonly model: string
  readonly id: number | null
  /** The external id, where the address names the record by it. */
  readonly xmlId: string | null
  readonly field: string
  /** The name that the file is saved under, if the address says so. */
  readonly fileName: string | null
  /** Largest width and height in pixels; 0 leaves that side free. */
  readonly size: readonly [width: number, height: number]
}

/** What stands behind `?` in the address of a file. */
export type FileQuery = Readonly<Record<string, unknown>>

const ID = /^(\d{1,15})(?:-[\w.]*)?$/
const SIZE = /^(\d{1,5})x(\d{1,5})$/
const XML_ID = /^\w+\.[\w.-]+$/

/** A text of a query; null when it is not said, empty or said twice. */
export function textOf(query: FileQuery, name: string): string | null {
  const value = query[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/** Whether a query switches something on. */
export function isOn(query: FileQuery, name: string): boolean {
  return !['', '0', 'false', 'False'].includes(textOf(query, name) ?? '')
}

/**
 * Reads `<id>`, `<external id>` or `<model>/<id>/<field>`, each with `/<width>x<height>` and a file name behind it if
 * wanted, or the same from the query; undefined when it is none of these.
 */
export function fileAddress(path: string, query: FileQuery): FileAddress | undefined {
  const parts = path.split('/').filter((part) => part !== '')
  const rest = [...parts]
  let model = textOf(query, 'model') ?? 'ir.attachment'
  let field = textOf(query, 'field') ?? 'raw'
  let record = textOf(query, 'id') ?? textOf(query, 'xmlid')
  const [first = '', second = ''] = parts
  if (ID.test(first) || (XML_ID.test(first) && (parts.length < 3 || SIZE.test(second)))) record = rest.shift() ?? null
  else if (parts.length >= 3) [model = '', record = '', field = ''] = rest.splice(0, 3)
  else if (parts.length > 0) return undefined
  const size = SIZE.exec(rest[0] ?? '')
  if (size) rest.shift()
  const [fileName = textOf(query, 'filename'), ...more] = rest
  const id = ID.exec(record ?? '')?.[1]
  if (more.length > 0 || (id === undefined && !XML_ID.test(record ?? ''))) return undefined
  return {
    model,
    id: id === undefined ? null : Number(id),
    xmlId: id === undefined ? record : null,
    field,
    fileName,
    size: [pixels(size?.[1] ?? textOf(query, 'width')), pixels(size?.[2] ?? textOf(query, 'height'))],
  }
}

const pixels = (text: string | null): number => (text !== null && /^\d{1,5}$/.test(text) ? Number(text) : 0)
