import type { FieldInfo } from '../../fields/info.ts'
import { formatDatetime, toZone } from '../../tools/dates.ts'
import type { Env } from '../env.ts'
import { internals } from '../internals.ts'
import { ensureExternalIds } from '../metadata.ts'
import type { Datum } from '../statements.ts'
import { choicesOf } from './choices.ts'
import { fileZone } from './zone.ts'

/** A cell that needs a query: the name or the external id of a record, asked for all rows at once. */
export class Reference {
  readonly kind: 'name' | 'xmlid'
  readonly model: string
  readonly id: number

  constructor(kind: 'name' | 'xmlid', model: string, id: number) {
    this.kind = kind
    this.model = model
    this.id = id
  }
}

/** Several cells in one, separated by commas. */
export class Joined {
  readonly parts: readonly unknown[]

  constructor(parts: readonly unknown[]) {
    this.parts = parts
  }
}

/** What a column shows of a record. */
export type Cell = (record: Datum) => unknown

/** How values of a field are written into files: numbers and booleans as they are, all else as text, `''` for nothing. */
export async function valueCell(env: Env, field: FieldInfo): Promise<Cell> {
  const { name } = field
  switch (field.type) {
    case 'boolean':
      return (record) => record[name] === true
    case 'integer':
    case 'float':
    case 'monetary':
      return (record) => record[name] ?? 0
    case 'datetime': {
      const zone = fileZone(env)
      return (record) => (record[name] instanceof Date ? toZone(formatDatetime(record[name]), zone) : '')
    }
    case 'selection': {
      const labels = await choicesOf(env, field)
      return (record) => (typeof record[name] === 'string' ? (labels[record[name]] ?? record[name]) : '')
    }
    case 'binary':
      return (record) => (record[name] instanceof Uint8Array ? Buffer.from(record[name]).toString('base64') : '')
    case 'json':
    case 'properties':
    case 'properties_definition':
      return (record) => (hasContent(record[name]) ? JSON.stringify(record[name]) : '')
    case 'reference':
      return (record) => (typeof record[name] === 'string' ? referred(record[name]) : '')
    default:
      return (record) => record[name] ?? ''
  }
}

function hasContent(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}

function referred(value: string): Reference {
  const comma = value.indexOf(',')
  return new Reference('name', value.slice(0, comma), Number(value.slice(comma + 1)))
}

/** Puts names and external ids in the place of references: as many queries as there are models, whatever the number of rows. */
export async function resolveReferences(env: Env, rows: readonly unknown[][]): Promise<void> {
  const wanted = new Map<string, Map<number, string>>()
  const ask = (cell: unknown): void => {
    if (cell instanceof Joined) cell.parts.forEach(ask)
    if (!(cell instanceof Reference)) return
    const key = `${cell.kind} ${cell.model}`
    let ids = wanted.get(key)
    if (!ids) wanted.set(key, (ids = new Map()))
    ids.set(cell.id, '')
  }
  for (const row of rows) row.forEach(ask)
  if (wanted.size === 0) return
  for (const [key, ids] of wanted) {
    const [kind, model] = key.split(' ') as ['name' | 'xmlid', string]
    const found =
      kind === 'xmlid'
        ? await ensureExternalIds(env, model, [...ids.keys()])
        : await namesOf(env, model, [...ids.keys()])
    wanted.set(key, found)
  }
  const text = (cell: unknown): unknown => {
    if (cell instanceof Reference) return wanted.get(`${cell.kind} ${cell.model}`)?.get(cell.id) ?? ''
    return cell instanceof Joined ? cell.parts.map((part) => String(text(part))).join(',') : cell
  }
  for (const row of rows) for (const [i, cell] of row.entries()) row[i] = text(cell)
}

/** Display names of those of the records that are there. */
async function namesOf(env: Env, model: string, ids: readonly number[]): Promise<Map<number, string>> {
  if (!env.registry.has(model)) return new Map()
  const system = env.sudo('whoever sees a relation may see the name behind it')
  const data = await internals.loadData(system, env.registry.get(model), ids, ['display_name'])
  return new Map(data.map((record) => [record.id, (record['display_name'] as string | null) ?? '']))
}
