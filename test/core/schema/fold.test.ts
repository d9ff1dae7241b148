import * as fc from 'fast-check'
import t from 'tap'
import { desiredSchema, updateSchema } from '#core/schema/index.ts'
import { param, sql } from '#core/sql/fragment.ts'
import { fold } from '#core/tools/fold.ts'
import { emptyPostgres, registryOf } from './fixture.ts'

/** JavaScript writes it in lower case as ς at the end of a word, PostgreSQL as σ everywhere. */
const CAPITAL_SIGMA = 0x3a3

/** Latin, its extensions and marks, Greek and Cyrillic, and what is not a letter. */
const LETTERS = [
  [0x20, 0x24f],
  [0x300, 0x36f],
  [0x370, 0x52f],
  [0x1e00, 0x1fff],
  [0x2010, 0x2040],
] as const

t.test('comptoir_fold', async (t) => {
  const db = await emptyPostgres(t)
  await updateSchema(db, desiredSchema(registryOf({}), db.dialect))
  const folded = async (texts: readonly string[]): Promise<string[]> =>
    db.transaction('read', async (connection) => {
      const rows = await connection.rows<{ folded: string }>(
        sql`SELECT comptoir_fold(text) AS folded FROM unnest(${param(texts)}::text[]) WITH ORDINALITY AS u (text, place) ORDER BY place`,
      )
      return rows.map((row) => row.folded)
    })

  t.test('folds every single letter as fold does', async (t) => {
    const letters = LETTERS.flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, index) => String.fromCharCode(first + index)),
    )
    const results = await folded(letters)
    t.same(
      letters
        .filter((letter, place) => results[place] !== fold(letter))
        .map((letter) => `${letter} U+${letter.charCodeAt(0).toString(16)}`),
      [],
    )
  })

  t.test('folds any text of these letters as fold does', async (t) => {
    const letter = fc
      .oneof(...LETTERS.map(([min, max]) => fc.integer({ min, max })))
      .filter((code) => code !== CAPITAL_SIGMA)
      .map((code) => String.fromCharCode(code))
    const text = fc.array(letter, { maxLength: 12 }).map((letters) => letters.join(''))
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 50, maxLength: 50 }), async (texts) => {
        t.same(await folded(texts), texts.map(fold))
      }),
      { numRuns: 40 },
    )
  })

  t.test('keeps NULL, and words in full', async (t) => {
    t.same(await folded(['Łódź Øre', 'STRASSE straße', 'ŒUVRE', null as never]), [
      'lodz ore',
      'strasse strasse',
      'oeuvre',
      null,
    ])
  })
})
