import { applyCommands, isCommands, type Line, type LineId, type WireCommand } from '../../views/lines.ts'
import type { Fields, Values } from '../../views/page.ts'
import type { FieldPlace, FieldSpecification } from '../../views/widgets/widget.ts'
import type { PageCalls } from './page-call.ts'

/** A record as a form shows it: what is saved, with what a person changed, with what the server answered to that. */
export function shownRecord(
  fields: Fields,
  ...layers: readonly Values[]
): { record: Values; touched: ReadonlyMap<string, ReadonlySet<LineId>> } {
  const record: Record<string, unknown> = {}
  const touched = new Map<string, ReadonlySet<LineId>>()
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer)) {
      if (isMany(fields, name) && isCommands(value)) {
        const applied = applyCommands((record[name] as readonly Line[] | undefined) ?? [], value)
        record[name] = applied.lines
        touched.set(name, new Set([...(touched.get(name) ?? []), ...applied.touched]))
      } else record[name] = value
    }
  }
  return { record, touched }
}

/** Values as forms hold them, as the wire takes them: a record by its id, lists of records as commands. */
export function wireValues(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, wireValue(value)]))
}

function wireValue(value: unknown): unknown {
  if (isCommands(value)) return value.map(wireCommand)
  if (isProperties(value)) return value.map((one) => ({ ...one, value: propertyValue(one) }))
  if (Array.isArray(value) && value.every(isRecord)) return [[6, 0, value.map(({ id }) => id)]]
  return isRecord(value) ? value.id : value
}

function wireCommand([code, id, values]: WireCommand): WireCommand {
  return code === 0 || code === 1 ? [code, id, wireValues(values as Values)] : [code, id, values ?? false]
}

const isRecord = (value: unknown): value is { id: number } =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'number'

interface Property {
  readonly name: string
  readonly type: string
  readonly value?: unknown
}

const isProperties = (value: unknown): value is readonly Property[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((one: unknown) => typeof one === 'object' && one !== null && 'name' in one && 'type' in one)

/** Records of a property come as `[id, name]` and are written by their ids. */
function propertyValue({ type, value }: Property): unknown {
  const id = (one: unknown): unknown => (Array.isArray(one) ? one[0] : one)
  if (type === 'many2one') return id(value)
  return type === 'many2many' && Array.isArray(value) ? value.map(id) : (value ?? false)
}

const isMany = (fields: Fields, name: string): boolean => ['one2many', 'many2many'].includes(fields[name]?.type ?? '')

/** The record with what is read of records that were just linked to it: a draft knows little more than their ids. */
export async function withLinked(
  calls: PageCalls,
  record: Values,
  places: readonly FieldPlace[],
  specification: Readonly<Record<string, FieldSpecification>>,
  saved: Values,
): Promise<Values> {
  const filled: Record<string, unknown> = { ...record }
  for (const { name, description } of places) {
    const lines = record[name]
    if (description.type !== 'many2many' || !description.relation || !Array.isArray(lines)) continue
    const known = new Set(((saved[name] as readonly Line[] | undefined) ?? []).map(({ id }) => id))
    const ids = (lines as readonly Line[]).map(({ id }) => id).filter((id) => typeof id === 'number' && !known.has(id))
    if (ids.length === 0) continue
    const read = await calls.call<Line[]>(description.relation, 'web_read', [ids], {
      specification: specification[name]?.fields ?? { display_name: {} },
    })
    const byId = new Map(read.map((one) => [one.id, one]))
    filled[name] = (lines as readonly Line[]).map((line) => ({ ...byId.get(line.id), ...line }))
  }
  return filled
}
