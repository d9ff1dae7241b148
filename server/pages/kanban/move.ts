import type { FieldDescription, Values } from '../../../views/page.ts'
import { orderOf, typedValue, type Grouping } from './board.ts'
import type { AskedBoard } from './patch.ts'

/** A card that was put somewhere else. */
export interface Move {
  readonly id: number
  /** Keys of the columns. */
  readonly from: string
  readonly to: string
  /** Ids of the cards of the column that it is in now, in order. */
  readonly order: readonly number[]
}

/**
 * Writes what moving a card means: the value of its column and its place among the others, in one write; others are
 * written only when their places must change to make room.
 */
export async function moveCard({ request, arch }: AskedBoard, { field }: Grouping, move: Move): Promise<void> {
  const { calls, model } = request
  const values: Record<string, unknown> = move.from === move.to ? {} : groupValues(field, move)
  const places = isOrderedBySequence(orderOf(request, arch) ?? modelOrder(calls.env.registry.get(model).order))
    ? await newPlaces(calls, model, move)
    : new Map<number, number>()
  const own = places.get(move.id)
  if (own !== undefined) values['sequence'] = own
  if (Object.keys(values).length > 0) await calls.call(model, 'write', [[move.id], values])
  for (const [id, sequence] of places) if (id !== move.id) await calls.call(model, 'write', [[id], { sequence }])
}

function groupValues(field: FieldDescription, { from, to }: Move): Values {
  const value = typedValue(to, field)
  if (field.type !== 'many2many') return { [field.name]: value }
  const before = typedValue(from, field)
  return { [field.name]: [...(before === false ? [] : [[3, before, 0]]), ...(value === false ? [] : [[4, value, 0]])] }
}

const modelOrder = (keys: readonly { readonly field: string }[]): string => keys[0]?.field ?? ''

const isOrderedBySequence = (order: string): boolean => /^sequence\b(?!\s+desc)/i.test(order.trim())

/** Sequences to write so that the cards stand as they were put. */
async function newPlaces(
  { call }: AskedBoard['request']['calls'],
  model: string,
  { id, order }: Move,
): Promise<ReadonlyMap<number, number>> {
  const records = await call<{ id: number; sequence: number }[]>(model, 'read', [order, ['sequence']])
  return sequencesFor(id, order, new Map(records.map((record) => [record.id, record.sequence])))
}

/**
 * Sequences to change so that the record stands between its neighbours: its own alone where there is a number between
 * theirs, else they are all counted anew from the lowest on.
 */
export function sequencesFor(
  id: number,
  order: readonly number[],
  known: ReadonlyMap<number, number>,
): ReadonlyMap<number, number> {
  const at = order.indexOf(id)
  const before = known.get(order[at - 1] ?? -1)
  const after = known.get(order[at + 1] ?? -1)
  const own = known.get(id) ?? 0
  const fits = (before ?? -Infinity) < own && own < (after ?? Infinity)
  if (at < 0 || fits) return new Map()
  if (before === undefined && after !== undefined) return new Map([[id, after - 1]])
  if (before !== undefined && (after === undefined || after - before > 1)) return new Map([[id, before + 1]])
  const lowest = Math.min(...order.map((one) => known.get(one) ?? 0))
  return new Map(
    order.flatMap((one, i): [number, number][] => (known.get(one) === lowest + i ? [] : [[one, lowest + i]])),
  )
}
