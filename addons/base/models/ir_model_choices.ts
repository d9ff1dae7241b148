import { evaluate } from '#core'

/** One value that a selection can have, its label and its place. */
export interface Choice {
  readonly value: string
  readonly name: string
  readonly sequence: number
}

/** The choices that a text such as `[('a', 'First'), ('b', 'Second')]` lists. */
export function choices(text: string): Choice[] {
  const list = evaluate(text, {})
  return (Array.isArray(list) ? list : []).flatMap((pair, sequence) =>
    Array.isArray(pair) ? [{ value: String(pair[0]), name: String(pair[1]), sequence }] : [],
  )
}

/** The text that lists choices. */
export function choicesText(list: readonly Choice[]): string {
  return `[${list.map((choice) => `(${quoted(choice.value)}, ${quoted(choice.name)})`).join(', ')}]`
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
