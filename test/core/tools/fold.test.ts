import * as fc from 'fast-check'
import t from 'tap'
import { fold, FOLD_FROM, FOLD_PAIRS, FOLD_TO } from '../../../core/tools/fold.ts'

t.test('fold drops case and accents', async (t) => {
  t.equal(fold('ASCII only'), 'ascii only')
  t.equal(fold('Éléonore Müller'), 'eleonore muller')
  t.equal(fold('Łódź, Øre, Straße, Œuvre, Ægir, Đorđe, Þór, ıİ'), 'lodz, ore, strasse, oeuvre, aegir, dorde, thor, ii')
  t.equal(fold('Ἀθῆναι й 한글'), 'αθηναι и 한글')
  t.equal(fold('e\u0301'), 'e')
})

t.test('the table for translate() folds as fold does', async (t) => {
  const replacements = new Map(FOLD_FROM.split('').map((letter, index) => [letter, FOLD_TO[index] ?? ''] as const))
  const translated = (text: string) => {
    const pairs = FOLD_PAIRS.reduce((result, [letter, replacement]) => result.replaceAll(letter, replacement), text)
    // As PostgreSQL in the C locale, which knows the case of ASCII only.
    const lower = pairs.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    return lower
      .split('')
      .map((letter) => replacements.get(letter) ?? letter)
      .join('')
  }
  const letter = fc.oneof(
    fc.integer({ min: 0x20, max: 0x24f }),
    fc.integer({ min: 0x300, max: 0x36f }),
    fc.integer({ min: 0x388, max: 0x4ff }),
    fc.integer({ min: 0x1e00, max: 0x1eff }),
  )
  const text = fc.array(letter, { maxLength: 12 }).map((codes) => String.fromCharCode(...codes))
  // Letters whose folding has more than one character and digraphs that Unicode writes as one are not in the table.
  const covered = text.filter((value) =>
    value.split('').every((one) => fold(one).length <= 1 || fold(one) === translated(one)),
  )
  fc.assert(
    fc.property(covered, (value) => {
      t.ok(FOLD_TO.length < FOLD_FROM.length)
      return fold(value) === translated(value)
    }),
  )
})
