/** The codes in a text, separated by spaces or line ends: a long list stays a readable block. */
export function codeList(text: string): readonly string[] {
  return text.trim().split(/\s+/)
}
