/** Items by key, in order of first appearance. */
export function groupBy<T, K>(items: Iterable<T>, key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const value = key(item)
    const group = groups.get(value)
    if (group) group.push(item)
    else groups.set(value, [item])
  }
  return groups
}

/** Items by a key that is theirs alone; of several with one key the last stays. */
export function indexBy<T, K>(items: Iterable<T>, key: (item: T) => K): Map<K, T> {
  const index = new Map<K, T>()
  for (const item of items) index.set(key(item), item)
  return index
}

/** Sum of a number taken from each item; 0 for none. */
export function sumBy<T>(items: Iterable<T>, value: (item: T) => number): number {
  let total = 0
  for (const item of items) total += value(item)
  return total
}

/** Consecutive parts of at most `size` items. */
export function chunk<T>(items: readonly T[], size: number): T[][] {
  const parts: T[][] = []
  const width = Math.max(1, Math.floor(size))
  for (let start = 0; start < items.length; start += width) parts.push(items.slice(start, start + width))
  return parts
}

/** Items without repetition, the first of each key, in their order. */
export function unique<T>(items: Iterable<T>, key: (item: T) => unknown = (item) => item): T[] {
  const seen = new Set<unknown>()
  const kept: T[] = []
  for (const item of items) {
    const value = key(item)
    if (seen.has(value)) continue
    seen.add(value)
    kept.push(item)
  }
  return kept
}
