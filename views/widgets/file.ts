import { textOf, type FieldInput } from './widget.ts'

/** Whether a binary value is only the size of what is stored, `12.50 Kb`, as pages read it. */
export const isSize = (value: unknown): boolean => typeof value === 'string' && /^\d+\.\d+ \w+$/.test(value)

/** Where a stored file of a record is fetched. */
export function addressOf(
  kind: 'image' | 'content',
  { place, record }: Pick<FieldInput, 'place' | 'record'>,
  field: string,
  query: Readonly<Record<string, string | null>> = {},
): string {
  const search = new URLSearchParams(Object.entries(query).filter((one): one is [string, string] => one[1] !== null))
  const text = search.toString()
  return `/web/${kind}/${place.model}/${String(record['id'])}/${field}${text && `?${text}`}`
}

/** What `<img src>` shows of a binary value: the stored picture, or one that is not saved yet. */
export function sourceOf(input: Pick<FieldInput, 'place' | 'record' | 'value'>, field: string): string | null {
  const { value, record } = input
  if (typeof value !== 'string' || value === '') return null
  if (!isSize(value)) return `data:${value.startsWith('PHN2Zy') ? 'image/svg+xml' : 'image/png'};base64,${value}`
  if (typeof record['id'] !== 'number') return null
  return addressOf('image', input, field, { unique: textOf(record['write_date']).replace(/\D/g, '') || value })
}
