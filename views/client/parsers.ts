import { parseHours } from '../hours.ts'
import { parseNumber } from './number.ts'

/** What a person typed as the field has it; `undefined` when it is none. */
type Parser = (input: HTMLInputElement, language: string) => unknown

/** Inputs that do not show their value as it is, by their `data-parse`. */
export const PARSERS: Readonly<Record<string, Parser>> = {
  percentage: ({ value }, language) => {
    const number = parseNumber(value.replace('%', ''), language)
    return number === undefined ? undefined : number / 100
  },
  hours: ({ value }, language) => parseHours(value, (text) => parseNumber(text, language)),
  factor: ({ value, dataset }, language) => {
    const number = parseNumber(value, language)
    return number === undefined ? undefined : number / Number(dataset['factor'])
  },
}
