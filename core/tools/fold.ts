/** Letters that are written as two: `[letter, replacement]`, in both cases. */
export const FOLD_PAIRS: readonly (readonly [string, string])[] = [
  ['ß', 'ss'],
  ['ẞ', 'ss'],
  ['œ', 'oe'],
  ['Œ', 'oe'],
  ['æ', 'ae'],
  ['Æ', 'ae'],
  ['þ', 'th'],
  ['Þ', 'th'],
  ['ĳ', 'ij'],
  ['Ĳ', 'ij'],
]

/** Letters with a stroke, a hook or no dot, which Unicode does not decompose. */
const STROKED: Readonly<Record<string, string>> = {
  ς: 'σ', // JavaScript lowers a final capital sigma to it, PostgreSQL does not
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ƀ: 'b',
  ɨ: 'i',
  ƶ: 'z',
  ŋ: 'n',
  ĸ: 'k',
  ſ: 's',
}

const MARKS = /[\u0300-\u036f]/g
const ASCII = /^[\0-\x7f]*$/
const REPLACED = new Map([...FOLD_PAIRS, ...Object.entries(STROKED)])
const REPLACEABLE = new RegExp(`[${[...REPLACED.keys()].join('')}]`, 'g')

/** Lower case without accents, to compare names as people do: `fold('Łódź Øre')` is `'lodz ore'`. */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  if (ASCII.test(lower)) return lower
  const bare = lower.normalize('NFD').replace(MARKS, '')
  return bare.replace(REPLACEABLE, (letter) => REPLACED.get(letter) ?? letter).normalize('NFC')
}

/** Blocks whose letters the single-character table covers: Latin, Greek, Cyrillic and their extensions. */
const BLOCKS: readonly (readonly [first: number, last: number])[] = [
  [0xc0, 0x24f],
  [0x268, 0x268],
  [0x370, 0x52f],
  [0x1e00, 0x1fff],
]

const letters = foldedLetters()

/**
 * The same folding for PostgreSQL: after the replacements of FOLD_PAIRS, `translate(lower(x), FOLD_FROM, FOLD_TO)`.
 * Capitals are in it because `lower` leaves them alone in the C locale. It ends with the combining marks, which
 * have no partner in FOLD_TO and are therefore dropped.
 */
export const FOLD_FROM: string = letters.map(([letter]) => letter).join('') + combiningMarks()

/** What each character of FOLD_FROM becomes, by position. */
export const FOLD_TO: string = letters.map(([, replacement]) => replacement).join('')

function foldedLetters(): [string, string][] {
  const found: [string, string][] = []
  for (const [first, last] of BLOCKS) {
    for (let code = first; code <= last; code += 1) {
      const letter = String.fromCharCode(code)
      const folded = fold(letter)
      if (folded.length === 1 && folded !== letter) found.push([letter, folded])
    }
  }
  return found
}

function combiningMarks(): string {
  return Array.from({ length: 0x70 }, (_, index) => String.fromCharCode(0x300 + index)).join('')
}
