/**
 * Whether arrays and objects are nested at most `max` deep: a number is 0 deep, `[]` is 1, `[[]]` is 2.
 * Keeps a list of its own instead of recursing, because its input may be deeper than the call stack.
 */
export function checkJsonDepth(value: unknown, max: number): boolean {
  let level = nested([value])
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= max) return false
    const next: object[] = []
    for (const container of level) {
      for (const child of nested(Object.values(container))) next.push(child)
    }
    level = next
  }
  return true
}

function nested(values: readonly unknown[]): object[] {
  return values.filter((value) => typeof value === 'object' && value !== null)
}
