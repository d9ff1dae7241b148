import type { FileAddress } from './source.ts'

/** What routes for files have in their path and query. */
export interface FileParams {
  /** The rest of the path: `12/name.pdf`, `res.partner/7/image_128/64x64`, `base.main_logo`. */
  readonly '*'?: string
}

export interface FileQuery {
  readonly model?: string
  readonly id?: string
  readonly field?: string
  readonly xmlid?: string
  readonly filename?: string
  readonly filename_field?: string
  readonly download?: string
  readonly access_token?: string
  /** Says that the content of this address never changes. */
  readonly unique?: string
  readonly width?: string
  readonly height?: string
  readonly crop?: string
}

/** What an address says, before the external id in it is looked up. */
export interface AskedFile extends Omit<FileAddress, 'id'> {
  /** An id, or an external id. */
  readonly id: number | string
  readonly filename: string | null
  readonly width: number
  readonly height: number
}

const ID = /^\d{1,15}$/
const SIZE = /^(\d{1,5})x(\d{1,5})$/

/**
 * Reads `/web/content/…` and `/web/image/…` in all of their forms: ID[/NAME], XMLID[/NAME], MODEL/ID/FIELD[/NAME], for
 * pictures with WIDTHxHEIGHT before the name; all of it may be in the query instead. `undefined` for none of them.
 */
export function readAddress(path: string, query: FileQuery, field: string): AskedFile | undefined {
  const parts = path.split('/').filter(Boolean)
  const asked = {
    model: query.model ?? 'ir.attachment',
    id: query.id ?? query.xmlid ?? '',
    field: query.field ?? field,
  }
  if (
    parts.length > 0 &&
    (ID.test(parts[0] as string) || /^\w+\.\w+$/.test(parts[0] as string)) &&
    !ID.test(parts[1] ?? '')
  )
    asked.id = parts.shift() as string
  else if (parts.length > 0) {
    asked.model = parts.shift() as string
    asked.id = parts.shift() ?? ''
    asked.field = parts.shift() ?? field
  }
  const size = SIZE.exec(parts[0] ?? '')
  if (size) parts.shift()
  if (parts.length > 1 || !(ID.test(asked.id) || /^\w+\.\w+$/.test(asked.id))) return undefined
  return {
    ...asked,
    id: ID.test(asked.id) ? Number(asked.id) : asked.id,
    nameField: query.filename_field ?? 'name',
    token: query.access_token ?? null,
    filename: parts[0] ?? query.filename ?? null,
    width: Number(size?.[1] ?? query.width ?? 0) || 0,
    height: Number(size?.[2] ?? query.height ?? 0) || 0,
  }
}
