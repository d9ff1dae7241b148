/**
 * The name that was most likely meant: the one that the fewest changes of a letter lead to, if these are few for its
 * length; undefined when none is like it.
 *
 *     nearest('partner', ['partner_id', 'state']) // 'partner_id'
 */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = Math.max(2, Math.floor(name.length / 2)) + 1
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= least) continue
    const changes = distance(name, candidate, least)
    if (changes < least) [best, least] = [candidate, changes]
  }
  return best
}

/** Letters to insert, delete, replace or swap with their neighbour (Damerau); at least `enough` when it is not less. */
function distance(a: string, b: string, enough: number): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1
      let changes = Math.min(at(above, column) + 1, at(current, column - 1) + 1, at(above, column - 1) + same)
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        changes = Math.min(changes, at(before, column - 2) + 1)
      }
      current.push(changes)
    }
    if (Math.min(...current) >= enough) return enough
    before = above
    above = current
  }
  return at(above, b.length)
}

/** A cell of the table; those outside count as out of reach. */
function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity
}
