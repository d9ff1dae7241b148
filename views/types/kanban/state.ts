/** What a board keeps in its address: which columns are folded, how far they are shown, which segments are chosen. */
export interface BoardState {
  /** Key of a column -> whether it is folded, against what it would be by itself. */
  readonly folds: ReadonlyMap<string, boolean>
  /** Key of a column -> how many of its cards are shown. */
  readonly rows: ReadonlyMap<string, number>
  /** Key of a column -> the value of its bar that its cards have; `false` for none of those that have a colour. */
  readonly segments: ReadonlyMap<string, string>
}

const PARAMETERS = { folded: 'folded', opened: 'opened', rows: 'rows', segments: 'bar' } as const
const CUT = '~'

/** What tells a column from others, as text. */
export const columnKey = (value: string | number | boolean): string => String(value)

const keysOf = (text: string | undefined): string[] => (text ? text.split(',').map(decoded) : [])

function pairsOf(text: string | undefined): [string, string][] {
  return (text ? text.split(',') : []).flatMap((pair): [string, string][] => {
    const [key, value] = pair.split(CUT)
    return key === undefined || value === undefined ? [] : [[decoded(key), decoded(value)]]
  })
}

/** What an address says of a board. */
export function parseBoard(own: Readonly<Record<string, string>>): BoardState {
  return {
    folds: new Map([
      ...keysOf(own[PARAMETERS.folded]).map((key): [string, boolean] => [key, true]),
      ...keysOf(own[PARAMETERS.opened]).map((key): [string, boolean] => [key, false]),
    ]),
    rows: new Map(
      pairsOf(own[PARAMETERS.rows]).flatMap(([key, rows]): [string, number][] =>
        Number.isSafeInteger(Number(rows)) && Number(rows) > 0 ? [[key, Number(rows)]] : [],
      ),
    ),
    segments: new Map(pairsOf(own[PARAMETERS.segments])),
  }
}

/** The other way round; empty lists are left out. */
export function boardParameters({ folds, rows, segments }: BoardState): Record<string, string> {
  const keys = (isFolded: boolean): string =>
    [...folds]
      .filter(([, folded]) => folded === isFolded)
      .map(([key]) => encoded(key))
      .join(',')
  const pairs = (map: ReadonlyMap<string, unknown>): string =>
    [...map].map(([key, value]) => `${encoded(key)}${CUT}${encoded(String(value))}`).join(',')
  const all = {
    [PARAMETERS.folded]: keys(true),
    [PARAMETERS.opened]: keys(false),
    [PARAMETERS.rows]: pairs(rows),
    [PARAMETERS.segments]: pairs(segments),
  }
  return Object.fromEntries(Object.entries(all).filter(([, text]) => text !== ''))
}

/** A comma and a tilde mean something here. */
const encoded = (text: string): string => encodeURIComponent(text).replaceAll('~', '%7E')

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The map with one more entry, or without it for `undefined`. */
export function withEntry<V>(map: ReadonlyMap<string, V>, key: string, value: V | undefined): ReadonlyMap<string, V> {
  const next = new Map(map)
  if (value === undefined) next.delete(key)
  else next.set(key, value)
  return next
}
