/** Longer names are not compared: a near miss of them is unlikely, and the comparison takes the square of the length. */
const MAX_LENGTH = 60

/** The known name that is most like a wrong one, if at most a third of it differs. */
export function suggest(name: string, known: Iterable<string>): string | undefined {
  if (name.length > MAX_LENGTH) return undefined
  let best: string | undefined
  let least = Math.max(1, Math.floor(name.length / 3)) + 1
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= least) continue
    const distance = editDistance(name, candidate)
    if (distance >= least) continue
    least = distance
    best = candidate
  }
  return best
}

/** Number of characters to insert, remove, replace or swap with the next to get from one text to the other. */
function editDistance(from: string, to: string): number {
  let [older, row] = [[] as number[], Array.from({ length: to.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      const isSwap = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      const swapped = isSwap ? (older[j - 2] ?? 0) + 1 : replaced
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    older = row
    row = next
  }
  return row[to.length] ?? 0
}
