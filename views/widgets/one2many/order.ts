import type { Line, LineId } from '../../lines.ts'

/** Lines of which one was moved, in their new order, with the numbers by which that order is kept. */
export interface Moved {
  readonly lines: readonly Line[]
  /** Lines whose number is another one now. */
  readonly renumbered: ReadonlyMap<LineId, number>
}

/**
 * Puts a line where another one is and numbers as few lines anew as keep the order: those between both places take over
 * the numbers that were there, or, where these do not tell the lines apart, count on from the first.
 */
export function moveLine(lines: readonly Line[], from: number, to: number, field: string): Moved {
  const moved = [...lines]
  const [line] = moved.splice(from, 1)
  if (!line || from === to) return { lines, renumbered: new Map() }
  moved.splice(to, 0, line)
  const [first, last] = from < to ? [from, to] : [to, from]
  const numbers = lines.slice(first, last + 1).map((one) => Number(one[field] || 0))
  const areApart = numbers.every((number, i) => i === 0 || number > (numbers[i - 1] ?? 0))
  const renumbered = new Map<LineId, number>()
  const give = (i: number, number: number): void => {
    const one = moved[i] as Line
    if (Number(one[field] || 0) !== number || i === to) renumbered.set(one.id, number)
    moved[i] = { ...one, [field]: number }
  }
  if (areApart) for (let i = first; i <= last; i++) give(i, numbers[i - first] ?? 0)
  else {
    // all of them, since what follows could have the same numbers
    const start = Math.min(...lines.map((one) => Number(one[field] || 0)))
    for (let i = 0; i < moved.length; i++) give(i, start + i)
  }
  return { lines: moved, renumbered }
}
