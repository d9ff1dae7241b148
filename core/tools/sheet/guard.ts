/*
 * A spreadsheet takes a text that begins like a formula for one, and runs it. A quote before it makes it a text; one
 * more goes before texts that begin with quotes already, so that taking one away gives back what was there.
 */
const LIKE_A_FORMULA = /^'*[=+\-@\t\r]/
const GUARDED = /^'(?='*[=+\-@\t\r])/

/** A text that no spreadsheet runs when it opens a CSV file. */
export function guardFormula(text: string): string {
  return LIKE_A_FORMULA.test(text) ? `'${text}` : text
}

/** The text before it was guarded. */
export function unguardFormula(text: string): string {
  return text.replace(GUARDED, '')
}
