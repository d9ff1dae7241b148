/** A position in an expression; line and column count from 1, `excerpt` is what stands around it. */
export interface Place {
  readonly line: number
  readonly column: number
  readonly excerpt: string
}

/** Characters shown on either side of a position. */
const AROUND = 40

/** Line, column and surroundings of an offset (from 0) in a source text. */
export function placeAt(source: string, offset: number): Place {
  const lineStart = source.lastIndexOf('\n', offset - 1) + 1
  const nextBreak = source.indexOf('\n', offset)
  const lineEnd = nextBreak < 0 ? source.length : nextBreak
  const start = Math.max(lineStart, offset - AROUND)
  const end = Math.min(lineEnd, offset + AROUND)
  const excerpt = `${start > lineStart ? '…' : ''}${source.slice(start, end)}${end < lineEnd ? '…' : ''}`
  return { line: source.slice(0, lineStart).split('\n').length, column: offset - lineStart + 1, excerpt }
}
